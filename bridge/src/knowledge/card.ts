import { escapeLines } from '../formats/markdown/escape.ts';
import { articleToDiscord } from '../formats/markdown/to-discord.ts';
import type { ArticleCard } from '../messages/notices.ts';
import type { Article } from './article.ts';
import { extractOf, MAX_ANSWER_LENGTH } from './search/extract.ts';
import { languageOf } from './text/terms.ts';

/** An article as a member sees it who asked `question`; empty where nothing was asked. */
export function articleCard(
  { id, title, text, url, language: written }: Article,
  question: string,
): ArticleCard {
  // Of two languages in Latin letters nothing here tells which one a question is in.
  const isOther = question !== '' && (languageOf(question) === 'ja') !== written.startsWith('ja');
  const { markdown, isPart } = extractOf(text, question, MAX_ANSWER_LENGTH);
  return {
    id,
    title,
    extract: extractOf(text, question).text,
    ...(markdown ? { markdown } : {}),
    ...(isPart ? { isPart } : {}),
    ...(url ? { url } : {}),
    ...(isOther ? { language: written } : {}),
  };
}

/** The words of a card in Discord's Markdown. */
export const cardWords = ({ markdown, extract }: Pick<ArticleCard, 'markdown' | 'extract'>): string =>
  (markdown === undefined ? null : articleToDiscord(markdown)) ?? escapeLines(extract);
