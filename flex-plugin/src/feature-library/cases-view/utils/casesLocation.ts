import type { CaseListQuery } from '@flexcord/shared/panel/case-list';
import { Actions } from '@twilio/flex-ui';
import * as React from 'react';

import type { ViewProps } from '../../../types/view.ts';

export const LAYOUTS = ['table', 'board', 'charts'] as const;
type Layout = (typeof LAYOUTS)[number];
/** Days that the charts can go back. */
export const CHART_PERIODS = ['7', '30', '90'] as const;
type ChartPeriod = (typeof CHART_PERIODS)[number];
const DEFAULT_CHART_PERIOD = '30';

const FILTER_NAMES = [
  'q',
  'status',
  'type',
  'priority',
  'assignee',
  'tag',
  'memberId',
  'sort',
  'order',
] as const;
export type Filters = Pick<CaseListQuery, (typeof FILTER_NAMES)[number]>;

/** What the view shows. All of it is in the address, so that it can be shared and the back button works. */
interface CasesLocation {
  layout: Layout;
  /** The case that is open beside the list. */
  caseId: string | null;
  filters: Filters;
  chartPeriod: ChartPeriod;
}

const PATH = '/flexcord-cases';

function parseLocation({ pathname, search }: { pathname: string; search: string }): CasesLocation {
  const query = new URLSearchParams(search);
  const filters: Record<string, string> = {};
  for (const name of FILTER_NAMES) {
    const value = query.get(name);
    if (value) filters[name] = value;
  }
  const layout = LAYOUTS.find((candidate) => candidate === query.get('view')) ?? 'table';
  const chartPeriod =
    CHART_PERIODS.find((candidate) => candidate === query.get('days')) ?? DEFAULT_CHART_PERIOD;
  const caseId = /\/([1-9]\d{0,11})\/?$/.exec(pathname)?.[1] ?? null;
  return { layout, caseId, filters: filters as Filters, chartPeriod };
}

export function urlFor({ layout, caseId, filters, chartPeriod }: CasesLocation): string {
  // Never without a query: Flex 2.17 keeps the current one where a new address has none.
  const query = new URLSearchParams({ view: layout });
  if (chartPeriod !== DEFAULT_CHART_PERIOD) query.set('days', chartPeriod);
  for (const name of FILTER_NAMES) {
    const value = filters[name];
    if (value) query.set(name, value);
  }
  return `${PATH}${caseId ? `/${caseId}` : ''}?${query}`;
}

/** The part of the view's address that a saved view keeps: layout and filters. */
export const contentOf = ({ layout, filters }: Pick<CasesLocation, 'layout' | 'filters'>): string =>
  urlFor({ layout, filters, caseId: null, chartPeriod: DEFAULT_CHART_PERIOD }).slice(PATH.length);

/** What a saved view shows. */
export function viewOf(content: string): Pick<CasesLocation, 'layout' | 'filters'> {
  const { layout, filters } = parseLocation({ pathname: PATH, search: content });
  return { layout, filters };
}

/** Whether filters leave out any case. */
export const isNarrowed = ({ sort: _, order: __, ...narrowing }: Filters): boolean =>
  Object.values(narrowing).some((value) => value !== undefined);

/** What the address says the view shows, and how to change it. The browser's back button undoes each change. */
export function useCasesLocation({ route }: ViewProps) {
  const location = parseLocation(route?.location ?? window.location);
  const latest = React.useRef(location);
  latest.current = location;
  const navigate = (
    change: Partial<CasesLocation>,
    action: 'HistoryPush' | 'HistoryReplace' = 'HistoryPush',
  ) => void Actions.invokeAction(action, urlFor({ ...latest.current, ...change }));
  /** Changes the named filters only; an undefined one is removed. */
  const changeFilters = (change: Filters, action?: 'HistoryReplace') =>
    navigate({ filters: { ...latest.current.filters, ...change } }, action);
  return { location, navigate, changeFilters };
}

export type CasesNavigation = ReturnType<typeof useCasesLocation>;
