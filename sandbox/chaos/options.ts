import { parseArgs } from 'node:util';
import { describeFaults, readRates, type StoreName } from './catalogue.ts';
import type { ChaosOptions } from './chaos-options.ts';

export const USAGE = `Usage: bun run chaos [options]

Real bridges between both stand-ins, under attack; a ledger on the clouds' side counts what was lost, came twice, out of
order or to the wrong one. Exits 0 where every count is zero, 1 where one is not, 2 for a wrong option, 3 where no
attack could be made.

  --messages N       messages of the attack (5000)
  --seconds N        how long it lasts (messages / 40)
  --kills N          kill -9 of a bridge (5)
  --store NAME       sqlite or postgres (sqlite)
  --database-url URL a PostgreSQL server where databases can be made (FLEXCORD_TEST_DATABASE_URL, else one of its own)
  --processes N      bridges; several share a PostgreSQL (1, or 3 with postgres)
  --conversations N  members who chat with an agent from the start (200)
  --threads N        public threads beside them, of the same members (20)
  --routing NAME     bridge or studio (bridge)
  --lease MS         LEASE_MS of the bridges (3000)
  --settle SECONDS   how long everything healthy may take until all is right (150)
  --seed TEXT        what people write and what goes wrong follows from it; instants do not (at random)
  --faults LIST      all, none, or names with or without a rate: status-503=0.2,kill,chat-end=0; all,-clock (all)
  --histories N      failures that are printed with their history (10)
  --json FILE        writes everything there
  --keep FOLDER      keeps stores and logs of the bridges there
  --help             prints this and the faults

Faults and scenes with their usual rates; without a unit, the share of requests, webhooks or messages:
${describeFaults()}`;

export interface Chosen {
  options: Omit<ChaosOptions, 'onProgress' | 'onWarning' | 'signal'>;
  json?: string;
  histories: number;
}

const MESSAGES_A_SECOND = 40;

/** Reads the command line; `help` where that was asked for. Throws with a sentence for the user. */
export function readOptions(args: string[]): Chosen | 'help' {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args,
    options: {
      messages: text,
      seconds: text,
      kills: text,
      store: text,
      'database-url': text,
      processes: text,
      conversations: text,
      threads: text,
      routing: text,
      lease: text,
      settle: text,
      seed: text,
      faults: text,
      histories: text,
      json: text,
      keep: text,
      help: { type: 'boolean' },
    },
  });
  if (values.help) return 'help';
  const number = (name: keyof typeof values, usual: number, least: number) => {
    const given = values[name];
    const value = given === undefined ? usual : Number(given);
    if (!(Number.isFinite(value) && value >= least && given !== ''))
      throw new Error(`--${name} must be a number of at least ${least}.`);
    return value;
  };
  const oneOf = <T extends string>(name: keyof typeof values, all: readonly T[]): T => {
    const found = all.find((one) => one === (values[name] ?? all[0]));
    if (!found) throw new Error(`--${name} must be ${all.join(' or ')}.`);
    return found;
  };
  const store = oneOf<StoreName>('store', ['sqlite', 'postgres']);
  const processes = number('processes', store === 'postgres' ? 3 : 1, 1);
  if (store === 'sqlite' && processes > 1) throw new Error('Several processes need --store postgres.');
  const messages = number('messages', 5000, 1);
  const rates = readRates(values.faults ?? 'all', store);
  if (rates.kill > 0 || values.kills !== undefined) rates.kill = number('kills', rates.kill, 0);
  return {
    options: {
      seed: values.seed ?? crypto.randomUUID().slice(0, 8),
      store,
      databaseUrl: values['database-url'] ?? process.env.FLEXCORD_TEST_DATABASE_URL,
      processes: Math.floor(processes),
      conversations: Math.floor(number('conversations', 200, 1)),
      threads: Math.floor(number('threads', 20, 0)),
      messages,
      seconds: number('seconds', messages / MESSAGES_A_SECOND, 1),
      routing: oneOf('routing', ['bridge', 'studio']),
      leaseMs: number('lease', 3000, 1000),
      rates,
      settleSeconds: number('settle', 150, 1),
      keep: values.keep,
    },
    json: values.json,
    histories: number('histories', 10, 0),
  };
}
