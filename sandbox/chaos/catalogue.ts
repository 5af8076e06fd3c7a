export type StoreName = 'sqlite' | 'postgres';

/** What can go wrong, and what people do that is hard to carry. */
interface FaultKind {
  /** `share`: of the requests, webhooks or actions that it can hit, 0 to 1. `minute`: times a minute. `run`: times a run. */
  unit: 'share' | 'minute' | 'run';
  usual: number;
  /** Only with this store. */
  store?: StoreName;
  /** People's doing: on without being named. */
  isScene?: true;
  what: string;
}

const scene = (usual: number, what: string) => ({ unit: 'share', usual, isScene: true, what }) as const;

export const FAULTS = {
  kill: { unit: 'run', usual: 5, what: 'kill -9 of a bridge, started again 0 to 2 s later (--kills)' },
  freeze: { unit: 'minute', usual: 2, what: 'SIGSTOP for 0.5 s to 1.6 leases, then SIGCONT' },
  'status-503': { unit: 'share', usual: 0.1, what: 'a cloud answers 503 and does nothing' },
  'status-429': { unit: 'share', usual: 0.03, what: 'a cloud answers 429 with Retry-After' },
  'spurious-4xx': { unit: 'share', usual: 0.002, what: 'one 400 to 422 with a code that no document lists' },
  'reset-after': { unit: 'share', usual: 0.05, what: 'the connection is reset after the write took effect' },
  'reset-before': { unit: 'share', usual: 0.02, what: 'the connection is reset before the write' },
  slow: {
    unit: 'share',
    usual: 0.001,
    what: 'the write takes effect 15.5 to 22 s later, the caller is gone',
  },
  'outage-discord': {
    unit: 'minute',
    usual: 0.5,
    what: 'Discord loses its answers for 1 s, then is away 3 to 10 s',
  },
  'outage-twilio': {
    unit: 'minute',
    usual: 0.5,
    what: 'Twilio loses its answers for 1 s, then is away 3 to 10 s',
  },
  'webhook-drop': { unit: 'share', usual: 0.1, what: 'a webhook is never sent' },
  'webhook-double': { unit: 'share', usual: 0.1, what: 'a webhook is sent twice' },
  'webhook-late': { unit: 'share', usual: 0.1, what: 'a webhook is sent 0.1 to 4 s late' },
  'removal-drop': {
    unit: 'share',
    usual: 0.5,
    what: 'the webhook of a removal is lost, that of its message late',
  },
  'gateway-drop': { unit: 'minute', usual: 4, what: 'the gateway is cut and can be resumed' },
  'gateway-lost': { unit: 'minute', usual: 4, what: 'the gateway is cut and the session lost' },
  'gateway-away': { unit: 'minute', usual: 1, what: 'the gateway is away 1 to 6 s, the session lost' },
  'gateway-hole': {
    unit: 'minute',
    usual: 0.5,
    what: 'the open connections go silent, and are cut 5 s later',
  },
  'db-cut': {
    unit: 'minute',
    usual: 2,
    store: 'postgres',
    what: 'every connection is terminated by the server',
  },
  'db-away': {
    unit: 'minute',
    usual: 1,
    store: 'postgres',
    what: 'the database refuses and cuts for 2 to 8 s',
  },
  'db-stall': { unit: 'minute', usual: 1, store: 'postgres', what: 'the database is silent for 2 to 8 s' },
  clock: { unit: 'minute', usual: 2, what: 'a bridge’s clock steps by an hour, back after 3 to 10 s' },
  'disk-full': { unit: 'minute', usual: 1, store: 'sqlite', what: 'no space is left for 2 to 5 s' },
  files: scene(0.06, 'a message with a file'),
  long: scene(0.02, 'a long message, several for Discord'),
  identical: scene(0.004, 'twelve messages “ok”'),
  burst: scene(0.0015, 'sixty messages at once'),
  edits: scene(0.08, 'an edit of an own message'),
  deletions: scene(0.04, 'a deletion of an own message'),
  'chat-end': scene(0.004, 'a chat ends with messages pending, the member writes on'),
  'first-words': scene(0.01, 'somebody new writes; also wherever bridge or gateway are away'),
} as const satisfies Record<string, FaultKind>;

export type FaultName = keyof typeof FAULTS;
export type Rates = Record<FaultName, number>;

export const faultNames = Object.keys(FAULTS) as FaultName[];
const kindOf = (name: FaultName): FaultKind => FAULTS[name];
const isFault = (name: string): name is FaultName => Object.hasOwn(FAULTS, name);

/**
 * Reads `all`, `none` or a list such as `kill,status-503=0.2,chat-end=0`; `all,-clock` leaves one out. Scenes are on unless
 * set to 0. Throws with a sentence for the user.
 */
export function readRates(text: string, store: StoreName): Rates {
  const rates = {} as Rates;
  for (const name of faultNames) rates[name] = kindOf(name).isScene ? kindOf(name).usual : 0;
  for (const word of text.split(',').map((item) => item.trim())) {
    if (word === '' || word === 'none') continue;
    if (word === 'all') {
      for (const name of faultNames) rates[name] = kindOf(name).usual;
      continue;
    }
    const [given = '', value] = word.replace(/^-/, '').split('=');
    if (!isFault(given))
      throw new Error(`There is no fault “${given}”. There are: ${faultNames.join(', ')}.`);
    const rate = word.startsWith('-') ? 0 : value === undefined ? kindOf(given).usual : Number(value);
    const most = kindOf(given).unit === 'share' ? 1 : 10_000;
    if (!(rate >= 0 && rate <= most) || value === '')
      throw new Error(`The rate of ${given} must be a number from 0 to ${most}.`);
    rates[given] = rate;
  }
  for (const name of faultNames) {
    const { store: only } = kindOf(name);
    if (only && only !== store) rates[name] = 0;
  }
  return rates;
}

/** One line for each fault. */
export function describeFaults(): string {
  const unit = { share: '', minute: ' a minute', run: ' a run' };
  return faultNames
    .map((name) => {
      const { unit: per, usual, store, what } = kindOf(name);
      const only = store ? ` (${store})` : '';
      return `  ${name.padEnd(16)}${`${usual}${unit[per]}`.padEnd(16)}${what}${only}`;
    })
    .join('\n');
}
