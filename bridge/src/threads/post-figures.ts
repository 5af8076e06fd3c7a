import type { CaseStatsQuery } from '@flexcord/shared/panel/case-stats';
import type { CommunityStats } from '@flexcord/shared/panel/community';
import type { Result } from '@flexcord/shared/result';
import { DAY_MS, dayRange, QUARTER_HOUR_MS } from '@flexcord/shared/time';
import type { Store } from '../store/open.ts';

type Figures = CommunityStats['total'];

const nothing = () => ({
  ...{ asked: 0, virtualAgent: 0, members: 0, agents: 0, unanswered: 0, solved: 0 },
  answerMs: [] as number[],
});
type Sums = ReturnType<typeof nothing>;

const BY = { 'virtual-agent': 'virtualAgent', member: 'members', agent: 'agents' } as const;

/**
 * What was asked on each day, who answered first, and how soon. `bad-range`: days that are none, too many or in the wrong order,
 * or a time zone that does not exist.
 */
export async function postFigures(
  store: Store,
  query: CaseStatsQuery,
): Promise<
  Result<{ figures: Omit<CommunityStats, 'topQuestions'>; from: number; to: number }, { is: 'bad-range' }>
> {
  const range = dayRange(query);
  if (!range) return { is: 'bad-range' };
  const { timeZone, dayOf, first, last } = range;
  const days = new Map(range.days.map((day) => [day, nothing()]));
  // A day of any zone lies within 14 hours of the same day of UTC; what lies outside of the range is left out below.
  const [from, to] = [first - DAY_MS, last + 2 * DAY_MS];
  const rows = await store.db
    .selectFrom('public_threads')
    .select(['opened_at', 'adopted', 'answered_by', 'answered_at', 'state'])
    .where('opened_at', '>=', from)
    .where('opened_at', '<', to)
    .orderBy('opened_at')
    .execute();
  /** Naming the day of a moment costs more than all the rest, and posts of a quarter of an hour are of one day. */
  const dayOfQuarter = new Map<number, string>();
  const total = nothing();
  for (const { opened_at, adopted, answered_by, answered_at, state } of rows) {
    if (Number(adopted) === 1) continue;
    const quarter = Math.floor(Number(opened_at) / QUARTER_HOUR_MS);
    let name = dayOfQuarter.get(quarter);
    if (name === undefined) {
      name = dayOf(quarter * QUARTER_HOUR_MS);
      dayOfQuarter.set(quarter, name);
    }
    const day = days.get(name);
    if (!day) continue;
    for (const sums of [day, total]) {
      sums.asked += 1;
      sums[answered_by === null ? 'unanswered' : BY[answered_by]] += 1;
      if (state === 'solved') sums.solved += 1;
      if (answered_at !== null) sums.answerMs.push(Math.max(0, Number(answered_at) - Number(opened_at)));
    }
  }
  return {
    is: 'done',
    figures: {
      timeZone,
      days: [...days].map(([day, sums]) => ({ day, ...figuresOf(sums) })),
      total: figuresOf(total),
    },
    from: first,
    to: last + DAY_MS,
  };
}

function figuresOf({ answerMs, ...sums }: Sums): Figures {
  const sorted = Float64Array.from(answerMs).sort();
  /** The smallest of the durations within which that share lies. */
  const within = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? null;
  return { ...sums, medianMs: within(0.5), p90Ms: within(0.9) };
}

/** Titles of the latest posts that were opened in a time, the latest first. */
export const latestTitles = (store: Store, from: number, to: number, limit: number) =>
  store.db
    .selectFrom('public_threads')
    .select(['id', 'title', 'answered_by', 'adopted'])
    .where('opened_at', '>=', from)
    .where('opened_at', '<', to)
    .where('adopted', '=', 0)
    .orderBy('opened_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
