import { articleCard } from '../knowledge/card.ts';
import type { Answer, Knowledge } from '../knowledge/knowledge.ts';
import { askedLanguage, languageOf } from '../knowledge/text/terms.ts';
import type { Notice } from '../messages/notices.ts';
import type { AnswerWriter } from './answer-writer/answer-writer.ts';
import type { BotTurn } from './bot-turns.ts';
import { detectIntent, supportRequestIn } from './intents/detect.ts';
import { type Withdrawal, withdrawalIn } from './intents/withdrawal.ts';

interface Asker {
  name: string;
  locale: string | null;
}

/** What is said, and what of it is remembered: null for small talk. */
export interface Reply {
  notice: Notice;
  turn: BotTurn | null;
}

/** What the support conversation asks of the virtual agent. All calls but `replyWithModels` are quick and do no I/O. */
export interface VirtualAgent {
  wantsPerson(text: string): boolean;
  /** True for a question or a trouble, false for small talk, or nothing but a wish for a person. */
  isSupportRequest(text: string): boolean;
  /** What is said besides small talk and a wish for a person; empty where that is all. */
  supportRequestIn(text: string): string;
  /** Words that end a talk and ask for nothing. */
  isFarewell(text: string): boolean;
  isSolved(text: string): boolean;
  /** What a member takes back with these words, which say nothing else. */
  withdrawalIn(text: string): Withdrawal | null;
  /** What to say to `text`, after what was asked before. Never invents: without a good article it says so. */
  reply(text: string, member: Asker, thread: readonly BotTurn[]): Reply;
  /** Whether a model behind an endpoint helps with replies. */
  usesModels: boolean;
  /**
   * As `reply`, with what models know of the question's meaning, and written by one out of the articles. Takes bounded
   * time and never rejects: without their help the articles are shown as words find them.
   */
  replyWithModels(text: string, member: Asker, thread: readonly BotTurn[]): Promise<Reply>;
  /** What to say to a choice of the member's; `choice` is a key of the question that was asked, or `none`. */
  choose(choice: string, thread: readonly BotTurn[]): Reply | null;
}

/** Of several articles, how one is chosen. */
export const NONE = 'none';
export const choiceKey = (articleId: string) => Bun.hash(articleId).toString(36);

const MAX_CHOICES = 3;
/** "The second one", as a whole message. */
const ORDINALS = [
  /^(?:the )?(?:1|1st|first)(?: one)?[.!]?$|^(?:1番目?|一番目|最初|一つ目|1つ目)(?:の|です|のです)?[。！]?$/i,
  /^(?:the )?(?:2|2nd|second)(?: one)?[.!]?$|^(?:2番目?|二番目|二つ目|2つ目)(?:の|です|のです)?[。！]?$/i,
  /^(?:the )?(?:3|3rd|third|last)(?: one)?[.!]?$|^(?:3番目?|三番目|最後|三つ目|3つ目)(?:の|です|のです)?[。！]?$/i,
];

export function createVirtualAgent(
  knowledge: Knowledge,
  writeAnswer: AnswerWriter | null = null,
): VirtualAgent {
  function reply(text: string, member: Asker, thread: readonly BotTurn[]): Reply {
    const chosen = placeIn(text, thread.at(-1));
    if (chosen) return choose(chosen, thread) ?? nothing(text);
    if (withdrawalIn(text) === 'never-mind') return { notice: { is: 'never-mind' }, turn: null };
    switch (detectIntent(text)) {
      case 'greeting':
        return { notice: { is: 'greeting', name: member.name }, turn: null };
      case 'about':
        return { notice: { is: 'about' }, turn: null };
      case 'thanks':
      case 'goodbye':
      case 'solved':
        return { notice: { is: 'welcome' }, turn: null };
    }
    const answer = knowledge.ask(text, {
      language: askedLanguage(text, member.locale),
      previous: thread.map(({ question }) => question),
    });
    if (answer.is === 'none') return nothing(text);
    // One question back is a help, a second one a hindrance.
    const asked = thread.at(-1)?.said === 'which';
    if (answer.is === 'unsure' && answer.hits.length > 1 && !asked) return which(text, answer);
    return {
      notice: {
        is: 'articles',
        sure: answer.is === 'answer',
        articles: answer.hits.map(({ article }) => articleCard(article, text)),
      },
      turn: {
        question: text,
        said: answer.is === 'answer' ? 'answer' : 'unsure',
        articles: answer.hits.map(({ article }) => article.id),
      },
    };
  }

  function choose(choice: string, thread: readonly BotTurn[]): Reply | null {
    const asked = thread.findLast(
      ({ said, articles }) =>
        said === 'which' && (choice === NONE || articles.some((id) => choiceKey(id) === choice)),
    );
    if (!asked) return null;
    const id = asked.articles.find((known) => choiceKey(known) === choice);
    const article = id === undefined ? undefined : knowledge.find(id);
    if (!article) return nothing(asked.question);
    return {
      notice: {
        is: 'articles',
        sure: true,
        articles: [articleCard(article, asked.question)],
      },
      turn: { question: asked.question, said: 'answer', articles: [article.id] },
    };
  }

  async function replyWithModels(text: string, member: Asker, thread: readonly BotTurn[]): Promise<Reply> {
    const previous = thread.map(({ question }) => question);
    await knowledge.prepare?.([text, ...previous.slice(-1)]);
    const found = reply(text, member, thread);
    if (!writeAnswer || found.notice.is !== 'articles') return found;
    const written = await writeAnswer(
      { text, previous, language: languageOf(text) },
      found.notice.articles.flatMap(({ id }) => knowledge.find(id) ?? []),
    );
    if (!written) return found;
    const articles = written.articles.map((article) => articleCard(article, text));
    return { ...found, notice: { is: 'written', text: written.text, articles } };
  }

  return {
    supportRequestIn,
    withdrawalIn,
    isSupportRequest: (text) => detectIntent(text) === 'other' && text.trim() !== '',
    wantsPerson: (text) => detectIntent(text) === 'handoff',
    isFarewell: (text) => ['thanks', 'goodbye', 'solved'].includes(detectIntent(text)),
    isSolved: (text) => detectIntent(text) === 'solved',
    reply,
    usesModels: knowledge.prepare !== null || writeAnswer !== null,
    replyWithModels,
    choose,
  };
}

function nothing(question: string): Reply {
  return { notice: { is: 'no-answer' }, turn: { question, said: 'nothing', articles: [] } };
}

function which(question: string, { hits }: Answer): Reply {
  const articles = hits.slice(0, MAX_CHOICES).map(({ article }) => article);
  return {
    notice: { is: 'which', choices: articles.map(({ id, title }) => ({ key: choiceKey(id), title })) },
    turn: { question, said: 'which', articles: articles.map(({ id }) => id) },
  };
}

/** The key of the choice that "the second one" means. */
function placeIn(text: string, last: BotTurn | undefined): string | null {
  if (last?.said !== 'which') return null;
  const place = ORDINALS.findIndex((words) => words.test(text.trim()));
  const id = last.articles[place];
  return id === undefined ? null : choiceKey(id);
}
