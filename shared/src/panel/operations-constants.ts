/** Where something is on its way. */
export const BACKLOG_GROUPS = [
  /** Decisions about what members and agents did. */
  'decisions',
  'to-member',
  'to-agent',
  /** Answers that a model writes. */
  'assistant',
  /** Cards, announcements, ratings. */
  'community',
  'webhooks',
  'other',
] as const;
export type BacklogGroup = (typeof BACKLOG_GROUPS)[number];

/** Why something was given up. */
export const PARKED_REASONS = [
  'unreachable',
  'left',
  'gone',
  'unacceptable',
  'forbidden',
  'gave-up',
  'fault',
] as const;
export type ParkedReason = (typeof PARKED_REASONS)[number];
