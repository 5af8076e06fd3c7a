/**
 * What bridge and plugin know of cases as plain values. The plugin's bundle takes them from here; with the schemas of
 * `case.ts` it would carry TypeBox to every agent's browser.
 */

export const CASE_STATUSES = ['open', 'elevated', 'waiting', 'resolved', 'closed'] as const;
export const CASE_TYPES = ['support', 'bug', 'feature'] as const;
export const CASE_PRIORITIES = ['low', 'normal', 'high'] as const;
/** What a list of cases can be ordered by. */
export const CASE_SORTS = ['created', 'updated', 'votes', 'priority'] as const;

/** Most characters of each text of a case, and most tags; UTF-16 code units. */
export const CASE_LIMITS = {
  title: 200,
  description: 8000,
  comment: 4000,
  ratingComment: 2000,
  tag: 50,
  tags: 20,
  field: 2000,
} as const;

/** Most cases that one bulk change takes. */
export const MAX_BULK_CASES = 200;
/** Most characters of a search for cases. */
export const MAX_CASE_SEARCH_LENGTH = 200;
