import type { CommunityQuery } from '@flexcord/shared/panel/community';
import { Actions } from '@twilio/flex-ui';
import * as React from 'react';

import type { ViewProps } from '../../../types/view.ts';

export const LAYOUTS = ['table', 'incidents', 'charts'] as const;
/** Days that the charts can go back. */
export const PERIODS = ['7', '30', '90'] as const;
const DEFAULT_PERIOD = '30';

const FILTER_NAMES = ['q', 'channelId', 'state', 'tag', 'answeredBy', 'waiting', 'assignee', 'sort'] as const;
export type Filters = Pick<CommunityQuery, (typeof FILTER_NAMES)[number]>;

/** What the view shows. All of it is in the address, so that it can be shared and the back button works. */
interface CommunityLocation {
  layout: (typeof LAYOUTS)[number];
  /** The post that is open beside the list. */
  postId: string | null;
  /** The incident that is open beside the list. */
  incident: number | null;
  filters: Filters;
  period: (typeof PERIODS)[number];
}

const PATH = '/flexcord-community';

function parseLocation({ pathname, search }: { pathname: string; search: string }): CommunityLocation {
  const query = new URLSearchParams(search);
  const filters: Record<string, string> = {};
  for (const name of FILTER_NAMES) {
    const value = query.get(name);
    if (value) filters[name] = value;
  }
  return {
    layout: LAYOUTS.find((candidate) => candidate === query.get('view')) ?? 'table',
    period: PERIODS.find((candidate) => candidate === query.get('days')) ?? DEFAULT_PERIOD,
    postId: /\/(\d{15,21})\/?$/.exec(pathname)?.[1] ?? null,
    incident: Number(/^\d{1,12}$/.exec(query.get('incident') ?? '')?.[0] ?? 0) || null,
    filters: filters as Filters,
  };
}

export function urlFor({ layout, postId, incident, filters, period }: CommunityLocation): string {
  // Never without a query: Flex 2.17 keeps the current one where a new address has none.
  const query = new URLSearchParams({ view: layout });
  if (period !== DEFAULT_PERIOD) query.set('days', period);
  if (layout === 'incidents' && incident !== null) query.set('incident', String(incident));
  for (const name of FILTER_NAMES) {
    const value = filters[name];
    if (value) query.set(name, value);
  }
  return `${PATH}${postId ? `/${postId}` : ''}?${query}`;
}

/** The part of the view's address that a saved view keeps: its filters. */
export const contentOf = (filters: Filters): string =>
  urlFor({ layout: 'table', postId: null, incident: null, filters, period: DEFAULT_PERIOD }).slice(
    PATH.length,
  );

export const filtersOf = (content: string): Filters =>
  parseLocation({ pathname: PATH, search: content }).filters;

/** Whether filters leave out any open post. */
export const isNarrowed = ({ sort: _, ...narrowing }: Filters): boolean => Object.keys(narrowing).length > 0;

/** What the address says the view shows, and how to change it. The browser's back button undoes each change. */
export function useCommunityLocation({ route }: ViewProps) {
  const location = parseLocation(route?.location ?? window.location);
  const latest = React.useRef(location);
  latest.current = location;
  const navigate = (
    change: Partial<CommunityLocation>,
    action: 'HistoryPush' | 'HistoryReplace' = 'HistoryPush',
  ) => void Actions.invokeAction(action, urlFor({ ...latest.current, ...change }));
  /** Changes the named filters only; an undefined one is removed. */
  const changeFilters = (change: Filters, action?: 'HistoryReplace') => {
    const filters = { ...latest.current.filters, ...change };
    for (const name of FILTER_NAMES) if (filters[name] === undefined) delete filters[name];
    navigate({ filters }, action);
  };
  return { location, navigate, changeFilters };
}

export type CommunityNavigation = ReturnType<typeof useCommunityLocation>;
