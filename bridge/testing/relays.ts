import { afterEach, beforeEach } from 'bun:test';
import pino from 'pino';
import { type Attempt, defineEntry, type Handled, type Handler, handlersFor } from '../src/relay/entries.ts';
import type { EntryKey, Lane } from '../src/relay/keys.ts';
import { createRelay, type Relay } from '../src/relay/relay.ts';
import type { Store } from '../src/store/open.ts';
import type { TestPlace, TestStoreKind } from './stores.ts';

export interface Work {
  lane: string;
  n: number;
}
export const work = defineEntry('work', ({ lane, n }: Work) => ({
  lane: lane as Lane,
  key: `${lane}/${n}` as EntryKey,
}));
export const entry = (lane: string, n: number) => work({ lane, n });
export const workHandler = (handler: Handler<Work>) => handlersFor([{ work }], [work.handledBy(handler)]);

export const logger = pino({ level: 'silent' });

export const owner = (id: string) => ({ id, leaseMs: 10_000 });

/** Waits until `condition` holds; the test's own limit ends the wait. */
export async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 2));
}

/** What each test has anew. */
interface RelayBed {
  place: TestPlace;
  store: Store;
  /** Those that were made, in their order. */
  relays: Relay[];
  makeRelay(
    on?: Store,
    id?: string,
    concurrency?: number,
    lateness?: { toldAfterMs?: number; parkedAfterMs?: number },
  ): Relay;
  /** Starts a relay whose handler is `run`; resolves once `count` entries are finished. */
  workOff(
    relay: Relay,
    count: number,
    run: (payload: Work, attempt: Attempt) => Promise<Handled>,
    refused?: (payload: Work, reason: string) => void,
  ): Promise<void>;
  /** Of all entries of the journal. */
  statuses(): Promise<string[]>;
  /** How many entries are no longer pending. */
  finished(): Promise<number>;
}

/** Gives each test of a `describe` a store of its own, and ends the relays that it makes. */
export function relaysOn(kind: TestStoreKind): RelayBed {
  const relays: Relay[] = [];
  const bed: RelayBed = {
    // Both are there before each test.
    place: undefined as unknown as TestPlace,
    store: undefined as unknown as Store,
    relays,

    makeRelay(on = bed.store, id = 'me', concurrency, lateness) {
      const relay = createRelay({
        store: on,
        logger,
        owner: owner(id),
        concurrency,
        lateness,
        backoff: { first: 2, max: 10 },
        heartbeat: { alive: () => true, stop: async () => {} },
      });
      relays.push(relay);
      return relay;
    },

    async workOff(relay, count, run, refused) {
      await relay.start(
        workHandler({ run, refused: async (_, payload, reason) => refused?.(payload, reason) }),
      );
      await until(async () => (await bed.finished()) >= count);
    },

    statuses: async () =>
      (await bed.store.db.selectFrom('journal').select('status').execute()).map(({ status }) => status),

    async finished() {
      const { n } = await bed.store.db
        .selectFrom('journal')
        .select((eb) => eb.fn.countAll<number>().as('n'))
        .where('status', '<>', 'pending')
        .executeTakeFirstOrThrow();
      return n;
    },
  };

  beforeEach(async () => {
    bed.place = await kind.make();
    bed.store = await bed.place.open();
  });
  afterEach(async () => {
    for (const relay of relays.splice(0)) await relay.stop();
    await bed.place.drop();
  });
  return bed;
}
