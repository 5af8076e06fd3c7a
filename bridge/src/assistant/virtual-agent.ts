import { articleCard } from '../knowledge/card.ts';
import type { Answer, Knowledge } from '../knowledge/knowledge.ts';
import { askedLanguage, languageOf, words } from '../knowledge/text/terms.ts';
import type { Notice } from '../messages/notices.ts';
import type { AnswerWriter } from './answer-writer/answer-writer.ts';
import type { BotTurn } from './bot-turns.ts';
import { withoutCourtesy } from './courtesy.ts';
import { denialIn } from './intents/denial.ts';
import { detectIntent, mattersIn, reactionIn, supportRequestIn } from './intents/detect.ts';
import type { Reaction } from './intents/intent-model.ts';
import { type Withdrawal, withdrawalIn } from './intents/withdrawal.ts';

interface Asker {
  name: string;
  locale: string | null;
}

/** What is said, and what of it is remembered: null for small talk. */
export interface Reply {
  notice: Notice;
  turn: BotTurn | null;
  /** Of articles that were found: how certain the first one is, from 0 to 1. */
  score?: number;
}

/** What the support conversation asks of the virtual agent. All calls but `replyWithModels` are quick and do no I/O. */
export interface VirtualAgent {
  /** Whether a person is asked for; after the offer of one, `yes` does. */
  wantsPerson(text: string, thread?: readonly BotTurn[]): boolean;
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
/** Of a message that are asked one by one. */
const MAX_SENTENCES = 5;
/** "The second one", as a whole message. */
const ORDINALS = [
  /^(?:the )?(?:1|1st|first)(?: one)?[.!]?$|^(?:1番目?|一番目|最初|一つ目|1つ目)(?:の|です|のです)?[。！]?$/i,
  /^(?:the )?(?:2|2nd|second)(?: one)?[.!]?$|^(?:2番目?|二番目|二つ目|2つ目)(?:の|です|のです)?[。！]?$/i,
  /^(?:the )?(?:3|3rd|third|last)(?: one)?[.!]?$|^(?:3番目?|三番目|最後|三つ目|3つ目)(?:の|です|のです)?[。！]?$/i,
];

/** What is known of what many ask, in the language of who asks; null where a question is not about that. */
export type KnownTrouble = (
  question: string,
  locale: string | null,
) => { title: string; text: string } | null;

export function createVirtualAgent(
  knowledge: Knowledge,
  writeAnswer: AnswerWriter | null = null,
  knownTrouble: KnownTrouble = () => null,
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
    const reacted = reactionIn(text);
    const { rest, points } = denialIn(text) ?? { rest: text, points: false };
    const isMatter = reacted?.rest === '' && !points && ownMatter(text, rest, member) === 'answer';
    if (reacted && !isMatter) return react(reacted, text, member, thread);
    if (denies(text, member, thread)) return react({ reaction: 'unhelpful', rest: '' }, text, member, thread);
    return answerTo(text, member, thread, refusedIn(thread));
  }

  /** How surely a message asks by itself for what an article says, also without the words that deny what was shown. */
  function ownMatter(text: string, rest: string, member: Asker): Answer['is'] {
    if (words(rest).length === 0) return 'none';
    const [whole, other] = [text, rest].map((said) => find(withoutCourtesy(said), member, [], []).is);
    return other === 'answer' && whole !== 'answer' ? 'unsure' : (other ?? 'none');
  }

  function denies(text: string, member: Asker, thread: readonly BotTurn[]): boolean {
    const denial = thread.at(-1)?.articles.length ? denialIn(text) : null;
    if (!denial) return false;
    const own = ownMatter(text, denial.rest, member);
    return own === 'none' || (own === 'unsure' && (denial.points || words(denial.rest).length === 1));
  }

  /** What is said after an answer means that answer; after none it is a question like others. */
  function react(
    { reaction, rest }: { reaction: Reaction; rest: string },
    text: string,
    member: Asker,
    thread: readonly BotTurn[],
  ): Reply {
    const last = thread.at(-1);
    const refuses = reaction === 'unhelpful' || reaction === 'tried';
    const refused = [...new Set([...refusedIn(thread), ...(refuses ? (last?.articles ?? []) : [])])];
    const goesOn = words(rest).length > 0 && !(refuses && denies(rest, member, thread));
    if (goesOn) return answerTo(rest, member, thread, refused);
    if (refuses && last) return another(last, refused, member, thread);
    if (reaction === 'agreed' && last && last.said !== 'which')
      return { notice: { is: 'welcome' }, turn: null };
    if (reaction === 'agreed' || reaction === 'another' || words(text).length === 0)
      return { notice: { is: 'ask-away' }, turn: null };
    return answerTo(text, member, thread, refused);
  }

  /** After a no: what comes next for the same question, once; then its words are asked for, then a person is offered. */
  function another(
    { question, said }: BotTurn,
    refused: string[],
    member: Asker,
    thread: readonly BotTurn[],
  ): Reply {
    const turn = { question, said: 'nothing', articles: [], refused } as const satisfies BotTurn;
    const noes = thread.filter((one) => one.question === question && one.refused?.length).length;
    if (said === 'nothing' || noes > 1)
      return { notice: { is: 'offer-person' }, turn: { ...turn, articles: [] } };
    const next = noes === 0 ? find(question, member, [], refused) : null;
    const hit = next?.hits[0];
    if (!hit) return { notice: { is: 'reword', sorry: noes === 0 }, turn };
    return {
      notice: { is: 'articles', sure: false, again: true, articles: [articleCard(hit.article, question)] },
      turn: { ...turn, said: 'unsure', articles: [hit.article.id] },
    };
  }

