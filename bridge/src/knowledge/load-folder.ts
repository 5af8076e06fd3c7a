import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { type Static, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { LineCounter, parseDocument } from 'yaml';
import type { Article } from './article.ts';

/** What stands between the `---` lines of an article's Markdown file. */
const FrontMatter = Type.Object(
  {
    /** Without it, the file's path makes the id: `en/refund.md` is `en-refund`. */
    id: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    title: Type.String({ minLength: 1, maxLength: 300 }),
    language: Type.Union([Type.Literal('en'), Type.Literal('ja')], { description: 'en or ja' }),
    questions: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 1000 }), { maxItems: 500 })),
    labels: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 50 })),
    url: Type.Optional(Type.String({ pattern: '^https?://', maxLength: 2000, description: 'a web address' })),
    response_template: Type.Optional(Type.String({ minLength: 1, maxLength: 2000 })),
  },
  { additionalProperties: false },
);

const MOST_FILES = 20_000;
const LONGEST_FILE = 500_000;

/** A file of articles that cannot be used: which one, and what in it. */
export class ArticleFileError extends Error {
  override name = 'ArticleFileError';
  constructor(
    readonly file: string,
    /** The front matter's field; null when the file as a whole is wrong. */
    readonly field: string | null,
    problem: string,
  ) {
    super(`${file}: ${field === null ? '' : `field "${field}" `}${problem}`);
  }
}

/**
 * Every `.md` file under a folder as an article, in the order of their paths.
 * @throws ArticleFileError for the first file that is no article, and for two of the same id.
 */
export async function loadFolder(folder: string): Promise<Article[]> {
  const files = (await readdir(folder, { recursive: true })).filter((path) => path.endsWith('.md')).sort();
  if (files.length > MOST_FILES) {
    throw new ArticleFileError(
      folder,
      null,
      `has ${files.length} articles; at most ${MOST_FILES} can be loaded.`,
    );
  }
  const fileOf = new Map<string, string>();
  const articles: Article[] = [];
  for (const path of files) {
    const file = join(folder, path);
    const article = parseArticle(await readFile(file, 'utf8'), file, path);
    const other = fileOf.get(article.id);
    if (other)
      throw new ArticleFileError(file, 'id', `is "${article.id}", which ${other} has too. Give one another.`);
    fileOf.set(article.id, file);
    articles.push(article);
  }
  return articles;
}

/** One article from the text of its file. `path` is the file's place in its folder. */
function parseArticle(content: string, file: string, path: string): Article {
  if (content.length > LONGEST_FILE) {
    throw new ArticleFileError(file, null, `is longer than ${LONGEST_FILE} characters. Split it.`);
  }
  const [, head, body] = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n([\s\S]*))?$/.exec(content) ?? [];
  if (head === undefined) {
    throw new ArticleFileError(
      file,
      null,
      'has no front matter. Begin it with a line "---", fields, and a line "---".',
    );
  }
  const { title, language, questions = [], labels, url, response_template, id } = readFields(head, file);
  const text = body?.trim() ?? '';
  if (text === '') throw new ArticleFileError(file, null, 'has no text after its front matter.');
  return {
    id: id ?? path.slice(0, -'.md'.length).split(sep).join('-'),
    title,
    questions,
    text,
    language,
    ...(url ? { url } : {}),
    ...(labels ? { labels } : {}),
    ...(response_template ? { responseTemplate: response_template } : {}),
  };
}

function readFields(head: string, file: string): Static<typeof FrontMatter> {
  const lineCounter = new LineCounter();
  const document = parseDocument(head, { lineCounter });
  const [broken] = document.errors;
  if (broken) {
    // One more for the line "---" before it.
    const line = lineCounter.linePos(broken.pos[0]).line + 1;
    throw new ArticleFileError(
      file,
      null,
      `has front matter that is not YAML, at line ${line}: ${broken.code}.`,
    );
  }
  const fields: unknown = document.toJS();
  if (Value.Check(FrontMatter, fields)) return fields;
  const wrong = Value.Errors(FrontMatter, fields).First();
  const field = wrong?.path.split('/')[1] || null;
  if (field === null)
    throw new ArticleFileError(file, null, 'has front matter without fields such as "title".');
  const meant = wrong?.schema.description;
  const what =
    wrong?.value === undefined
      ? 'is missing'
      : `is not right: ${meant ? `it should be ${meant}` : wrong.message}`;
  throw new ArticleFileError(file, field, `${what}.`);
}
