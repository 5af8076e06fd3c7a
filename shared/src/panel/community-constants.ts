/** What bridge and plugin know of posts in public as plain values, for the plugin's bundle; see `case-constants.ts`. */

export const POST_STATES = ['open', 'solved', 'closed'] as const;
export type PostState = (typeof POST_STATES)[number];
/** Who answered a post first; `nobody`: it has no answer yet. */
export const POST_ANSWERS = ['nobody', 'virtual-agent', 'member', 'agent'] as const;
export type PostAnswer = (typeof POST_ANSWERS)[number];
/** What a list of posts can be ordered by: since when its author waits, the longest first and those who do not wait last; or the newest first. */
export const POST_SORTS = ['waiting', 'newest'] as const;
/** What a post can be made a case of. */
export const POST_CASE_TYPES = ['bug', 'feature'] as const;

export const COMMUNITY_LIMITS = {
  /** Most posts that one action takes. */
  bulk: 100,
  /** Most characters of a search and of an answer; UTF-16 code units. One message on Discord takes an answer with a name before it. */
  search: 100,
  answer: 1500,
  /** Most messages of a post that are shown: the latest. */
  messages: 100,
  /** Most tags that one action gives or takes. */
  tags: 5,
  /** Most groups of questions that are shown, and the latest questions that are grouped. */
  topQuestions: 10,
  groupedQuestions: 500,
} as const;
