/** What an entry of a case's timeline is about. */
export const CASE_EVENT_KINDS = [
  'created',
  'status',
  'assigned',
  /** Title, description, type, priority, tags or fields. */
  'changed',
  'comment',
  /** An internal comment. */
  'note',
  'conversation',
  /** A Discord message was linked. */
  'message',
  'check-in',
  'rating',
  'merged',
  'unmerged',
  'deleted',
] as const;
