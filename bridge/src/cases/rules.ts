import { foldCase } from '@flexcord/shared/messages/fold';
import { truncate } from '@flexcord/shared/messages/truncate';
import { CASE_LIMITS } from '@flexcord/shared/panel/case-constants';
import type { Result } from '@flexcord/shared/result';

/** What is wrong with something that was given; adapters say it in the asker's language by `reason`. */
export interface CaseFault {
  /** What it is about: `title`, `comment`, `tag`, the key of a field, … */
  of: string;
  reason:
    | 'empty'
    | 'too-long'
    | 'too-many'
    /** A mention, a custom emoji, or a link in brackets, where plain words are wanted. */
    | 'markup'
    | 'unknown-field'
    | 'not-a-number'
    | 'not-a-date'
    | 'not-true-or-false'
    | 'not-an-option'
    | 'not-a-rating'
    | 'unknown-member'
    | 'unknown-conversation'
    | 'foreign-conversation';
  /** Of `too-long` and `too-many`. */
  most?: number;
}

/** The fault as a sentence in English. */
export function faultSentence({ of, reason, most }: CaseFault): string {
  switch (reason) {
    case 'empty':
      return `The ${of} is empty. Write something.`;
    case 'too-long':
      return `The ${of} is too long: it takes ${most} characters. Shorten it.`;
    case 'too-many':
      return `There are too many ${of}s: a case takes ${most}. Take some away.`;
    case 'markup':
      return `The ${of} has a mention or a link in brackets in it. Use plain words.`;
    case 'unknown-field':
      return `There is no field "${of}". Load the page again to see the present fields.`;
    case 'not-a-number':
      return `"${of}" wants a number, such as 12.5.`;
    case 'not-a-date':
      return `"${of}" wants a date, such as 2026-11-24.`;
    case 'not-true-or-false':
      return `"${of}" wants true or false.`;
    case 'not-an-option':
      return `"${of}" wants one of its options.`;
    case 'not-a-rating':
      return 'A rating is a whole number from 1 to 5.';
    case 'unknown-member':
      return 'The member is not known to the bridge. A case can be opened for members who have used the bot.';
    case 'unknown-conversation':
      return 'The conversation is not known to the bridge.';
    case 'foreign-conversation':
      return 'The conversation is with another member than the case.';
  }
}

/**
 * What Discord turns into something else than its words: mentions, custom emoji, timestamps, commands
 * (https://docs.discord.com/developers/reference#message-formatting), and links that hide where they lead.
 */
const MARKUP =
  /<(?:@[!&]?|#|id:)\w+>|<\/[^>]+:\d+>|<a?:\w+:\d+>|<t:-?\d+(?::\w)?>|@(?:everyone|here)\b|\[(?<words>[^\]]*)\]\((?:[^()]|\([^()]*\))*\)/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** One line without control characters. */
const oneLine = (text: string) => text.replace(CONTROL, ' ').replace(/\s+/g, ' ').trim();

/**
 * Any text as a title that is taken: of links the words stay, mentions and the like are left out, the rest is one line and
 * cut.
 */
export function plainTitle(text: string, most: number = CASE_LIMITS.title): string {
  let line = oneLine(text);
  for (let found = MARKUP.exec(line); found; found = MARKUP.exec(line))
    line = oneLine(line.replace(found[0], () => found?.groups?.words ?? ' '));
  return truncate(line, most, { ellipsis: '…' });
}

export interface Invalid {
  is: 'invalid';
  fault: CaseFault;
}

/** Something as it is kept, or what is wrong with it. */
export type Checked<Value> = Result<{ value: Value }, Invalid>;

export const valid = <Value>(value: Value): Checked<Value> => ({ is: 'done', value });
export const invalid = (fault: CaseFault): Invalid => ({ is: 'invalid', fault });

/** A title as it is kept, or what is wrong with it. */
export function checkTitle(title: string): Checked<string> {
  const line = oneLine(title);
  if (line === '') return invalid({ of: 'title', reason: 'empty' });
  if (line.length > CASE_LIMITS.title)
    return invalid({ of: 'title', reason: 'too-long', most: CASE_LIMITS.title });
  return MARKUP.test(line) ? invalid({ of: 'title', reason: 'markup' }) : valid(line);
}

/** A longer text, whose lines stay. PostgreSQL takes no NUL in a text. */
export function checkText(of: string, text: string, most: number, needed: boolean): Checked<string> {
  const value = text.replaceAll('\0', '').trim();
  if (needed && value === '') return invalid({ of, reason: 'empty' });
  return value.length > most ? invalid({ of, reason: 'too-long', most }) : valid(value);
}

/** Tags as they are kept: one line each, no two alike. */
export function checkTags(tags: readonly string[]): Checked<string[]> {
  const value = [...new Map(tags.map((tag) => [foldCase(oneLine(tag)), oneLine(tag)])).values()];
  if (value.includes('')) return invalid({ of: 'tag', reason: 'empty' });
  if (value.length > CASE_LIMITS.tags)
    return invalid({ of: 'tag', reason: 'too-many', most: CASE_LIMITS.tags });
  if (value.some((tag) => tag.length > CASE_LIMITS.tag))
    return invalid({ of: 'tag', reason: 'too-long', most: CASE_LIMITS.tag });
  return valid(value);
}
