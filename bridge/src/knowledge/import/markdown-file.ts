import { sep } from 'node:path';
import { foldCase } from '@flexcord/shared/messages/fold';
import { truncate } from '@flexcord/shared/messages/truncate';
import type {
  ArticleContent,
  ArticleStatus,
  ImportField,
  ImportMapping,
} from '@flexcord/shared/panel/library';
import { ARTICLE_LIMITS } from '@flexcord/shared/panel/library-constants';
import { stringify } from 'yaml';
import { parse } from '../../formats/markdown/parse.ts';
import { plainText } from '../../formats/markdown/to-plain.ts';
import { languageTag } from '../text/language-tag.ts';
import { ENDINGS, HTML_ENDINGS } from './endings.ts';
import { type Fields, MarkdownError, splitFrontMatter } from './front-matter.ts';
import { withoutPageMarks } from './page-marks.ts';
import type { ArticleRecord } from './records.ts';
import { statusOf } from './status-words.ts';

/** Fields of an article as they are written into front matter. */
const WRITTEN = {
  title: 'title',
  language: 'language',
  questions: 'questions',
  labels: 'labels',
  url: 'url',
  response_template: 'responseTemplate',
  owner: 'owner',
  review_on: 'reviewOn',
} as const satisfies Partial<Record<ImportField, keyof ArticleContent>>;

/** What fields of front matter are; those of other names say nothing that an article has. */
const NAMES = new Map<string, ImportField>(
  Object.entries({
    id: 'id',
    title: 'title',
    language: 'language',
    lang: 'language',
    locale: 'language',
    status: 'status',
    questions: 'questions',
    question: 'questions',
    labels: 'labels',
    label: 'labels',
    tags: 'labels',
    tag: 'labels',
    categories: 'labels',
    category: 'labels',
    url: 'url',
    response_template: 'response_template',
    owner: 'owner',
    review_on: 'review_on',
  }),
);

const MAX_FILE_LENGTH = 500_000;
/** Most of it may be what surrounds the text. */
const MAX_HTML_LENGTH = 10_000_000;

/** What a file of Markdown says. */
export interface MarkdownFile extends Omit<ArticleRecord, 'is' | 'where' | 'fields'> {
  fields: ArticleRecord['fields'] & { text: string };
  /** Fields of its front matter, and what became of each. */
  given: { name: string; field: ImportField | null; value: unknown }[];
  /** Why its site shows it to nobody, or not to everybody; null where it does. */
  withheld: string | null;
}

/** What a folder says of a file. */
export interface MarkdownPlace {
  mapping?: ImportMapping;
  /** Where its front matter names none. */
  language?: string | undefined;
}

/**
 * One article from the text of its file, in Markdown, MDX or HTML, with or without front matter. `path` is the file's place in its
 * folder, which makes the id where the front matter has none: `en/refund.md` is `en-refund`. Its title is that of its front
 * matter, else its first heading, else the name of the file.
 * @throws MarkdownError
 */
export async function parseMarkdown(
  content: string,
  path: string,
  { mapping = {}, language }: MarkdownPlace = {},
): Promise<MarkdownFile> {
  const isHtml = HTML_ENDINGS.test(path);
  const limit = isHtml ? MAX_HTML_LENGTH : MAX_FILE_LENGTH;
  if (content.length > limit) throw new MarkdownError(`is longer than ${limit} characters. Split it.`);
  const { fields: head, body } = splitFrontMatter(content);
  const given = Object.entries(head).map(([name, value]) => {
    // A field may be called as what every object has.
    const own = Object.hasOwn(mapping, name) ? mapping[name] : undefined;
    return { name, value, field: own === undefined ? (NAMES.get(foldCase(name)) ?? null) : own };
  });
  const valuesOf = (field: ImportField) =>
    given.filter((entry) => entry.field === field).map(({ value }) => value);
  const textOf = (field: ImportField) => valuesOf(field).map(scalar).find(Boolean);
  const status = statusOf(textOf('status') ?? '');
  const page = isHtml ? await pageIn(body) : null;
  const text =
    page?.text ||
    (isHtml ? '' : await bodyOf(body, path)) ||
    textOf('text') ||
    scalar(head.description ?? head.excerpt ?? head.summary)?.trim() ||
    '';
  const fields: MarkdownFile['fields'] = {
    title: textOf('title') || page?.title || headingOf(text) || nameOf(path),
    language: textOf('language') ?? language ?? languageTag(page?.language ?? '') ?? undefined,
    questions: valuesOf('questions').flatMap((value) => listOf(value) ?? [value]),
    labels: labelsOf(valuesOf('labels')),
    url: addressOf(textOf('url') ?? page?.canonical ?? undefined),
    responseTemplate: textOf('response_template'),
    owner: textOf('owner'),
    reviewOn: dayOf(textOf('review_on')),
    text,
  };
  const id = textOf('id')?.trim() || path.replace(ENDINGS, '').split(sep).join('-');
  return {
    id,
    idIsDerived: true,
    sourceId: path,
    fields,
    given,
    withheld: withheldBy(head),
    ...(status ? { status } : {}),
  };
}

/** Fields of generators by which a page is shown to nobody, or not to everybody. */
const HIDING = ['draft', 'unlisted', 'hidden', 'private', 'internal'];
const SHOWING = ['published', 'publish', 'visibility'];

