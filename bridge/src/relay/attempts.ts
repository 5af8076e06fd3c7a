import type { Logger } from 'pino';
import type { Heartbeat, Owner, Store, Tx } from '../store/store.ts';
import { counted } from '../telemetry/metrics.ts';
import { originOf, type Step, startStep, traceIdOf } from '../telemetry/tracing.ts';
import type { Handler, NewEntry } from './entries.ts';
import { Refused, Transient } from './errors.ts';
import type { createForgotten } from './forgotten.ts';
import type { Claim, Entry } from './journal.ts';
import { LaneLost, type Settlement, saveProgress } from './lanes.ts';
import { sideOf } from './sides.ts';
import type { createTroubles } from './troubles.ts';

export interface AttemptsOptions {
  store: Store;
  logger: Logger;
  owner: Owner;
  heartbeat: Heartbeat;
  troubles: ReturnType<typeof createTroubles>;
  /** What works off entries of a kind. */
  handlerOf(kind: string): Handler<unknown> | undefined;
  forgottenSince: ReturnType<typeof createForgotten>['since'];
}

/** What log lines name an entry by. */
export const named = ({ key, kind, origin }: Entry) => ({ key, kind, trace: traceIdOf(origin) });

/** Something that comes in. */
export interface Heard {
  entry: NewEntry;
  step: Step;
}

export const hearing = (entry: NewEntry): Heard => ({
  entry,
  step: startStep(`hear ${entry.kind}`, 'SERVER', originOf(entry.key), { 'flexcord.key': entry.key }),
});

/** Begins the step in which an entry is worked on; `finish` counts what became of it, null where its lane was lost. */
export function working({ key, kind, failures, origin }: Entry) {
  const began = performance.now();
  const step = startStep(`work ${kind}`, 'CONSUMER', origin, {
    'flexcord.key': key,
    'flexcord.failures': failures,
  });
  function finish(settlement: Settlement | null): void {
    const side = sideOf(kind) ?? 'none';
    counted.attemptSeconds.observe({ side }, (performance.now() - began) / 1000);
    if (settlement) counted.attempts.inc({ kind, result: settlement.is });
    const failure = settlement && 'error' in settlement ? settlement.error : undefined;
    step.end(settlement?.is ?? 'lost', settlement ? failure : 'the lane was lost');
  }
  return { step, finish };
}

/** Gives claimed entries to their handlers and says what became of them. */
export function createAttempts({
  store,
  logger,
  owner,
  heartbeat,
  troubles,
  handlerOf,
  forgottenSince,
}: AttemptsOptions) {
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
    if (!expected) logger.error({ err: error, ...named(entry) }, 'a handler failed unexpectedly');
    // What a library says may hold words of the message; they stay out of the store and of the operations view.
    const said = expected
      ? error.message
      : `${error instanceof Error ? error.name : 'an error'}; see the log`;
    const verdict = troubles.failed(lane, entry, sideOf(kind), expected ? error : null);
    if (verdict.is === 'park') return park(entry, handler, new Refused(verdict.reason, said));
    logger.warn(
      { ...named(entry), failures: entry.failures + 1, waitMs: verdict.waitMs, err: said },
      'delivery failed; trying again',
    );
    return {
      is: 'retry',
      error: said,
      waitMs: verdict.waitMs,
      ambiguous: expected ? error.ambiguous : true,
      commit:
        verdict.tell && handler.delayed
          ? (tx) => handler.delayed?.(tx, payload, key) ?? Promise.resolve()
          : undefined,
    };
  }

  function park(entry: Entry, handler: Handler<unknown> | undefined, refusal: Refused): Settlement {
    const { key, payload } = entry;
    return {
      is: 'parked',
      error: `${refusal.reason}: ${refusal.message}`,
      commit: async (tx) => handler?.refused?.(tx, payload, refusal.reason, key),
    };
  }

  return async function attempt(claim: Claim): Promise<Settlement> {
    const { entry } = claim;
    const handler = handlerOf(entry.kind);
    if (!handler) return park(entry, undefined, new Refused('fault', `no handler for ${entry.kind}`));
    if (entry.unreadable) return park(entry, undefined, new Refused('fault', entry.unreadable));
    const assertOwned = () => {
      if (!heartbeat.alive() || heartbeat.lapses?.() !== claim.lapses)
        throw new LaneLost(`lane ${claim.lane} could not be kept`);
    };
    const context = {
      key: entry.key,
      lane: claim.lane,
      uncertain: entry.uncertain,
      forgottenSince: forgottenSince(entry),
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
  };
}
