import { foldCase, foldForSearch } from '@flexcord/shared/messages/fold';
import { ArticleContent } from '@flexcord/shared/panel/library';
import { Value } from '@sinclair/typebox/value';
import type { Insertable, Selectable } from 'kysely';
import type { ArticlesTable } from '../../store/schema.ts';
import type { Article } from '../article.ts';
import { languageTag } from '../text/language-tag.ts';
import { unknownPlaceholders } from './template.ts';

export type ArticleRow = Selectable<ArticlesTable>;

/** The columns that hold an article's content. */
type ContentColumns = Pick<
  Insertable<ArticlesTable>,
  | 'title'
  | 'questions'
  | 'text'
  | 'url'
  | 'language'
  | 'labels'
  | 'response_template'
  | 'search_text'
  | 'owner'
  | 'review_on'
>;

/** Fields whose names front matter and spreadsheets spell otherwise. */
const WRITTEN: Record<string, string> = { responseTemplate: 'response_template', reviewOn: 'review_on' };

/** What an article cannot be made of: which field, and what is wrong with it. */
export class ContentError extends Error {
  override name = 'ContentError';
  constructor(
    readonly field: string,
    problem: string,
    /** Placeholders that do not exist. */
    readonly unknown: string[] = [],
  ) {
    super(`field "${WRITTEN[field] ?? field}" ${problem}`);
  }
}

/** Neither spreadsheets nor people can use them; U+FFFD stands for what was lost already. */
const UNUSABLE = /(?![\n\t])[\p{Cc}\p{Noncharacter_Code_Point}\uFFFD]/gu;

/**
 * Content in the form in which it is kept: without spaces around texts, unusable characters and repeated entries.
 * @throws ContentError for what is missing, too long or of another form, and for placeholders that do not exist.
 */
export function checkContent(given: { [Field in keyof ArticleContent]?: unknown }): ArticleContent {
  const content = {
    title: oneLine(given.title),
    questions: oneLineEach(given.questions ?? []),
    text: ownText(given.text ?? ''),
    url: ownText(given.url) || null,
    language: tagOf(given.language),
    labels: oneLineEach(given.labels ?? []),
    responseTemplate: ownText(given.responseTemplate) || null,
    ...(given.owner === undefined ? {} : { owner: oneLine(given.owner) || null }),
    ...(given.reviewOn === undefined ? {} : { reviewOn: ownText(given.reviewOn) || null }),
  };
  if (!Value.Check(ArticleContent, content)) throw whatIsWrong(content);
  const unknown = unknownPlaceholders(content.responseTemplate ?? '');
  if (unknown.length > 0) {
    throw new ContentError(
      'responseTemplate',
      `has ${unknown.map((name) => `{{${name}}}`).join(', ')}, for which nothing can be put in.`,
      unknown,
    );
  }
  return content;
}

function whatIsWrong(content: unknown): ContentError {
  const wrong = Value.Errors(ArticleContent, content).First();
  const field = wrong?.path.split('/')[1] ?? 'title';
  if (!wrong || wrong.value === undefined || wrong.value === '') {
    return new ContentError(field, wrong?.path.split('/')[2] ? 'has an empty entry.' : 'is missing.');
  }
  const own = wrong.schema.anyOf?.[0]?.description ?? wrong.schema.description;
  return new ContentError(field, `is not right: ${own ? `it should be ${own}` : wrong.message}.`);
}

/** Whether members can make something of it. */
export const isPublishable = ({ text, url }: Pick<ArticleContent, 'text' | 'url'>): boolean =>
  text !== '' || url !== null;

/** Equal for what says the same: who answers for it does not count. */
export function hashOf(content: ArticleContent): string {
  const { title, questions, text, url, language, labels, responseTemplate } = content;
  const fields = [title, questions, text, url, language, labels, responseTemplate];
  return new Bun.CryptoHasher('sha256').update(JSON.stringify(fields)).digest('base64');
}

export function contentOf(row: ArticleRow): ArticleContent {
  return {
    title: row.title,
    questions: JSON.parse(row.questions),
    text: row.text,
    url: row.url,
    language: row.language,
    labels: JSON.parse(row.labels),
    responseTemplate: row.response_template,
    owner: row.owner,
    reviewOn: row.review_on,
  };
}

export function columnsOf(content: ArticleContent): ContentColumns {
  return {
    title: content.title,
    questions: JSON.stringify(content.questions),
    text: content.text,
    url: content.url,
    language: content.language,
    labels: JSON.stringify(content.labels),
    response_template: content.responseTemplate,
    search_text: foldForSearch([content.title, ...content.questions, content.text].join('\n')),
    ...(content.owner === undefined ? {} : { owner: content.owner }),
    ...(content.reviewOn === undefined ? {} : { review_on: content.reviewOn }),
  };
}

/** The article as it is found and sent. */
export function articleOf(id: string, content: ArticleContent): Article {
  const { title, questions, text, url, language, labels, responseTemplate } = content;
  return {
    id,
    title,
    questions,
    text,
    language,
    ...(url ? { url } : {}),
    ...(labels.length > 0 ? { labels } : {}),
    ...(responseTemplate ? { responseTemplate } : {}),
  };
}

/** What is no text stays as it is, to be refused by name. */
function ownText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return value.toWellFormed().replace(/\r\n?/g, '\n').replace(UNUSABLE, '').trim();
}

/** What names no language stays as it is, to be refused by name. */
const tagOf = (value: unknown): unknown =>
  typeof value === 'string' && value.trim() !== '' ? languageTag(value) : value;

function oneLine(value: unknown): unknown {
  const text = ownText(value);
  return typeof text === 'string' ? text.replace(/\s+/g, ' ') : text;
}

function oneLineEach(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const lines = value.map(oneLine);
  const spelling = (line: unknown) => (typeof line === 'string' ? foldCase(line) : line);
  return [...new Map(lines.toReversed().map((line) => [spelling(line), line])).values()].toReversed();
}
