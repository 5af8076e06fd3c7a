import pRetry from 'p-retry';
import { steadyNow } from '../store/clock.ts';
import type { Tx } from '../store/store.ts';
import { inSpan, type Origin, originOf, type Step, traceIdOf } from '../telemetry/tracing.ts';
import { moveEntry } from './aside.ts';
import { createAttempts, type Heard, hearing, named, working } from './attempts.ts';
import { defineEntry, type Handler, type Handlers, type NewEntry } from './entries.ts';
import { type CauseIs, createForgotten } from './forgotten.ts';
import { appendDecided, append as appendEntry, type Claim, KEPT_MS, makePending, prune } from './journal.ts';
import { delayKey, type EntryKey, timerLane } from './keys.ts';
import {
  claimLanes,
  freeAllLanes,
  giveBack,
  LaneLost,
  nextDue,
  type Settlement,
  settle,
  wakeLanes,
} from './lanes.ts';
import type { RelayOptions } from './options.ts';
import { type ParkedEntry, unpark } from './parked.ts';
import { createSideHealth, type Side, sideOf } from './sides.ts';
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
  /** Tries an entry again that was parked; see parked.ts. */
  retry(id: number, by: string): Promise<ParkedEntry | null>;
  /** Whether a side takes no requests at present, as far as this process knows. */
  isDown(side: Side): boolean;
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
  /** What led to what a transaction appends; without it each entry begins a trace of its own. */
  const origins = new WeakMap<Tx, Origin>();
  let handlers: Map<string, Handler<unknown>> | null = null;
  let claiming: Promise<void> | undefined;
  let wanted = false;
  /** Whether lanes may be due that could not be claimed because as many were worked on as are allowed. */
  let isFull = false;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pruning: ReturnType<typeof setInterval> | undefined;

  const attempt = createAttempts({
    store,
    logger,
    owner,
    heartbeat,
    troubles,
    handlerOf: (kind) => handlers?.get(kind),
    forgottenSince: forgotten.since,
  });

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
      let claims: Claim[] = [];
      do {
        wanted = false;
        const free = concurrency - active.size;
        isFull = free <= 0;
        if (isFull) return;
        const lapses = heartbeat.lapses?.();
        claims = await claimLanes(store, owner, free);
        isFull = claims.length === free;
        for (const claim of claims) begin({ ...claim, lapses });
      } while (wanted && !stopped);
      if (!stopped) await sleepUntilDue(claims.length === 0);
    } catch (err) {
      logger.error({ err }, 'the journal cannot be read; trying again');
      rest(1000);
    }
  }

  async function sleepUntilDue(foundNothing: boolean): Promise<void> {
    const wait = await nextDue(store, foundNothing);
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
    const work: Promise<void> = workLane(claim).then((isEmpty) => {
      active.delete(work);
      // What is appended to an empty lane begins at once, or whoever appends it looks.
      if (!isEmpty || isFull) void look();
    });
    active.add(work);
  }

  /** Works a lane off. Resolves with whether nothing is left in it that this process knows of. Never rejects. */
  async function workLane(first: Claim): Promise<boolean> {
    let claim: Claim | 'waits' | null = first;
    let handled = 0;
    try {
      while (claim && claim !== 'waits') {
        handled += 1;
        claim = await workEntry(claim, () => !stopped && handled < MAX_ENTRIES_IN_A_ROW);
      }
      return claim === null;
    } catch (err) {
      logger.warn({ err, lane: first.lane }, 'a lane could not be kept; it is given back');
      await pRetry(() => giveBack(store, owner, first), {
        retries: Number.POSITIVE_INFINITY,
        ...STORE_RETRY,
        shouldRetry: () => !stopped,
      }).catch(() => {});
      return false;
    }
  }

  /** Works one entry off, and gives what `settle` gives. */
  function workEntry(claim: Claim, goOn: () => boolean): Promise<Claim | 'waits' | null> {
    const { step, finish } = working(claim.entry);
    return step.run(async () => {
      let recorded: Settlement | null = null;
      try {
        const { next, settlement } = await record(claim, await attempt(claim), goOn, step);
        recorded = settlement;
        logger.debug({ ...named(claim.entry), result: settlement.is }, 'an entry was worked on');
        return next;
      } finally {
        finish(recorded);
      }
    });
  }

  /**
   * Records what became of a claim, and gives what was recorded and what is next. A store that is away is asked until it is back; a commit that
   * does not succeed makes the entry one that is tried again and read back first, and that is parked where none ever does.
   * Only the loss of the lane ends it.
   */
  async function record(
    claim: Claim,
    first: Settlement,
    goOn: () => boolean,
    { origin }: Step,
  ): Promise<{ next: Claim | 'waits' | null; settlement: Settlement }> {
    let settlement = first;
    for (let failures = 0; ; failures += 1) {
      try {
        const lapses = heartbeat.lapses?.();
        const next = await inSpan('transaction', 'INTERNAL', {}, () =>
          store.transact(
            (tx) => {
              origins.set(tx, origin);
              causes.set(tx, claim.entry.forgotten ? 'forgotten' : 'new');
              return settle(tx, store, owner, claim, settlement, goOn(), steadyNow());
            },
            // What it appends may be sent at once, so that must be on disk.
            { lazy: (tx) => appended.get(tx) === undefined },
          ),
        );
        if (settlement.is === 'done') passed(claim);
        if (settlement.is === 'parked') {
          troubles.over(claim.entry);
          logger.warn({ ...named(claim.entry), err: settlement.error }, 'an entry was parked');
        }
        return { next: next && next !== 'waits' ? { ...next, lapses } : next, settlement };
      } catch (err) {
        if (err instanceof LaneLost) throw err;
        logger.error(
          { err, lane: claim.lane, ...named(claim.entry) },
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

  const append = (tx: Tx, ...entries: NewEntry[]) => appendFrom(tx, origins.get(tx), entries);

  async function appendFrom(tx: Tx, origin: Origin | undefined, entries: NewEntry[]): Promise<number> {
    const orphan = handlers && entries.find(({ kind }) => !handlers?.has(kind));
    if (orphan) throw new Error(`nothing handles entries of the kind ${orphan.kind}`);
    const outcome = appendedBy(tx);
    let added = 0;
    for (const entry of entries) {
      const mayBegin = handlers !== null && !stopped && active.size + outcome.claims.length < concurrency;
      const now = steadyNow();
      const isForgotten = forgotten.isForgotten(entry, causes.get(tx) ?? null, now);
      const from = origin ?? originOf(entry.key);
      const result = await appendEntry(tx, entry, now, mayBegin ? owner : null, isForgotten, from);
      if (!result.added) continue;
      added += 1;
      if (result.claim) outcome.claims.push({ ...result.claim, lapses: heartbeat.lapses?.() });
      else if (result.isDue) outcome.more = true;
    }
    return added;
  }

  const appendDelayed: Handler<{ entry: NewEntry }> = {
    decide: async (tx, { entry }) => void (await append(tx, entry)),
  };

  /** Journals what came in and decides it at once where that can be; the rest is journalled for its lane. */
  function hear(
    heard: Heard[],
    also: ((tx: Tx, added: number) => Promise<void>) | undefined,
    inline: boolean,
  ) {
    return store.transact(async (tx) => {
      const now = steadyNow();
      causes.set(
        tx,
        forgotten.causeOf(
          heard.map(({ entry }) => entry),
          now,
        ),
      );
      const decided: { entry: NewEntry; handler: Handler<unknown>; origin: Origin }[] = [];
      let added = 0;
      for (const { entry, step } of heard) {
        const { origin } = step;
        const handler = inline && !stopped ? handlers?.get(entry.kind) : undefined;
        const state = handler?.decide ? await appendDecided(tx, entry, now, origin) : 'busy';
        if (handler && state === 'decide') {
          decided.push({ entry, handler, origin });
          added += 1;
        } else if (state === 'busy') added += await appendFrom(tx, origin, [entry]);
      }
      await also?.(tx, added);
      for (const { entry, handler, origin } of decided) {
        const { key, payload } = entry;
        origins.set(tx, origin);
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
    retry: (id, by) =>
      store.transact(async (tx) => {
        const entry = await unpark(tx, id, by);
        if (entry) appendedBy(tx).more = true;
        return entry;
      }),
    isDown: (side) => sides[side].isDown(),
    async appendLater(tx, entry, at) {
      await append(tx, delayedEntry({ entry }, at));
    },
    async commit(entries, also) {
      const heard = entries.map(hearing);
      const all = (inline: boolean) => inSpan('transaction', 'INTERNAL', {}, () => hear(heard, also, inline));
      // What is heard together is one transaction, which stands in the trace of the first.
      try {
        const run = heard[0]?.step.run ?? ((work) => work());
        const added = await run(() =>
          all(true).catch((err) => {
            // Whatever was decided is rolled back. Its lane decides it, and parks it should it never succeed.
            logger.warn(
              { err, traces: heard.map(({ step }) => traceIdOf(step.origin)) },
              'what came in could not be decided at once; it is journalled first',
            );
            return all(false);
          }),
        );
        for (const { entry, step } of heard) {
          step.end(added > 0 ? 'new' : 'known');
          logger.debug({ key: entry.key, kind: entry.kind, trace: traceIdOf(step.origin) }, 'heard');
        }
        return added;
      } catch (err) {
        for (const { step } of heard) step.end('lost', 'the store did not take it');
        throw err;
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
