import type { ArticleCard, Notice } from '../messages/notices.ts';
import { type Texts, textsFor } from '../texts/index.ts';
import { barredText } from './barriers/words.ts';

/** What the virtual agent said, as plain text for the transcript that an agent reads in Flex. */
export function transcriptOf(notice: Notice, locale: string | null): string {
  const texts = textsFor(locale);
  switch (notice.is) {
    case 'articles':
      return [articlesText(notice, texts), ...notice.articles.map(articleLines)].join('\n');
    case 'article':
      return articleLines(notice.article);
    case 'team-answer':
      return notice.text;
    case 'incident':
      return `${notice.title}\n${notice.text}`;
    case 'written':
      return [
        notice.text,
        ...notice.articles.map(({ title, url }, at) => `[${at + 1}] ${title}${url ? ` – ${url}` : ''}`),
      ].join('\n');
    case 'which':
      return [texts.assistant.which, ...notice.choices.map(({ title }) => `• ${title}`)].join('\n');
    case 'about':
      return texts.assistant.about;
    case 'no-answer':
      return texts.noAnswer;
    case 'reword':
      return rewordText(notice, texts);
    case 'offer-person':
      return texts.assistant.offerPerson;
    case 'ask-away':
      return texts.askAway;
    case 'welcome':
      return texts.welcome;
    case 'greeting':
      return texts.greeting(notice.name);
    case 'barred':
      return barredText(notice, isoMinute, texts);
    case 'undelivered':
      return texts.undelivered(notice.reason);
    case 'delayed':
      return texts.delayed;
    case 'still-there':
      return texts.stillThere;
    case 'never-mind':
      return texts.neverMind;
    case 'closed-quiet':
      return texts.closedQuiet(notice.caseNumber);
    // Told to members alone: none of these is written into a transcript, so it needs no words for agents.
    case 'case-comment':
    case 'case-check-in':
    case 'case-moved':
    case 'incident-over':
    case 'followed-case-moved':
    case 'transfer':
    case 'blocked':
    case 'still-waiting':
    case 'joined':
    case 'left':
    case 'solved':
    case 'ended':
    case 'cases':
    case 'discarded':
    case 'take-your-time':
    case 'left-queue':
    case 'in-chat':
    case 'offer-to-leave':
    case 'offer-to-end':
    case 'chat-over':
      return notice.is;
    default:
      return notice satisfies never;
  }
}

/** What stands above articles. */
export function articlesText(
  { sure, again }: Extract<Notice, { is: 'articles' }>,
  { articlesSure, articlesUnsure, assistant }: Texts,
): string {
  if (again) return assistant.articlesAgain;
  return sure ? articlesSure : articlesUnsure;
}

export const rewordText = ({ sorry }: { sorry: boolean }, { assistant }: Texts): string =>
  sorry ? `${assistant.sorry} ${assistant.reword}` : assistant.reword;

const isoMinute = (at: number) => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

function articleLines({ title, extract, url }: ArticleCard): string {
  return `• ${title}${url ? ` – ${url}` : ''}\n  ${extract}`;
}