  function find(text: string, member: Asker, previous: readonly string[], without: readonly string[]) {
    return knowledge.ask(text, { language: askedLanguage(text, member.locale), previous, without });
  }

  /** The answer to a whole message without its courtesies; where that is none or unsure, to what its sentences ask. */
  function bestAnswer(
    text: string,
    member: Asker,
    thread: readonly BotTurn[],
    refused: readonly string[],
  ): Answer {
    const previous = thread.map(({ question }) => question);
    const bare = withoutCourtesy(text);
    const whole = find(bare, member, previous, refused);
    const sentences = mattersIn(bare).map(withoutCourtesy).slice(0, MAX_SENTENCES);
    if (sentences.length < 2) return whole;
    const answers = sentences.map((sentence) => find(sentence, member, previous, refused));
    const sure = answers.flatMap((answer) => (answer.is === 'answer' ? answer.hits.slice(0, 1) : []));
    const several = sure.filter(
      ({ article }, at) => sure.findIndex((hit) => hit.article.id === article.id) === at,
    );
    if (several.length > 1) return { is: 'answer', hits: several.slice(0, MAX_CHOICES) };
    const firsts = answers.flatMap(({ hits }) => hits.slice(0, 1));
    const agreed = firsts.some(({ article }) => article.id === whole.hits[0]?.article.id);
    if (whole.is === 'answer' && agreed) return whole;
    // Where sentences point to different articles, one of them may only be told beside the question.
    const rivals = [...whole.hits.slice(0, 1), ...firsts]
      .sort((one, other) => other.score - one.score)
      .filter(({ article }, at, all) => all.findIndex((hit) => hit.article.id === article.id) === at);
    if (rivals.length > 1) return { is: 'unsure', hits: rivals.slice(0, MAX_CHOICES) };
    return [whole, ...answers].reduce((one, other) => (scoreOf(other) > scoreOf(one) ? other : one));
  }

  function answerTo(text: string, member: Asker, thread: readonly BotTurn[], refused: string[]): Reply {
    const remembered = refused.length > 0 ? { refused } : {};
    // Once in a conversation: whoever asks on wants something else.
    const trouble = thread.some(({ said }) => said === 'incident')
      ? null
      : knownTrouble(text, askedLanguage(text, member.locale));
    if (trouble)
      return {
        notice: { is: 'incident', ...trouble },
        turn: { question: text, said: 'incident', articles: [], ...remembered },
      };
    const answer = bestAnswer(text, member, thread, refused);
    if (answer.is === 'none') return nothing(text, remembered);
    // One question back is a help, a second one a hindrance.
    const asked = thread.at(-1)?.said === 'which';
    if (answer.is === 'unsure' && answer.hits.length > 1 && !asked) return which(text, answer, remembered);
    return {
      notice: {
        is: 'articles',
        sure: answer.is === 'answer',
        articles: answer.hits.map(({ article }) => articleCard(article, text)),
      },
      score: scoreOf(answer),
      turn: {
        question: text,
        said: answer.is === 'answer' ? 'answer' : 'unsure',
        articles: answer.hits.map(({ article }) => article.id),
        ...remembered,
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
    const refused = refusedIn(thread);
    const carried = refused.length > 0 ? { refused } : {};
    if (!article) return nothing(asked.question, carried);
    return {
      notice: { is: 'articles', sure: true, articles: [articleCard(article, asked.question)] },
      turn: { question: asked.question, said: 'answer', articles: [article.id], ...carried },
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
    wantsPerson: (text, thread) => {
      const intent = detectIntent(text);
      return intent === 'handoff' || (intent === 'agreed' && thread?.at(-1)?.said === 'nothing');
    },
    isFarewell: (text) => ['thanks', 'goodbye', 'solved'].includes(detectIntent(text)),
    isSolved: (text) => detectIntent(text) === 'solved',
    reply,
    usesModels: knowledge.prepare !== null || writeAnswer !== null,
    replyWithModels,
    choose,
  };
}

function nothing(question: string, remembered: Pick<BotTurn, 'refused'> = {}): Reply {
  return { notice: { is: 'no-answer' }, turn: { question, said: 'nothing', articles: [], ...remembered } };
}

const refusedIn = (thread: readonly BotTurn[]): string[] => thread.at(-1)?.refused ?? [];

const scoreOf = ({ hits }: Answer): number => hits[0]?.score ?? 0;

function which(question: string, { hits }: Answer, remembered: Pick<BotTurn, 'refused'>): Reply {
  const articles = hits.slice(0, MAX_CHOICES).map(({ article }) => article);
  return {
    notice: { is: 'which', choices: articles.map(({ id, title }) => ({ key: choiceKey(id), title })) },
    turn: { question, said: 'which', articles: articles.map(({ id }) => id), ...remembered },
  };
}

/** The key of the choice that "the second one" means. */
function placeIn(text: string, last: BotTurn | undefined): string | null {
  if (last?.said !== 'which') return null;
  const place = ORDINALS.findIndex((words) => words.test(text.trim()));
  const id = last.articles[place];
  return id === undefined ? null : choiceKey(id);
}
