import type { CaseFigures, CaseStats, CaseStatsQuery } from '@flexcord/shared/panel/case-stats';
import type { Result } from '@flexcord/shared/result';
import { DAY_MS, dayRange, QUARTER_HOUR_MS } from '@flexcord/shared/time';
import { sql } from 'kysely';
import { CSV_START, csvRows } from '../formats/csv.ts';
import type { Store } from '../store/open.ts';

/** Sums of one day, before they become averages. */
const nothing = () => ({
  ...{ opened: 0, responded: 0, responseMs: 0, resolved: 0, resolutionMs: 0 },
  ...{ ratings: 0, rated: 0, ended: 0, deflected: 0, confirmed: 0 },
  ...{ stars1: 0, stars2: 0, stars3: 0, stars4: 0, stars5: 0 },
});
type Sums = ReturnType<typeof nothing>;
const STARS = [1, 2, 3, 4, 5] as const;

/** `bad-range`: days that are none, too many or in the wrong order, or a time zone that does not exist. */
type StatsResult = Result<{ stats: CaseStats }, { is: 'bad-range' }>;

/** What was opened, answered, solved and rated on each day. */
export async function caseStats(store: Store, query: CaseStatsQuery): Promise<StatsResult> {
  const range = dayRange(query);
  if (!range) return { is: 'bad-range' };
  const { timeZone, dayOf, first, last } = range;
  const days = new Map(range.days.map((day) => [day, nothing()]));
  // A day of any zone lies within 14 hours of the same day of UTC; what lies outside of the range is left out below.
  for (const rows of await quarters(store, first - DAY_MS, last + 2 * DAY_MS)) {
    for (const { quarter, ...sums } of rows) {
      const day = days.get(dayOf(Number(quarter) * QUARTER_HOUR_MS));
      if (day) add(day, sums);
    }
  }
  const total = nothing();
  for (const sums of days.values()) add(total, sums);
  const stats = {
    timeZone,
    days: [...days].map(([day, sums]) => ({ day, ...figuresOf(sums) })),
    total: figuresOf(total),
    stars: STARS.map((star) => total[`stars${star}`]),
  };
  return { is: 'done', stats };
}

/** The days as CSV. */
export function statsCsv({ days }: CaseStats): string {
  const columns = Object.keys(days[0] ?? {}) as (keyof (typeof days)[number])[];
  return CSV_START + csvRows([columns, ...days.map((day) => columns.map((column) => day[column]))]);
}

function quarters(store: Store, from: number, to: number) {
  const quarterOf = (column: string) => sql<number>`${sql.ref(column)} / ${sql.lit(QUARTER_HOUR_MS)}`;
  const total = (expression: ReturnType<typeof sql<number>>) => sql<number>`sum(${expression})`;
  const opened = store.db
    .selectFrom('cases')
    .select((eb) => [
      quarterOf('created_at').as('quarter'),
      eb.fn.countAll<number>().as('opened'),
      eb.fn.count<number>('first_response_at').as('responded'),
      total(sql<number>`first_response_at - created_at`).as('responseMs'),
    ])
    .where('deleted_at', 'is', null)
    .where('created_at', '>=', from)
    .where('created_at', '<', to)
    .groupBy('quarter');
  const resolved = store.db
    .selectFrom('cases')
    .select((eb) => [
      quarterOf('resolved_at').as('quarter'),
      eb.fn.countAll<number>().as('resolved'),
      total(sql<number>`resolved_at - created_at`).as('resolutionMs'),
    ])
    .where('deleted_at', 'is', null)
    .where('merged_into', 'is', null)
    .where('resolved_at', '>=', from)
    .where('resolved_at', '<', to)
    .groupBy('quarter');
  const alone = sql`handed_over = 0 and case_number is null
    and not exists (select 1 from agents where agents.conversation_id = conversations.id)`;
  const ended = store.db
    .selectFrom('conversations')
    .select((eb) => [
      quarterOf('closed_at').as('quarter'),
      eb.fn.countAll<number>().as('ended'),
      total(sql<number>`case when ${alone} then 1 else 0 end`).as('deflected'),
      total(sql<number>`case when ${alone} and solved_at is not null then 1 else 0 end`).as('confirmed'),
    ])
    // A conversation that never reached Twilio is a greeting without an answer.
    .where('twilio_sid', 'is not', null)
    .where('closed_at', '>=', from)
    .where('closed_at', '<', to)
    .groupBy('quarter');
  const ratings = (table: 'conversations' | 'cases') =>
    store.db
      .selectFrom(table)
      .select((eb) => [
        quarterOf('rated_at').as('quarter'),
        eb.fn.countAll<number>().as('ratings'),
        total(sql<number>`rating`).as('rated'),
        ...STARS.map((star) =>
          total(sql<number>`case when rating = ${sql.lit(star)} then 1 else 0 end`).as(`stars${star}`),
        ),
      ])
      .where('rated_at', '>=', from)
      .where('rated_at', '<', to)
      .groupBy('quarter');
  // The rating of a conversation is stored on its case too, with the same time, and must count once.
  const ofCases = ratings('cases').where(
    sql<boolean>`not exists (select 1 from conversations
      where conversations.case_number = cases.number and conversations.rated_at = cases.rated_at)`,
  );
  return Promise.all([
    opened.execute(),
    resolved.execute(),
    ended.execute(),
    ratings('conversations').execute(),
    ofCases.execute(),
  ]);
}

function add(to: Sums, sums: Partial<Sums>): void {
  // PostgreSQL gives sums as text, and null for a sum of nothing.
  for (const [name, value] of Object.entries(sums)) to[name as keyof Sums] += Number(value ?? 0);
}

const mean = (sum: number, count: number) => (count === 0 ? null : sum / count);

const figuresOf = (sums: Sums): CaseFigures => ({
  opened: sums.opened,
  resolved: sums.resolved,
  firstResponseMs: mean(sums.responseMs, sums.responded),
  resolutionMs: mean(sums.resolutionMs, sums.resolved),
  rating: mean(sums.rated, sums.ratings),
  ratings: sums.ratings,
  ended: sums.ended,
  deflected: sums.deflected,
  confirmed: sums.confirmed,
  deflection: mean(sums.deflected, sums.ended),
  confirmation: mean(sums.confirmed, sums.ended),
});
