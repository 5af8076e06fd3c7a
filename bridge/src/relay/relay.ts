import pRetry from 'p-retry';
import { steadyNow } from '../store/clock.ts';
import type { Tx } from '../store/store.ts';
import { moveEntry } from './aside.ts';
import { defineEntry, type Handler, type Handlers, type NewEntry } from './entries.ts';
import { describe, Refused, Transient } from './errors.ts';
import { type CauseIs, createForgotten } from './forgotten.ts';
import {
  appendDecided,
  append as appendEntry,
  type Claim,
  type Entry,
  KEPT_MS,
  makePending,
  prune,
} from './journal.ts';
import { delayKey, type EntryKey, timerLane } from './keys.ts';
import {
  claimLanes,
  freeAllLanes,
  giveBack,
  LaneLost,
  nextDue,
  type Settlement,
  saveProgress,
  settle,
  wakeLanes,
} from './lanes.ts';
import type { RelayOptions } from './options.ts';
import { createSideHealth, sideOf } from './sides.ts';
import { createTroubles } from './troubles.ts';

/** An entry that is appended once its time has come. Its timer is an entry, too, so it outlives a restart. */
const delayedEntry = defineEntry('timer.entry', ({ entry }: { entry: NewEntry }, notBefore: number) => {
  const key = delayKey(entry.key);
  return { lane: timerLane(entry.key), key, notBefore };
});

export interface Relay {
  /** Journals entries in the caller's transaction; what goes out may begin once it is committed. Returns how many were new. */
  append(tx: Tx, ...entries: NewEntry[]): Promise<number>;
  /** Gives an entry that was set aside the lane and the payload of another; see journal.ts. */
  move(tx: Tx, key: EntryKey, entry: NewEntry): Promise<void>;
  /** Journals an entry later: `at` is in milliseconds since the epoch. */
  appendLater(tx: Tx, entry: NewEntry, at: number): Promise<void>;
  /**
   * Journals what came in, in a transaction of its own, together with `also`, which is told how many were new. Where
   * nothing waits before it and its handler can, it is decided in the same transaction.
   */
  commit(entries: NewEntry[], also?: (tx: Tx, added: number) => Promise<void>): Promise<number>;
  start(handlers: Handlers): Promise<void>;
  /** Starts nothing new and waits until what is under way is settled, at most `graceMs`. */
  stop(graceMs?: number): Promise<void>;
}

/** Entries of one lane handled in a row before other lanes have their turn. */
const MAX_ENTRIES_IN_A_ROW = 16;
const DEFAULT_CONCURRENCY = 48;
const DEFAULT_BACKOFF = { first: 500, max: 10_000 };
const DEFAULT_LATENESS = { toldAfterMs: 60_000, parkedAfterMs: 5 * 60_000 };
/** First and largest wait before a settlement is tried again that the store did not take, in milliseconds. */
const STORE_RETRY = { minTimeout: 100, maxTimeout: 2_000 };
const PRUNE_EVERY_MS = 60_000;

