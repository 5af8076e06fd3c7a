import { setTimeout as sleep } from 'node:timers/promises';
import { OperatorError } from '../../config/command-line.ts';
import type { Store } from '../../store/open.ts';

/** How often a probe shows that it is alive, in milliseconds. */
const BEAT_MS = 1000;
/** One that shows nothing for this long is dead, in milliseconds. */
const DEAD_AFTER_MS = 4000;
const LOOK_MS = 200;

const RUNNING =
  'Another probe of this account is running, and two would disturb each other. Wait until it is over, or end it, and run this again.';

/**
 * Runs a probe while no other of the same store and account does: each would take away what the other has made. Throws an
 * OperatorError where one is running. No clock decides: whoever finds another one waits for a sign of life of it.
 * `lost` is aborted, with such an error as its reason, where another probe took this one for dead.
 */
export async function alone<T>(
  store: Pick<Store, 'db' | 'transact'>,
  accountSid: string,
  work: (lost: AbortSignal) => Promise<T>,
): Promise<T> {
  const { db } = store;
  const run = Bun.randomUUIDv7();
  const read = (from: Pick<Store['db'], 'selectFrom'> = db) =>
    from
      .selectFrom('probe_runs')
      .select(['run', 'beat'])
      .where('account_sid', '=', accountSid)
      .executeTakeFirst();
  const own = () => db.updateTable('probe_runs').where('account_sid', '=', accountSid).where('run', '=', run);

  const before = await read();
  for (let waited = 0; before && waited < DEAD_AFTER_MS; waited += LOOK_MS) {
    await sleep(LOOK_MS);
    const now = await read();
    if (!now) break;
    if (now.run !== before.run || now.beat !== before.beat) throw new OperatorError(RUNNING);
  }
  await store.transact(async (tx) => {
    const now = await read(tx);
    const isDead = now && now.run === before?.run && now.beat === before.beat;
    if (now && !isDead) throw new OperatorError(RUNNING);
    const started = { run, beat: 0, started_at: Date.now() };
    const { numInsertedOrUpdatedRows: taken } = await tx
      .insertInto('probe_runs')
      .values({ account_sid: accountSid, ...started })
      .onConflict((conflict) =>
        conflict
          .column('account_sid')
          .doUpdateSet(started)
          .where('probe_runs.run', '=', before?.run ?? ''),
      )
      .executeTakeFirstOrThrow();
    if (Number(taken) === 0) throw new OperatorError(RUNNING);
  });
  const lost = new AbortController();
  const beating = setInterval(() => {
    own()
      .set((eb) => ({ beat: eb('beat', '+', 1) }))
      .executeTakeFirst()
      .then(({ numUpdatedRows }) => {
        if (Number(numUpdatedRows) === 0) lost.abort(new OperatorError(TAKEN_OVER));
      })
      // The next one may succeed.
      .catch(() => {});
  }, BEAT_MS);
  try {
    return await work(lost.signal);
  } finally {
    clearInterval(beating);
    await db.deleteFrom('probe_runs').where('account_sid', '=', accountSid).where('run', '=', run).execute();
  }
}

const TAKEN_OVER =
  'Another probe has begun, because this one showed no sign of life for some seconds. Wait until that is over, and run this again.';
