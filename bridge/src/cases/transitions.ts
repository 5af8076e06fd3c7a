import type { CaseStatus } from '@flexcord/shared/panel/case';
import { isUnfinished } from '@flexcord/shared/panel/case-status';
import type { CaseRow } from './view.ts';

/** Where a case may go from each status. A finished case is worked on again by opening it again. */
export const transitions: Record<CaseStatus, readonly CaseStatus[]> = {
  open: ['elevated', 'waiting', 'resolved', 'closed'],
  elevated: ['open', 'waiting', 'resolved', 'closed'],
  waiting: ['open', 'elevated', 'resolved', 'closed'],
  resolved: ['open', 'closed'],
  closed: ['open'],
};

export const mayMove = (from: CaseStatus, to: CaseStatus): boolean => transitions[from].includes(to);

/** `resolved_at` after a transition: the first time counts until the case is reopened. */
export const finishedAt = (row: Pick<CaseRow, 'resolved_at'>, to: CaseStatus): number | null =>
  isUnfinished(to) ? null : (row.resolved_at ?? Date.now());
