import { steadyNow } from '../store/clock.ts';
import type { Store } from '../store/store.ts';
import { TIMER_LANES } from './keys.ts';

/** Lanes with something to do: worked on by a process, or due and waiting for one. */
export async function countLanes({ db, now }: Store): Promise<{ busy: number; due: number }> {
  const row = await db
    .selectFrom('lanes')
    .select((eb) => [
      eb.fn.count<number>(eb.case().when('owner', 'is not', null).then(1).end()).as('busy'),
      eb.fn
        .count<number>(
          eb
            .case()
            .when(eb.and([eb('owner', 'is', null), eb('ready_at', '<=', now())]))
            .then(1)
            .end(),
        )
        .as('due'),
    ])
    .where('ready_at', 'is not', null)
    .executeTakeFirstOrThrow();
  return { busy: Number(row.busy), due: Number(row.due) };
}

/** What waits of one kind. */
export interface Backlog {
  kind: string;
  count: number;
  /** For how long the oldest waits, in milliseconds. */
  oldestMs: number;
}

/** What is not finished, by kind. Without timers, which wait for their time, unless they are asked for. */
export async function backlogOf({ db }: Store, { timers }: { timers: boolean }): Promise<Backlog[]> {
  const rows = await db
    .selectFrom('journal')
    .select((eb) => [
      'kind',
      eb.fn.countAll<number>().as('count'),
      eb.fn.min<number>('created_at').as('oldest'),
    ])
    .where('status', '=', 'pending')
    .$if(!timers, (query) => query.where('lane', 'not like', `${TIMER_LANES}%`))
    .groupBy('kind')
    .execute();
  const now = steadyNow();
  return rows.map(({ kind, count, oldest }) => ({
    kind,
    count: Number(count),
    oldestMs: Math.max(0, now - Number(oldest)),
  }));
}
