import { splitMarkdown } from '@flexcord/shared/messages/split';
import { truncateMarkdown } from '@flexcord/shared/messages/truncate-markdown';
import { ButtonStyle } from 'discord.js';
import { escapeLine, escapeLines } from '../../formats/markdown/escape.ts';
import { articleToDiscord } from '../../formats/markdown/to-discord.ts';
import { cardWords } from '../../knowledge/card.ts';
import type { ArticleCard } from '../../messages/notices.ts';
import type { Texts } from '../../texts/index.ts';
import type { Answer } from '../interactions/responder.ts';
import { BLURPLE } from './colours.ts';
import { button, row } from './components.ts';
import { customId } from './custom-id.ts';

/** https://docs.discord.com/developers/resources/message#embed-object-embed-limits */
const MAX_TITLE_LENGTH = 256;
const MAX_DESCRIPTION_LENGTH = 4000;
/** Of one page, in UTF-16 units: two screens of a phone. */
const PAGE_LENGTH = 1800;
/** https://docs.discord.com/developers/components/reference#button */
const MAX_CUSTOM_ID_LENGTH = 100;

/** An article as an answer: the part of it that fits, in the form that it has there. */
export function articleEmbed(card: ArticleCard, { tag, assistant }: Texts) {
  const { title, url, language } = card;
  return {
    color: BLURPLE,
    title: truncateMarkdown(escapeLine(title), MAX_TITLE_LENGTH),
    description: truncateMarkdown(cardWords(card), MAX_DESCRIPTION_LENGTH),
    ...(url ? { url } : {}),
    ...(language ? { footer: { text: assistant.inLanguage(nameOf(language, tag)) } } : {}),
  };
}

/** A language's name, in another. */
const nameOf = (language: string, reader: string): string =>
  new Intl.DisplayNames([reader], { type: 'language' }).of(language) ?? language;

/** For the articles of which only a part is shown, and which have no address to be read at. */
export function readButtons(articles: readonly ArticleCard[], { assistant: words }: Texts) {
  const more = articles.filter(
    ({ id, isPart, url }) => isPart && !url && !id.includes(':') && readId(id).length <= MAX_CUSTOM_ID_LENGTH,
  );
  if (more.length === 0) return [];
  const label = (title: string) => (articles.length === 1 ? words.readAll : words.read(title));
  return [row(...more.map(({ id, title }) => button(readId(id), label(title))))];
}

const readId = (articleId: string): string => customId('read', articleId);

/** One page of an article, from 0, as only its reader sees it. */
export function renderArticlePage(
  { id, title, text }: { id: string; title: string; text: string },
  asked: number,
  { assistant: words }: Texts,
): Answer {
  const pages = splitMarkdown(articleToDiscord(text) ?? escapeLines(text), PAGE_LENGTH);
  const page = Math.max(0, Math.min(asked, pages.length - 1));
  const turn = (to: number, label: string) =>
    button(customId('read-page', id, to), label, ButtonStyle.Secondary, to < 0 || to >= pages.length);
  return {
    content: '',
    embeds: [
      {
        color: BLURPLE,
        title: truncateMarkdown(escapeLine(title), MAX_TITLE_LENGTH),
        description: pages[page] ?? '–',
        ...(pages.length > 1 ? { footer: { text: words.page(page + 1, pages.length) } } : {}),
      },
    ],
    components:
      pages.length > 1 ? [row(turn(page - 1, words.previousPage), turn(page + 1, words.nextPage))] : [],
  };
}
