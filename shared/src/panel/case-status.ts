import type { CASE_STATUSES } from './case-constants.ts';

type Status = (typeof CASE_STATUSES)[number];

/** Somebody still has to do something. */
export const UNFINISHED_CASE_STATUSES = ['open', 'elevated', 'waiting'] as const satisfies readonly Status[];

export const isUnfinished = (status: Status): boolean =>
  (UNFINISHED_CASE_STATUSES as readonly Status[]).includes(status);
