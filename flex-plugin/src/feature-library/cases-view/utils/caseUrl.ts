import type { CaseListQuery } from '@flexcord/shared/panel/case-list';
import { Actions } from '@twilio/flex-ui';
import * as React from 'react';

import type { ViewProps } from '../../../utils/views/load.ts';

export const shapes = ['table', 'board', 'charts'] as const;
/** Days that the charts go back. */
export const spans = ['7', '30', '90'] as const;
export type Shape = (typeof shapes)[number];

/** What narrows the list down; all of it stands in the address. */
export type Filters = Pick<
  CaseListQuery,
  'q' | 'status' | 'type' | 'priority' | 'assignee' | 'tag' | 'memberId' | 'sort' | 'order'
>;
const filterNames = [
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

/** Where a supervisor is in the view. */
export interface Place {
  shape: Shape;
  caseId: string | null;
  filters: Filters;
  span: (typeof spans)[number];
}

const ROOT = '/flexcord-cases';

export function placeOf({ pathname, search }: { pathname: string; search: string }): Place {
  const query = new URLSearchParams(search);
  const filters: Record<string, string> = {};
  for (const name of filterNames) {
    const value = query.get(name);
    if (value) filters[name] = value;
  }
  const shape = shapes.find((candidate) => candidate === query.get('view')) ?? 'table';
  const span = spans.find((candidate) => candidate === query.get('days')) ?? '30';
  const caseId = /\/([1-9]\d{0,11})\/?$/.exec(pathname)?.[1] ?? null;
  return { shape, caseId, filters: filters as Filters, span };
}

export function urlOf({ shape, caseId, filters, span }: Place): string {
  // Never without a query: Flex 2.17 keeps the present one where a new address has none.
  const query = new URLSearchParams({ view: shape });
  if (span !== '30') query.set('days', span);
  for (const name of filterNames) {
    const value = filters[name];
    if (value) query.set(name, value);
  }
  return `${ROOT}${caseId ? `/${caseId}` : ''}?${query}`;
}

/** The place the address names, and the way to another one. The browser's back button undoes each step. */
export function usePlace({ route }: ViewProps) {
  const place = placeOf(route?.location ?? window.location);
  const latest = React.useRef(place);
  latest.current = place;
  const go = (change: Partial<Place>, how: 'HistoryPush' | 'HistoryReplace' = 'HistoryPush') =>
    void Actions.invokeAction(how, urlOf({ ...latest.current, ...change }));
  /** Changes these filters; an empty one goes. */
  const filter = (change: Filters, how?: 'HistoryReplace') =>
    go({ filters: { ...latest.current.filters, ...change } }, how);
  return { place, go, filter };
}

export type Way = ReturnType<typeof usePlace>;
