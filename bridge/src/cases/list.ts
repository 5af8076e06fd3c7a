import type { CaseList } from '@flexcord/shared/panel/case';
import type { CaseFilters, CaseListQuery } from '@flexcord/shared/panel/case-list';
import { momentOf } from '@flexcord/shared/time';
import { sql } from 'kysely';
import { caseQuery, fewCases, fitsSearch, hasTag, matchingCases, unindexed } from '../store/case-search.ts';
import type { Store } from '../store/open.ts';
import { fromCursor, toCursor, toPage } from '../store/paging.ts';
import { summaryColumns, toSummary } from './view.ts';
import { waitsInChats } from './waiting.ts';

const DEFAULT_PAGE_SIZE = 50;
const COLUMNS = { created: 'created_at', updated: 'changed_at', votes: 'votes' } as const;
type Column = (typeof COLUMNS)[keyof typeof COLUMNS];
/** Where a case stands among others by its priority. No index has this order: every fitting case is looked at. */
const BY_PRIORITY = sql<number>`case cases.priority when 'high' then 2 when 'normal' then 1 else 0 end`;

/** A page of the cases that fit every filter, in the order asked for. */
export async function listCases(store: Store, query: CaseListQuery): Promise<CaseList> {
  const limit = query.limit === undefined ? DEFAULT_PAGE_SIZE : Number(query.limit);
  const { sort = 'created', order = 'desc' } = query;
  const column = sort === 'priority' ? null : COLUMNS[sort];
  const place = column ? sql.ref<number>(`cases.${column}`) : BY_PRIORITY;
  const fitting = await filtered(store, query, column);
  if (!fitting) return { cases: [], nextCursor: null };
  // The numbers alone, which an index covers; whole rows are read for the page only.
  let page = fitting
    .select(['cases.number', place.as('place')])
    .orderBy(place, order)
    .orderBy('cases.number', order)
    .limit(limit + 1);
  const after = query.cursor === undefined ? null : fromCursor(query.cursor);
  if (after) {
    const beyond = order === 'desc' ? sql`<` : sql`>`;
    page = page.where(
      sql<boolean>`(${place}, ${sql.ref('cases.number')}) ${beyond} (${after.value}, ${Number(after.id)})`,
    );
  }
  const { rows: shown, nextCursor } = toPage(await page.execute(), limit, ({ place, number }) =>
    toCursor({ value: Number(place), id: String(number) }),
  );
  if (shown.length === 0) return { cases: [], nextCursor: null };
  const numbers = shown.map(({ number }) => number);
  const waits = await waitsInChats(store.db, numbers);
  const rows = await store.db
    .selectFrom('cases')
    .innerJoin('members', 'members.id', 'cases.member_id')
    .select(summaryColumns)
    .select('members.name as member_name')
    .where('cases.number', 'in', numbers)
    .execute();
  const summaries = new Map(rows.map((row) => [row.number, toSummary(row, waits.get(row.number))]));
  return {
    cases: numbers.flatMap((number) => summaries.get(number) ?? []),
    nextCursor,
  };
}

/** The query of the cases that fit every filter, to be ordered by a column; null where it is known that none fits. */
export async function filtered(store: Store, filters: CaseFilters, by: Column | null) {
  let query = store.db.selectFrom('cases').where('cases.deleted_at', 'is', null);
  if (filters.memberId !== undefined) query = query.where('cases.member_id', '=', filters.memberId);
  for (const name of ['status', 'type', 'priority'] as const) {
    const values = filters[name]?.split(',');
    if (values) query = query.where(unindexed<string>(store, `cases.${name}`), 'in', values);
  }
  if (filters.assignee === 'none') query = query.where('cases.assignee_identity', 'is', null);
  else if (filters.assignee !== undefined)
    query = query.where('cases.assignee_identity', '=', filters.assignee);
  for (const [name, column, operator] of [
    ['createdFrom', 'created_at', '>='],
    ['createdTo', 'created_at', '<'],
    ['updatedFrom', 'changed_at', '>='],
    ['updatedTo', 'changed_at', '<'],
  ] as const) {
    const moment = filters[name];
    if (moment === undefined) continue;
    const compared =
      column === by ? sql.ref<number>(`cases.${column}`) : unindexed<number>(store, `cases.${column}`);
    query = query.where(compared, operator, momentOf(moment) ?? 0);
  }
  const { tag } = filters;
  if (tag !== undefined) {
    const few = fewCases(store, 'tag');
    const tagged = await store.db
      .selectFrom('case_tags')
      .select('case_number')
      .where('tag', '=', tag)
      .limit(few + 1)
      .execute();
    if (tagged.length === 0) return null;
    const numbers = tagged.map(({ case_number }) => case_number);
    query =
      numbers.length <= few ? query.where('cases.number', 'in', numbers) : query.where(hasTag(store, tag));
  }
  if (filters.q !== undefined && filters.q.trim() !== '') {
    const search = caseQuery(store, filters.q);
    if (!search) return null;
    const numbers = await matchingCases(store, search);
    if (numbers?.length === 0) return null;
    query = numbers ? query.where('cases.number', 'in', numbers) : query.where(fitsSearch(store, search));
  }
  return query;
}