/** The journal and those who work it off: every lane in order, lanes side by side, one writer each. */
export function createRelay(options: RelayOptions): Relay {
  const { store, logger, owner, heartbeat } = options;
  const concurrency = options.concurrency ?? DEFAULT_CONCURRENCY;
  const sides = {
    discord: createSideHealth('discord', logger),
    twilio: createSideHealth('twilio', logger),
  };
  const troubles = createTroubles({
    backoff: options.backoff ?? DEFAULT_BACKOFF,
    lateness: { ...DEFAULT_LATENESS, ...options.lateness },
    sides,
  });
  const active = new Set<Promise<void>>();
  /** What a transaction appended: claims that begin once it is committed, and whether other lanes have work. */
  const appended = new WeakMap<Tx, { claims: Claim[]; more: boolean }>();
  /** What the entries of a transaction follow from. */
  const causes = new WeakMap<Tx, CauseIs>();
  const forgotten = createForgotten(store.restored);
  let handlers: Map<string, Handler<unknown>> | null = null;
  let claiming: Promise<void> | undefined;
  let wanted = false;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pruning: ReturnType<typeof setInterval> | undefined;

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
        for (const claim of await claimLanes(store, owner, free)) begin(claim);
      } while (wanted && !stopped);
      if (!stopped) await sleepUntilDue();
    } catch (err) {
      logger.error({ err }, 'the journal cannot be read; trying again');
      rest(1000);
    }
  }

  async function sleepUntilDue(): Promise<void> {
    const wait = await nextDue(store);
    // A lane of a process that died is due the moment its lease runs out; one that appears meanwhile is announced.
    const longest = store.isShared ? owner.leaseMs : Number.POSITIVE_INFINITY;
    const ms = Math.min(longest, wait ?? Number.POSITIVE_INFINITY);
    if (Number.isFinite(ms)) rest(ms);
  }

  function rest(ms: number): void {
    clearTimeout(timer);
    if (stopped) return;
    timer = setTimeout(() => void look(), Math.min(Math.max(ms, 1), 2 ** 31 - 1));
  }

  function begin(claim: Claim): void {
    const work: Promise<void> = workLane(claim).finally(() => {
      active.delete(work);
      void look();
    });
    active.add(work);
  }

  async function workLane(first: Claim): Promise<void> {
    let claim: Claim | null = first;
    let handled = 0;
    try {
      while (claim) {
        const began = performance.now();
        const { kind } = claim.entry;
        const settlement = await attempt(claim);
        handled += 1;
        claim = await record(claim, settlement, () => !stopped && handled < MAX_ENTRIES_IN_A_ROW);
        options.onSettled?.(kind, settlement.is, performance.now() - began);
      }
    } catch (err) {
      logger.warn({ err, lane: first.lane }, 'a lane could not be kept; it is given back');
      await pRetry(() => giveBack(store, owner, first), {
        retries: Number.POSITIVE_INFINITY,
        ...STORE_RETRY,
        shouldRetry: () => !stopped,
      }).catch(() => {});
    }
  }

  /**
   * Records what became of a claim, and gives the next one. A store that is away is asked until it is back; a commit that
   * does not succeed makes the entry one that is tried again and read back first, and that is parked where none ever does.
   * Only the loss of the lane ends it.
   */
  async function record(claim: Claim, first: Settlement, goOn: () => boolean): Promise<Claim | null> {
    let settlement = first;
    for (let failures = 0; ; failures += 1) {
      try {
        const next = await store.transact(
          (tx) => {
            causes.set(tx, claim.entry.forgotten ? 'forgotten' : 'new');
            return settle(tx, store, owner, claim, settlement, goOn(), steadyNow());
          },
          // What it appends may be sent at once, so that must be on disk.
          { lazy: (tx) => appended.get(tx) === undefined },
        );
        if (settlement.is === 'done') passed(claim);
        if (settlement.is === 'parked') troubles.over(claim.entry);
        return next;
      } catch (err) {
        if (err instanceof LaneLost) throw err;
        logger.error(
          { err, lane: claim.lane, kind: claim.entry.kind },
          'an attempt could not be recorded; trying again',
        );
        if (settlement === first) settlement = troubles.unrecorded(claim.entry, err);
        await Bun.sleep(Math.min(STORE_RETRY.minTimeout * 2 ** failures, STORE_RETRY.maxTimeout));
        if (!heartbeat.alive()) throw new LaneLost(`lane ${claim.lane} could not be kept`);
      }
    }
  }

  function passed(claim: Claim): void {
    troubles.over(claim.entry);
    const side = sideOf(claim.entry.kind);
    if (!side) return;
    const waiting = sides[side].passed();
    if (waiting.length === 0) return;
    wakeLanes(store, waiting)
      .then(look)
      .catch((err) =>
        logger.error({ err, side }, 'lanes that waited were not woken; they wake by themselves'),
      );
  }

  async function attempt(claim: Claim): Promise<Settlement> {
    const { entry } = claim;
    const handler = handlers?.get(entry.kind);
    if (!handler) return park(entry, undefined, new Refused('fault', `no handler for ${entry.kind}`));
    if (entry.unreadable) return park(entry, undefined, new Refused('fault', entry.unreadable));
    const assertOwned = () => {
      if (!heartbeat.alive()) throw new LaneLost(`lane ${claim.lane} could not be kept`);
    };
    const context = {
      key: entry.key,
      lane: claim.lane,
      uncertain: entry.uncertain,
      forgottenSince: forgotten.since(entry),
      failures: entry.failures,
      progress: entry.progress,
      createdAt: entry.createdAt,
      assertOwned,
      save: (progress: unknown) =>
        store.transact((tx) => saveProgress(tx, owner, claim, progress), { lazy: () => true }),
    };
    try {
      assertOwned();
      if (!handler.run) return { is: 'done', commit: (tx) => decide(tx, handler, entry) };
      const result = await handler.run(entry.payload, context);
      if (result?.againInMs !== undefined) return { is: 'again', waitMs: result.againInMs };
      return { is: 'done', outcome: result?.outcome, commit: result?.commit };
    } catch (error) {
      if (error instanceof LaneLost) throw error;
      return failed(claim, handler, error);
    }
  }

  async function decide(
    tx: Tx,
    handler: Handler<unknown>,
    { key, payload, createdAt }: Pick<Entry, 'key' | 'payload' | 'createdAt'>,
  ) {
    if ((await handler.decide?.(tx, payload, { key, createdAt })) === 'run')
      throw new Error('an entry that must be run has no run');
  }

  function failed({ lane, entry }: Claim, handler: Handler<unknown>, error: unknown): Settlement {
    if (error instanceof Refused) return park(entry, handler, error);
    const expected = error instanceof Transient;
    const { payload, key, kind } = entry;
    if (!expected) logger.error({ err: error, key, kind }, 'a handler failed unexpectedly');
    const verdict = troubles.failed(lane, entry, sideOf(kind), expected ? error : null);
    if (verdict.is === 'park') return park(entry, handler, new Refused(verdict.reason, describe(error)));
    logger.warn(
      { key, kind, failures: entry.failures + 1, waitMs: verdict.waitMs, err: describe(error) },
      'delivery failed; trying again',
    );
    return {
      is: 'retry',
      error: describe(error),
      waitMs: verdict.waitMs,
      ambiguous: expected ? error.ambiguous : true,
      commit:
        verdict.tell && handler.delayed
          ? (tx) => handler.delayed?.(tx, payload, key) ?? Promise.resolve()
          : undefined,
    };
  }

  function park(entry: Entry, handler: Handler<unknown> | undefined, refusal: Refused): Settlement {
    const { key, kind, payload } = entry;
    logger.warn({ key, kind, reason: refusal.reason, err: refusal.message }, 'an entry was parked');
    return {
      is: 'parked',
      error: `${refusal.reason}: ${refusal.message}`,
      commit: async (tx) => handler?.refused?.(tx, payload, refusal.reason, key),
    };
  }

  /** What is done once for each transaction that appends: its claims begin, and other lanes and processes hear of the rest. */
  function appendedBy(tx: Tx): { claims: Claim[]; more: boolean } {
    const known = appended.get(tx);
    if (known) return known;
    const own = { claims: [] as Claim[], more: false };
    appended.set(tx, own);
    store.afterCommit(tx, () => {
      for (const claim of own.claims) begin(claim);
      if (!own.more) return;
      void look();
      // Other processes look by themselves after a while; not telling them costs time and nothing else.
      if (store.isShared) store.announce('work').catch(() => {});
    });
    return own;
  }

  async function append(tx: Tx, ...entries: NewEntry[]): Promise<number> {
    const orphan = handlers && entries.find(({ kind }) => !handlers?.has(kind));
    if (orphan) throw new Error(`nothing handles entries of the kind ${orphan.kind}`);
    const outcome = appendedBy(tx);
    let added = 0;
    for (const entry of entries) {
      const mayBegin = handlers !== null && !stopped && active.size + outcome.claims.length < concurrency;
      const now = steadyNow();
      const isForgotten = forgotten.isForgotten(entry, causes.get(tx) ?? null, now);
      const result = await appendEntry(tx, entry, now, mayBegin ? owner : null, isForgotten);
      if (!result.added) continue;
      added += 1;
      if (result.claim) outcome.claims.push(result.claim);
      else outcome.more = true;
    }
    return added;
  }

  const appendDelayed: Handler<{ entry: NewEntry }> = {
    decide: async (tx, { entry }) => void (await append(tx, entry)),
  };

  /** Journals what came in and decides it at once where that can be; the rest is journalled for its lane. */
  function hear(
    entries: NewEntry[],
    also: ((tx: Tx, added: number) => Promise<void>) | undefined,
    inline: boolean,
  ) {
    return store.transact(async (tx) => {
      const now = steadyNow();
      causes.set(tx, forgotten.causeOf(entries, now));
      const decided: { entry: NewEntry; handler: Handler<unknown> }[] = [];
      let added = 0;
      for (const entry of entries) {
        const handler = inline && !stopped ? handlers?.get(entry.kind) : undefined;
        const state = handler?.decide ? await appendDecided(tx, entry, now) : 'busy';
        if (handler && state === 'decide') {
          decided.push({ entry, handler });
          added += 1;
        } else if (state === 'busy') added += await append(tx, entry);
      }
      await also?.(tx, added);
      for (const { entry, handler } of decided) {
        const { key, payload } = entry;
        if ((await handler.decide?.(tx, payload, { key, createdAt: now })) !== 'run') continue;
        await makePending(tx, entry, causes.get(tx) === 'forgotten');
        appendedBy(tx).more = true;
      }
      return added;
    });
  }

  return {
    append,
    async move(tx, key, entry) {
      await moveEntry(tx, key, entry);
      appendedBy(tx).more = true;
    },
    async appendLater(tx, entry, at) {
      await append(tx, delayedEntry({ entry }, at));
    },
    async commit(entries, also) {
      try {
        return await hear(entries, also, true);
      } catch (err) {
        // Whatever was decided is rolled back. Its lane decides it, and parks it should it never succeed.
        logger.warn({ err }, 'what came in could not be decided at once; it is journalled first');
        return hear(entries, also, false);
      }
    },
    async start(given) {
      handlers = new Map([...given, [delayedEntry.kind, appendDelayed as Handler<unknown>]]);
      if (!store.isShared) await freeAllLanes(store);
      await store.listen('work', { heard: look, missed: look });
      pruning = setInterval(() => {
        store
          .transact((tx) => prune(tx, steadyNow() - KEPT_MS), { lazy: () => true })
          .catch((err) => logger.error({ err }, 'the journal was not pruned'));
      }, PRUNE_EVERY_MS);
      await look();
    },
    async stop(graceMs = 20_000) {
      stopped = true;
      clearTimeout(timer);
      clearInterval(pruning);
      await claiming;
      const deadline = Bun.sleep(graceMs);
      while (active.size > 0) {
        const over = await Promise.race([
          Promise.allSettled([...active]).then(() => false),
          deadline.then(() => true),
        ]);
        if (over) break;
      }
    },
  };
}