/** Why its own site shows a page to nobody, or not to everybody; null where it does. */
function withheldBy(head: Fields): string | null {
  const given = new Map(Object.entries(head).map(([name, value]) => [foldCase(name), scalar(value) ?? '']));
  const says = (names: readonly string[], status: ArticleStatus) =>
    names.find((name) => statusOf(given.get(name) ?? '') === status);
  // "draft: yes" is a draft, and so is "published: no".
  const field = says(HIDING, 'published') ?? says(SHOWING, 'draft');
  if (field === 'draft' || field?.startsWith('publish')) return 'is a draft there.';
  if (field) return `is not for everybody there (${field}).`;
  // https://gohugo.io/content-management/front-matter/#dates
  const [from, until] = ['publishdate', 'expirydate'].map((name) => Date.parse(given.get(name) ?? ''));
  if (from !== undefined && from > Date.now()) return 'is published there only later (publishDate).';
  return until !== undefined && until <= Date.now() ? 'has expired there (expiryDate).' : null;
}

async function pageIn(html: string) {
  const { pageOf } = await import('./html.ts');
  return pageOf(html, undefined);
}

async function bodyOf(body: string, path: string): Promise<string> {
  const isMdx = /\.mdx$/i.test(path);
  if (!isMdx && !/^(?:import|export)\s.*(?:from\s+['"]|['"]\s*;?\s*$|=)/m.test(body))
    return withoutPageMarks(body);
  const text = withoutPageMarks(body, { keepsComponents: true });
  try {
    // Loaded here: a bridge that starts does not need it.
    const { fromMdx } = await import('./mdx.ts');
    return fromMdx(text);
  } catch (error) {
    // Such a line may also be an example in a text.
    if (isMdx || !(error instanceof MarkdownError)) throw error;
    return withoutPageMarks(body);
  }
}

/** A text, or a number or date that stands where a text is meant. */
const scalar = (value: unknown): string | undefined =>
  value === null || value === undefined || (typeof value === 'object' && !(value instanceof Date))
    ? undefined
    : String(value);

const listOf = (value: unknown): unknown[] | undefined =>
  Array.isArray(value) ? value.map((entry) => scalar(entry) ?? entry) : undefined;

/** Tags of sites are as long and as many as they like. */
function labelsOf(values: readonly unknown[]): string[] {
  const labels = values
    .flatMap((value) => listOf(value) ?? (scalar(value) ?? '').split(','))
    .map((label) => truncate((scalar(label) ?? '').replace(/[,\r\n]+/g, ' ').trim(), ARTICLE_LIMITS.label));
  return [...new Set(labels.filter(Boolean))].slice(0, ARTICLE_LIMITS.labels);
}

/** Undefined for the path of a page within its site. */
const addressOf = (written: string | undefined): string | undefined =>
  written && /^[a-z][a-z\d+.-]*:/i.test(written.trim()) ? written : undefined;

/** A site may put a time behind it. */
const dayOf = (written: string | undefined): string | undefined =>
  written && /^\d{4}-\d\d-\d\d/.exec(written)?.[0];

function headingOf(text: string): string {
  const heading = parse(text, 'article')?.find(({ type }) => type === 'heading');
  const html = /<h1[^>]*>([\s\S]*?)<\/h1>/i.exec(text)?.[1];
  const words = plainText((heading && 'text' in heading ? String(heading.text) : html) ?? '');
  return truncate(words, ARTICLE_LIMITS.title, { ellipsis: '…' });
}

/** `2024-01-02-getting_started.md` as "Getting started", `refunds/index.md` as "Refunds". */
function nameOf(path: string): string {
  const parts = path
    .replace(ENDINGS, '')
    .replace(/\.[a-z]{2}(?:[-_][a-z]{2,4})?$/i, '')
    .split(/[\\/]/);
  // `page` is one in the folders of Next.js (https://nextjs.org/docs/app/api-reference/file-conventions/page).
  const last = /^(?:_?index|readme|page)$/i.test(parts.at(-1) ?? '')
    ? (parts.at(-2) ?? parts.at(-1))
    : parts.at(-1);
  const words = (last ?? '')
    .replace(/^\d{4}-\d\d-\d\d-|^\d+[-_.]+(?=\D)/, '')
    .replace(/[-_]+/g, ' ')
    .trim();
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}` || path;
}

/** A list of links to the other pages, as `SUMMARY.md` of mdBook and GitBook is (https://rust-lang.github.io/mdBook/format/summary.html). */
export const isContents = (path: string, text: string): boolean =>
  /(?:^|[\\/])summary\.\w+$/i.test(path) &&
  text
    .split('\n')
    .every((line) => /^\s*(?:#.*|-{3,}|\*{3,}|(?:(?:[-*+]|\d+\.)\s+)?\[.*\]\(.*\)\s*)?$/.test(line));

/** An article as the text of its file. */
export function toMarkdown(id: string, status: ArticleStatus, content: ArticleContent): string {
  const head: Fields = { id, status };
  for (const [name, field] of Object.entries(WRITTEN)) {
    const value = content[field];
    if (value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0))
      head[name] = value;
  }
  return `---\n${stringify(head, { lineWidth: 0 })}---\n${content.text === '' ? '' : `\n${content.text}\n`}`;
}
