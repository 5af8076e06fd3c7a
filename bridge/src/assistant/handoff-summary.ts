import { oneLine } from '@flexcord/shared/messages/one-line';
import { truncate } from '@flexcord/shared/messages/truncate';
import type { Store, Tx } from '../store/open.ts';
import type { Texts } from '../texts/index.ts';
import { type BotTurn, botTurnsOf } from './bot-turns.ts';
import { type Sentiment, sentimentOf } from './sentiment.ts';

export interface SummaryInput {
  name: string;
  /** Discord locale, such as `ja`. */
  locale: string | null;
  /** What the member first wrote that was a request. */
  topic: string | null;
  /** What the member wrote last, be it nothing but a wish for a person. */
  latest: string | null;
  turns: readonly BotTurn[];
  /** What was asked after them and had no answer yet when the person was asked for, oldest first. */
  pending: readonly string[];
  titleOf(articleId: string): string | undefined;
}

const MAX_QUOTE_LENGTH = 200;
const MAX_QUOTES = 3;
/** A longer wish for a person says what for, too. */
const MAX_BARE_WISH_LENGTH = 60;
const MAX_TITLES = 4;
/** All of a task's attributes must stay far below Studio's 1,024 characters. */
const MAX_LINE_LENGTH = 240;

/**
 * Who asks, what for, what was tried and how they sound: for the agent who takes over, in the agents' language. Taken
 * from what was said; nothing is made up. `line` fits into a task's attributes.
 */
export function summarize(input: SummaryInput, texts: Texts): { note: string; line: string } {
  const words = texts.assistant.summary;
  const requests = requestsOf(input);
  if (requests.length === 0 && (input.latest ?? '').length > MAX_BARE_WISH_LENGTH)
    requests.push(input.latest ?? '');
  const titles = triedOf(input);
  const mood = sentimentOf([
    ...input.turns.map(({ question }) => question),
    ...input.pending,
    input.latest ?? '',
  ]);
  const who = words.who(input.name, languageName(input.locale, texts.locale));
  const tried = titles.length > 0 ? titles.join(' / ') : words.nothingTried;
  const note = [
    words.heading,
    `${words.member}: ${who}`,
    `${words.matter}: ${requests.length > 0 ? requests.map((text) => `“${quote(text)}”`).join(' → ') : words.noMatter}`,
    `${words.tried}: ${tried}`,
    ...(unansweredIn(input) ? [words.unanswered] : []),
    `${words.mood}: ${words.moods[mood]}`,
  ].join('\n');
  return { note, line: lineOf(requests.at(-1) ?? words.noMatter, titles.length, mood, texts) };
}

/** What was asked, oldest first, each once. */
function requestsOf({ topic, turns, pending }: SummaryInput): string[] {
  const asked = [topic ?? '', ...turns.map(({ question }) => question), ...pending].map((text) =>
    text.trim(),
  );
  const different = asked.filter((text, at) => text !== '' && asked.indexOf(text) === at);
  // The first says what it is about, and the last where it stands.
  return different.length <= MAX_QUOTES
    ? different
    : [...different.slice(0, 1), ...different.slice(1 - MAX_QUOTES)];
}

function triedOf({ turns, titleOf }: SummaryInput): string[] {
  const shown = turns.flatMap(({ said, articles }) =>
    said === 'answer' || said === 'unsure' ? articles : [],
  );
  return [...new Set(shown)].flatMap((id) => titleOf(id) ?? []).slice(-MAX_TITLES);
}

const unansweredIn = ({ turns }: SummaryInput) => turns.some(({ said }) => said === 'nothing');

function lineOf(request: string, tried: number, mood: Sentiment, texts: Texts): string {
  const words = texts.assistant.summary;
  const rest = ` · ${words.triedCount(tried)} · ${words.moods[mood]}`;
  return `${truncate(oneLine(request), MAX_LINE_LENGTH - rest.length, { ellipsis: '…' })}${rest}`;
}

function languageName(locale: string | null, shownIn: string): string | null {
  if (!locale) return null;
  try {
    return new Intl.DisplayNames([shownIn], { type: 'language' }).of(locale) ?? locale;
  } catch {
    return locale;
  }
}

const quote = (text: string) => truncate(oneLine(text), MAX_QUOTE_LENGTH, { ellipsis: '…' });
export interface HandoffSummariesOptions {
  titleOf(articleId: string): string | undefined;
  /** What was asked and has no answer yet, oldest first. */
  unansweredYet(db: Tx | Store['db'], conversation: Unanswered): Promise<string[]>;
  /** In the language that agents read. */
  texts: Texts;
}

/** A conversation, as far as it tells what has no answer yet. */
export interface Unanswered {
  id: string;
  member_id: string;
  /** What the virtual agent has not been asked yet. */
  turn_text: string | null;
}

/** Sums up a stored conversation for the agent who takes over. */
export function createHandoffSummaries({ titleOf, unansweredYet, texts }: HandoffSummariesOptions) {
  return async (
    db: Tx | Store['db'],
    conversation: Unanswered & { topic: string | null; latest_text: string | null },
    member: { name: string; locale: string | null },
  ) =>
    summarize(
      {
        name: member.name,
        locale: member.locale,
        topic: conversation.topic,
        pending: await unansweredYet(db, conversation),
        latest: conversation.latest_text,
        turns: await botTurnsOf(db, conversation.id),
        titleOf,
      },
      texts,
    );
}

export type HandoffSummaries = ReturnType<typeof createHandoffSummaries>;
