import pTimeout from 'p-timeout';
import type { Logger } from 'pino';
import type { Store, Tx } from '../store/open.ts';
import { defineEntry, type Handler, type Handlers, type NewEntry } from './entries.ts';
import { Refused, Transient } from './errors.ts';
import { delayKey, timerLane } from './keys.ts';
import {
  append as appendEntries,
  type Claim,
  claimLanes,
  type Entry,
  freeAllLanes,
  LaneLost,
  nextDue,
  type Owner,
  prune,
  renewLanes,
  type Settlement,
  saveProgress,
  settle,
} from './lanes.ts';

/** An entry that is appended once its time has come. Its timer is an entry, too, so it outlives a restart. */
const delayedEntry = defineEntry('timer.entry', ({ entry }: { entry: NewEntry }, notBefore: number) => {
  const key = delayKey(entry.key);
  return { lane: timerLane(entry.key), key, notBefore };
});

export interface Relay {
  /** Journals entries in the caller's transaction; once it is committed, the lanes hear of them. Returns how many were new. */
  append(tx: Tx, ...entries: NewEntry[]): Promise<number>;
  /** Journals an entry later: `at` is in milliseconds since the epoch. */
  appendLater(tx: Tx, entry: NewEntry, at: number): Promise<void>;
  /** Journals entries in a transaction of their own, together with `also`, which is told how many were new. */
  commit(entries: NewEntry[], also?: (tx: Tx, added: number) => Promise<void>): Promise<number>;
  start(handlers: Handlers): Promise<void>;
  /** Starts nothing new and waits until what is under way is settled, at most `graceMs`. */
  stop(graceMs?: number): Promise<void>;
}

export interface RelayOptions {
  store: Store;
  logger: Logger;
  /** Names this process among those that share the store. */
  owner: Owner;
  /** Lanes worked on at once. Default 32. */
  concurrency?: number;
  /** First and largest wait after a failure, in milliseconds. Default 500 and 60,000. */
  backoff?: { first: number; most: number };
  onSettled?: (kind: string, result: Settlement['is'], ms: number) => void;
}

/** Entries of one lane handled in a row before other lanes have their turn. */
const BURST = 16;
/** How long one entry is tried. */
const GIVE_UP_MS = 24 * 3600_000;
/** How often a fault of the bridge itself is tried again before the entry is parked. */
const MAX_FAULTS = 8;
/** How long finished entries are kept: well past every time in which an event can come twice. */
const KEEP_MS = 30 * 24 * 3600_000;

