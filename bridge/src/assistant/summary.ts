import type { Texts } from '../texts/index.ts';
import type { BotTurn } from './memory.ts';
import { type Mood, moodOf } from './mood.ts';

export interface Story {
  name: string;
  /** Discord locale, such as `ja`. */
  locale: string | null;
  /** What the member first wrote that was a matter. */
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
const JUST_A_WISH = 60;
const MAX_TITLES = 4;
/** All of a task's attributes must stay far below Studio's 1,024 characters. */
const MAX_LINE_LENGTH = 240;

/**
 * Who asks, what for, what was tried and how they sound: for the agent who takes over, in the agents' language. Taken
 * from what was said; nothing is made up. `line` fits into a task's attributes.
 */
export function summaryOf(story: Story, texts: Texts): { note: string; line: string } {
  const words = texts.assistant.summary;
  const matters = mattersOf(story);
  if (matters.length === 0 && (story.latest ?? '').length > JUST_A_WISH) matters.push(story.latest ?? '');
  const titles = triedOf(story);
  const mood = moodOf([...story.turns.map(({ question }) => question), ...story.pending, story.latest ?? '']);
  const who = words.who(story.name, languageName(story.locale, texts.locale));
  const tried = titles.length > 0 ? titles.join(' / ') : words.nothingTried;
  const note = [
    words.heading,
    `${words.member}: ${who}`,
    `${words.matter}: ${matters.length > 0 ? matters.map((text) => `“${quote(text)}”`).join(' → ') : words.noMatter}`,
    `${words.tried}: ${tried}`,
    ...(unansweredIn(story) ? [words.unanswered] : []),
    `${words.mood}: ${words.moods[mood]}`,
  ].join('\n');
  return { note, line: lineOf(matters.at(-1) ?? words.noMatter, titles.length, mood, texts) };
}

/** What was asked, oldest first, each once. */
function mattersOf({ topic, turns, pending }: Story): string[] {
  const asked = [topic ?? '', ...turns.map(({ question }) => question), ...pending].map((text) =>
    text.trim(),
  );
  const different = asked.filter((text, at) => text !== '' && asked.indexOf(text) === at);
  // The first says what it is about, and the last where it stands.
  return different.length <= MAX_QUOTES
    ? different
    : [...different.slice(0, 1), ...different.slice(1 - MAX_QUOTES)];
}

function triedOf({ turns, titleOf }: Story): string[] {
  const shown = turns.flatMap(({ said, articles }) =>
    said === 'answer' || said === 'unsure' ? articles : [],
  );
  return [...new Set(shown)].flatMap((id) => titleOf(id) ?? []).slice(-MAX_TITLES);
}

const unansweredIn = ({ turns }: Story) => turns.some(({ said }) => said === 'nothing');

function lineOf(matter: string, tried: number, mood: Mood, texts: Texts): string {
  const words = texts.assistant.summary;
  const rest = ` · ${words.triedCount(tried)} · ${words.moods[mood]}`;
  return `${cut(oneLine(matter), MAX_LINE_LENGTH - rest.length)}${rest}`;
}

function languageName(locale: string | null, shownIn: string): string | null {
  if (!locale) return null;
  try {
    return new Intl.DisplayNames([shownIn], { type: 'language' }).of(locale) ?? locale;
  } catch {
    return locale;
  }
}

const quote = (text: string) => cut(oneLine(text), MAX_QUOTE_LENGTH);
const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

/** Never inside a surrogate pair. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
