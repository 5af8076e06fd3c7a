const PREFIX = 'flexcord';

/**
 * What the buttons and forms of the bot stand for. Messages with them stay in Discord for years: a name is never taken
 * away or given another meaning, and the parts after it stay as they are.
 */
export type CustomIdName =
  // Under what the bot says in a conversation; `case-solved` with a case number, `choose` with the key of a choice.
  | 'ask'
  | 'cases'
  | 'person'
  | 'solved'
  | 'case-solved'
  | 'choose'
  // As those, with the id of a conversation.
  | 'leave'
  | 'end'
  | 'here'
  // Under cards and news of cases, with a case number.
  | 'vote'
  | 'unvote'
  | 'follow'
  | 'unfollow'
  | 'view'
  | 'reopen'
  | 'unsolved'
  // `newer` or `older`, and the number of a page.
  | 'case-page'
  // With the id of an article; `read-page` also with the number of a page.
  | 'read'
  | 'read-page'
  // With the id of a conversation; `rate` also with a score.
  | 'rate'
  | 'rate-comment'
  | 'rate-form'
  // With `bug` or `feature`.
  | 'report'
  | 'report-form'
  | 'panel-help'
  | 'setup-mend'
  // In public threads, which the channel says; `post-solution` with the id of a message.
  | 'post-helped'
  | 'post-not-yet'
  | 'post-team'
  | 'post-private'
  | 'post-solution'
  | 'post-open'
  | 'post-solved'
  // `on` or `off`.
  | 'learning'
  | 'announce-form'
  | 'announce-publish'
  | 'announce-discard';

/** The custom id of a button or form of the bot's. Discord takes up to 100 characters. */
export const customId = (name: CustomIdName, ...parts: (string | number)[]): string =>
  [PREFIX, name, ...parts].join(':');

/** The parts of a custom id after its name; null for one of another name. */
export function customIdParts(id: string, name: CustomIdName): string[] | null {
  const [prefix, given, ...parts] = id.split(':');
  return prefix === PREFIX && given === name ? parts : null;
}