/** The journal and those who work it off: every lane in order, lanes side by side, one writer each. */
export function createRelay(options: RelayOptions): Relay {
  const { store, logger, owner } = options;
  /** On a shared store, how long a lane of a process that died can go unnoticed. */
  const sharedLookMs = owner.leaseMs / 2;
  const concurrency = options.concurrency ?? 32;
  const backoff = options.backoff ?? { first: 500, most: 60_000 };
  const active = new Set<Promise<void>>();
  /** Transactions after whose commit the lanes are looked at. */
  const appending = new WeakSet<Tx>();
  let handlers: Map<string, Handler<unknown>> | null = null;
  let claiming: Promise<void> | undefined;
  let wanted = false;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const housekeeping: ReturnType<typeof setInterval>[] = [];

  /** Claims what is due. Calls while one is under way become one more round. */
  function look(): Promise<void> {
    if (stopped || !handlers) return Promise.resolve();
    if (claiming) wanted = true;
    else {
      claiming = claimAll().finally(() => {
        claiming = undefined;
        if (wanted) void look();
      });
    }
    return claiming ?? Promise.resolve();
  }

  async function claimAll(): Promise<void> {
    try {
      do {
        wanted = false;
        const free = concurrency - active.size;
        if (free <= 0) return;
        for (const claim of await claimLanes(store, owner, free)) {
          const work: Promise<void> = workLane(claim).finally(() => {
            active.delete(work);
            void look();
          });
          active.add(work);
        }
      } while (wanted && !stopped);
      if (!stopped) await sleepUntilDue();
    } catch (error) {
      logger.error({ err: error }, 'the journal cannot be read; trying again');
      rest(1000);
    }
  }

  async function sleepUntilDue(): Promise<void> {
    const due = await nextDue(store);
    const longest = store.isShared ? sharedLookMs : Number.POSITIVE_INFINITY;
    const wait = due === null ? longest : Math.min(longest, due - Date.now());
    if (Number.isFinite(wait)) rest(wait);
  }

  function rest(ms: number): void {
    clearTimeout(timer);
    if (stopped) return;
    timer = setTimeout(() => void look(), Math.min(Math.max(ms, 1), 2 ** 31 - 1));
  }

  async function idle(): Promise<void> {
    while (active.size > 0) await Promise.allSettled(active);
  }

  async function workLane(first: Claim): Promise<void> {
    let claim: Claim | null = first;
    let handled = 0;
    try {
      while (claim) {
        const began = performance.now();
        const settlement = await attempt(claim);
        handled += 1;
        const goOn: boolean = !stopped && handled < BURST;
        const { kind } = claim.entry;
        claim = await record(claim, settlement, goOn);
        options.onSettled?.(kind, settlement.is, performance.now() - began);
      }
    } catch (error) {
      if (error instanceof LaneLost) logger.warn({ lane: first.lane }, error.message);
      else
        logger.error(
          { err: error, lane: first.lane },
          'an attempt could not be recorded; its lane waits for the lease to end',
        );
    }
  }

  /** What should be committed with an entry's end can fail too; then the entry is tried again like any other. */
  async function record(claim: Claim, settlement: Settlement, goOn: boolean): Promise<Claim | null> {
    try {
      return await settle(store, owner, claim, settlement, goOn);
    } catch (error) {
      if (error instanceof LaneLost) throw error;
      return settle(store, owner, claim, failed(claim.entry, handlerOf(claim.entry), error), goOn);
    }
  }

  const handlerOf = (entry: Entry) => handlers?.get(entry.kind);

  async function attempt(claim: Claim): Promise<Settlement> {
    const { entry } = claim;
    const handler = handlerOf(entry);
    if (!handler) return park(entry, undefined, new Refused('fault', `no handler for ${entry.kind}`));
    try {
      const result = await handler.run(entry.payload, {
        key: entry.key,
        uncertain: entry.uncertain,
        failures: entry.failures,
        progress: entry.progress,
        createdAt: entry.createdAt,
        save: (progress) => saveProgress(store, owner, claim, progress),
      });
      if (result?.againInMs !== undefined)
        return { is: 'again', at: Date.now() + Math.ceil(result.againInMs) };
      return { is: 'done', outcome: result?.outcome, commit: result?.commit };
    } catch (error) {
      if (error instanceof LaneLost) throw error;
      return failed(entry, handler, error);
    }
  }

  function failed(entry: Entry, handler: Handler<unknown> | undefined, error: unknown): Settlement {
    if (error instanceof Refused) return park(entry, handler, error);
    const expected = error instanceof Transient;
    if (!expected)
      logger.error({ err: error, key: entry.key, kind: entry.kind }, 'a handler failed unexpectedly');
    if (!expected && entry.failures + 1 >= MAX_FAULTS) {
      return park(entry, handler, new Refused('fault', describe(error)));
    }
    if (Date.now() - entry.createdAt > GIVE_UP_MS) {
      return park(entry, handler, new Refused('gave-up', describe(error)));
    }
    const ceiling = Math.min(backoff.most, backoff.first * 2 ** Math.min(entry.failures, 20));
    const wait = Math.ceil((expected && error.retryAfterMs) || ceiling / 2 + (Math.random() * ceiling) / 2);
    logger.warn(
      {
        key: entry.key,
        kind: entry.kind,
        failures: entry.failures + 1,
        waitMs: wait,
        why: describe(error),
      },
      'delivery failed; trying again',
    );
    return {
      is: 'retry',
      error: describe(error),
      at: Date.now() + wait,
      ambiguous: expected ? error.ambiguous : true,
    };
  }

  function park(entry: Entry, handler: Handler<unknown> | undefined, refusal: Refused): Settlement {
    logger.warn(
      { key: entry.key, kind: entry.kind, reason: refusal.reason, why: refusal.message },
      'an entry was parked',
    );
    return {
      is: 'parked',
      error: `${refusal.reason}: ${refusal.message}`,
      commit: async (tx) => handler?.refused?.(tx, entry.payload, refusal.reason, entry.key),
    };
  }

  async function append(tx: Tx, ...entries: NewEntry[]): Promise<number> {
    const orphan = handlers && entries.find(({ kind }) => !handlers?.has(kind));
    if (orphan) throw new Error(`nothing handles entries of the kind ${orphan.kind}`);
    const added = await appendEntries(tx, entries);
    if (added > 0 && !appending.has(tx)) {
      appending.add(tx);
      store.afterCommit(tx, () => {
        void look();
        // Other processes look by themselves after a while; not telling them costs time and nothing else.
        store.announce().catch(() => {});
      });
    }
    return added;
  }

  const appendDelayed: Handler<{ entry: NewEntry }> = {
    run: async ({ entry }) => ({ commit: async (tx) => void (await append(tx, entry)) }),
  };

  return {
    append,
    async appendLater(tx, entry, at) {
      await append(tx, delayedEntry({ entry }, at));
    },
    commit: (entries, also) =>
      store.transact(async (tx) => {
        const added = await append(tx, ...entries);
        await also?.(tx, added);
        return added;
      }),
    async start(given) {
      handlers = new Map([...given, [delayedEntry.kind, appendDelayed]]);
      if (!store.isShared) await freeAllLanes(store);
      await store.listen(() => void look());
      housekeeping.push(
        setInterval(() => {
          if (active.size > 0)
            renewLanes(store, owner).catch((err) => logger.error({ err }, 'leases were not renewed'));
        }, owner.leaseMs / 3),
        setInterval(() => {
          store
            .transact((tx) => prune(tx, Date.now() - KEEP_MS))
            .catch((err) => logger.error({ err }, 'the journal was not pruned'));
        }, 3600_000),
      );
      await look();
    },
    async stop(graceMs = 20_000) {
      stopped = true;
      clearTimeout(timer);
      for (const interval of housekeeping) clearInterval(interval);
      await claiming;
      await pTimeout(idle(), { milliseconds: graceMs, message: false });
    },
  };
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
