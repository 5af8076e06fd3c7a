import type { CaseStatus } from '../store/schema.ts';

/** Where a case may go from each status. A finished case is worked on again by opening it again. */
export const transitions: Record<CaseStatus, readonly CaseStatus[]> = {
  open: ['elevated', 'waiting', 'resolved', 'closed'],
  elevated: ['open', 'waiting', 'resolved', 'closed'],
  waiting: ['open', 'elevated', 'resolved', 'closed'],
  resolved: ['open', 'closed'],
  closed: ['open'],
};

export const mayMove = (from: CaseStatus, to: CaseStatus): boolean => transitions[from].includes(to);

/** Somebody still has to do something. */
export const isUnfinished = (status: CaseStatus): boolean => status !== 'resolved' && status !== 'closed';
