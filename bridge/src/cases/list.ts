import type { CaseList } from '@flexcord/shared/panel/case';
import type { CaseFilters, CaseListQuery } from '@flexcord/shared/panel/case-list';
import { caseQuery, fitsSearch, matchingCases } from '../store/case-search.ts';
import type { Store } from '../store/open.ts';
import { summaryColumns, toSummary } from './view.ts';

const PAGE = 50;
/** A search that fits more cases than this is common: most of any page fits it, so the page is walked instead. */
const FEW = 1500;

const COLUMNS = { created: 'created_at', updated: 'changed_at', votes: 'votes' } as const;

/** A page of the cases that fit every filter, in the order asked for. */
export async function listCases(store: Store, query: CaseListQuery): Promise<CaseList> {
  const limit = query.limit === undefined ? PAGE : Number(query.limit);
  const column = COLUMNS[query.sort ?? 'created'];
  const order = query.order ?? 'desc';
  const fitting = await filtered(store, query);
  if (!fitting) return { cases: [], nextCursor: null };
  let page = fitting
    .innerJoin('members', 'members.id', 'cases.member_id')
    .select(summaryColumns)
    .select('members.name as member_name')
    .orderBy(`cases.${column}`, order)
    .orderBy('cases.number', order)
    .limit(limit + 1);
  if (query.cursor !== undefined) {
    const [value, number] = query.cursor.split('.').map(Number) as [number, number];
    page = page.where((eb) =>
      eb(
        eb.refTuple(`cases.${column}`, 'cases.number'),
        order === 'desc' ? '<' : '>',
        eb.tuple(value, number),
      ),
    );
  }
  const rows = await page.execute();
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    cases: shown.map(toSummary),
    nextCursor: rows.length > limit && last ? `${last[column]}.${last.number}` : null,
  };
}

/** Cases that fit every filter; null where it is known that none does. */
export async function filtered(store: Store, filters: CaseFilters) {
  let query = store.db.selectFrom('cases').where('cases.deleted_at', 'is', null);
  if (filters.memberId !== undefined) query = query.where('cases.member_id', '=', filters.memberId);
  for (const name of ['status', 'type', 'priority'] as const) {
    const values = filters[name]?.split(',');
    if (values) query = query.where(`cases.${name}`, 'in', values as never[]);
  }
  if (filters.assignee === 'none') query = query.where('cases.assignee_identity', 'is', null);
  else if (filters.assignee !== undefined)
    query = query.where('cases.assignee_identity', '=', filters.assignee);
  const { tag } = filters;
  if (tag !== undefined) {
    query = query.where('cases.number', 'in', (eb) =>
      eb.selectFrom('case_tags').select('case_number').where('tag', '=', tag),
    );
  }
  for (const [name, column, operator] of [
    ['createdFrom', 'created_at', '>='],
    ['createdTo', 'created_at', '<'],
    ['updatedFrom', 'changed_at', '>='],
    ['updatedTo', 'changed_at', '<'],
  ] as const) {
    const moment = filters[name];
    if (moment !== undefined) query = query.where(`cases.${column}`, operator, Date.parse(moment) || 0);
  }
  if (filters.q !== undefined && filters.q.trim() !== '') {
    const search = caseQuery(store, filters.q);
    if (!search) return null;
    const numbers = await matchingCases(store, search, FEW + 1);
    if (numbers.length === 0) return null;
    query =
      numbers.length <= FEW
        ? query.where('cases.number', 'in', numbers)
        : query.where(fitsSearch(store, search));
  }
  return query;
}
