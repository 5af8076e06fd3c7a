import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import type { ArticleContent, ArticleStatus } from '@flexcord/shared/panel/library';
import { LineCounter, parseDocument, stringify } from 'yaml';
import { type ArticleRecord, ImportError, type ImportRecord, type ImportSource } from './records.ts';

/** What stands between the `---` lines of an article's Markdown file, and the article's field for each. */
const FIELDS = {
  title: 'title',
  language: 'language',
  questions: 'questions',
  labels: 'labels',
  url: 'url',
  response_template: 'responseTemplate',
} as const satisfies Record<string, keyof ArticleContent>;
const OTHER_FIELDS = ['id', 'status'];

const MAX_FILES = 20_000;
const MAX_FILE_LENGTH = 500_000;

/** A file that is no article: why, and in which field of its front matter if in one. */
export class MarkdownError extends Error {
  override name = 'MarkdownError';
}

/**
 * One article from the text of its Markdown file with YAML front matter. `path` is the file's place in its folder, which
 * makes the id where the front matter has none: `en/refund.md` is `en-refund`.
 * @throws MarkdownError
 */
export function parseMarkdown(content: string, path: string): Omit<ArticleRecord, 'is' | 'where'> {
  if (content.length > MAX_FILE_LENGTH)
    throw new MarkdownError(`is longer than ${MAX_FILE_LENGTH} characters. Split it.`);
  const [, head, body] = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n([\s\S]*))?$/.exec(content) ?? [];
  if (head === undefined) {
    throw new MarkdownError('has no front matter. Begin it with a line "---", fields, and a line "---".');
  }
  const given = readFields(head);
  const id = given.id ?? path.slice(0, -'.md'.length).split(sep).join('-');
  if (typeof id !== 'string' || id.trim() === '') throw new MarkdownError('field "id" is not right.');
  if (given.status !== undefined && given.status !== 'draft' && given.status !== 'published')
    throw new MarkdownError('field "status" is not right: it should be draft or published.');
  const fields: ArticleRecord['fields'] = { text: body?.trim() ?? '' };
  for (const [name, field] of Object.entries(FIELDS)) fields[field] = given[name];
  return {
    id,
    sourceId: path,
    fields,
    ...(given.status ? { status: given.status as ArticleStatus } : {}),
  };
}

/** An article as the text of its file. */
export function toMarkdown(id: string, status: ArticleStatus, content: ArticleContent): string {
  const head: Record<string, unknown> = { id, status };
  for (const [name, field] of Object.entries(FIELDS)) {
    const value = content[field];
    if (value !== null && !(Array.isArray(value) && value.length === 0)) head[name] = value;
  }
  return `---\n${stringify(head, { lineWidth: 0 })}---\n${content.text === '' ? '' : `\n${content.text}\n`}`;
}

/** The `.md` files of a folder, or one of them. */
export function readMarkdown(path: string): ImportSource {
  return { source: 'markdown', keepsEdits: true, records: filesOf(path) };
}

async function* filesOf(path: string): AsyncGenerator<ImportRecord> {
  const isFolder = (await stat(path)).isDirectory();
  const files = isFolder
    ? (await readdir(path, { recursive: true })).filter((name) => name.endsWith('.md')).sort()
    : [basename(path)];
  if (files.length === 0) throw new ImportError(`${path} has no file that ends with .md.`);
  if (files.length > MAX_FILES)
    throw new ImportError(
      `${path} has ${files.length} articles; at most ${MAX_FILES} can be imported at once.`,
    );
  for (const name of files) {
    const where = isFolder ? join(path, name) : path;
    try {
      yield { is: 'article', where, ...parseMarkdown(await readFile(where, 'utf8'), name) };
    } catch (error) {
      if (error instanceof MarkdownError) yield { is: 'broken', where, reason: error.message };
      else if ((error as { code?: string }).code)
        yield { is: 'broken', where, reason: `cannot be read: ${(error as Error).message}.` };
      else throw error;
    }
  }
}

function readFields(head: string): Record<string, unknown> {
  const lineCounter = new LineCounter();
  const document = parseDocument(head, { lineCounter });
  const [broken] = document.errors;
  if (broken) {
    // One more for the line "---" before it.
    const line = lineCounter.linePos(broken.pos[0]).line + 1;
    throw new MarkdownError(`has front matter that is not YAML, at line ${line}: ${broken.code}.`);
  }
  const fields: unknown = document.toJS({ maxAliasCount: 10 });
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields))
    throw new MarkdownError('has front matter without fields such as "title".');
  const names = [...OTHER_FIELDS, ...Object.keys(FIELDS)];
  const stranger = Object.keys(fields).find((name) => !names.includes(name));
  if (stranger !== undefined)
    throw new MarkdownError(`field "${stranger}" is not known; there are ${names.join(', ')}.`);
  return fields as Record<string, unknown>;
}
