import { parseArgs } from 'node:util';

export const topics = [
  'startup',
  'requests',
  'messages',
  'sustained',
  'slow-disk',
  'outage',
  'memory',
] as const;
export type Topic = (typeof topics)[number];

export interface Options {
  quick: boolean;
  only: readonly Topic[];
  stores: readonly ('sqlite' | 'postgres')[];
  /** How often each load is measured; figures are medians. */
  rounds: number;
  /** Length of each measured load. */
  seconds: number;
  /** Messages a second at which latency and processor time are measured. */
  rates: readonly number[];
  /** Chats over which a load is spread. */
  chats: number;
  /** Messages written at once. */
  burst: number;
  outageSeconds: number;
  /** Conversations that are open when memory is measured. */
  open: number;
  /** By how much each fsync is made longer for a slow disk. */
  fsyncMs: number;
  postgresUrl?: string;
  folder: string;
  /** Where the Markdown goes; undefined: it is only printed. */
  out?: string;
  /** Further variables of the bridge. */
  bridgeEnv: Record<string, string>;
}

const full = {
  rounds: 3,
  seconds: 10,
  rates: '10,50,200',
  chats: 100,
  burst: 1000,
  outage: 60,
  open: 10_000,
};
const quick = { rounds: 1, seconds: 1, rates: '50', chats: 16, burst: 150, outage: 1, open: 100 };

const help = `Measures the relay beside two baselines of the same run: the design that published bridges have ("original") and a
forwarder without state, the ceiling. Each runs as a process of its own between stand-ins for both clouds in this process.

  bun run bench [options]

  --quick             one short round of everything, under 90 seconds; only prints, unless --out is given
  --only <topics>     of ${topics.join(', ')}; joined by commas
  --stores <stores>   of sqlite, postgres; joined by commas; both by default
  --rounds <n>        how often each load is measured; figures are medians [${full.rounds}; quick: ${quick.rounds}]
  --seconds <s>       length of each load [${full.seconds}; ${quick.seconds}]
  --rates <n,…>       messages a second for latency and processor time [${full.rates}; ${quick.rates}]
  --chats <n>         chats over which a load is spread [${full.chats}; ${quick.chats}]
  --burst <n>         messages written at once [${full.burst}; ${quick.burst}]
  --outage <s>        how long both clouds are away [${full.outage}; ${quick.outage}]
  --open <n>          conversations that are open when memory is measured [${full.open}; ${quick.open}]
  --fsync-ms <ms>     by how much each fsync is made longer for a slow disk [5]
  --postgres <url>    a server to use; by default one of our own from this machine's programs, else 127.0.0.1:5432
  --folder <path>     where the relays keep their data; must be on a real disk [/var/tmp]
  --out <file>        where the Markdown goes [bench/RESULTS.md]
  --bridge-env <K=V>  a further variable of the bridge; may be repeated
  --help              this text

Exit codes: 0 measured, 2 wrong options.

A full run takes most of an hour. Needs Linux (/proc); a C compiler for counting and slowing fsyncs; PostgreSQL's programs or a
server. What is missing is skipped loudly.`;

/** Reads the command line; prints the help or what is wrong and ends the process where there is nothing to run. */
export function readOptions(args: string[], resultsFile: string): Options {
  try {
    return read(args, resultsFile);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    console.error('bun run bench --help tells what there is.');
    process.exit(2);
  }
}

function read(args: string[], resultsFile: string): Options {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      only: text,
      stores: text,
      rounds: text,
      seconds: text,
      rates: text,
      chats: text,
      burst: text,
      outage: text,
      open: text,
      'fsync-ms': text,
      postgres: text,
      folder: text,
      out: text,
      'bridge-env': { type: 'string', multiple: true, default: [] },
    },
  });
  if (values.help) {
    console.log(help);
    process.exit(0);
  }
  const fallback = values.quick ? quick : full;
  const number = (name: 'rounds' | 'seconds' | 'chats' | 'burst' | 'outage' | 'open' | 'fsync-ms') => {
    const value = Number(values[name] ?? (name === 'fsync-ms' ? 5 : fallback[name]));
    if (!(value > 0)) throw new Error(`--${name} wants a number above 0`);
    return value;
  };
  const some = <Item extends string>(name: 'only' | 'stores', all: readonly Item[]): Item[] => {
    const wanted = values[name]?.split(',') ?? all;
    const unknown = wanted.find((item) => !all.includes(item as Item));
    if (unknown !== undefined)
      throw new Error(`--${name} does not know ${unknown}; it wants some of ${all.join(', ')}`);
    return all.filter((item) => wanted.includes(item));
  };
  return {
    quick: values.quick,
    only: some('only', topics),
    stores: some('stores', ['sqlite', 'postgres'] as const),
    rounds: number('rounds'),
    seconds: number('seconds'),
    rates: (values.rates ?? fallback.rates).split(',').map((rate) => {
      if (!(Number(rate) > 0)) throw new Error('--rates wants numbers above 0, joined by commas');
      return Number(rate);
    }),
    chats: number('chats'),
    burst: number('burst'),
    outageSeconds: number('outage'),
    open: number('open'),
    fsyncMs: number('fsync-ms'),
    postgresUrl: values.postgres,
    folder: values.folder ?? '/var/tmp',
    out: values.out ?? (values.quick ? undefined : resultsFile),
    bridgeEnv: Object.fromEntries(
      values['bridge-env'].map((pair) => {
        const at = pair.indexOf('=');
        if (at < 1) throw new Error('--bridge-env wants NAME=value');
        return [pair.slice(0, at), pair.slice(at + 1)];
      }),
    ),
  };
}
