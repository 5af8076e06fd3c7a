import { truncate } from '@flexcord/shared/messages/truncate';
import type { ArticleContent, ArticleStatus } from '@flexcord/shared/panel/library';
import { type ArticleRecord, ImportError, type ImportRecord, shortHash } from './records.ts';

/** The columns of a spreadsheet of articles. Questions stand one a line, labels joined by commas. */
export const COLUMNS = [
  'id',
  'title',
  'language',
  'status',
  'labels',
  'url',
  'questions',
  'text',
  'response_template',
] as const;
type Column = (typeof COLUMNS)[number];

/** Other headings that people give them. */
const ALIASES: Record<string, Column> = {
  question: 'questions',
  'sample questions': 'questions',
  body: 'text',
  answer: 'text',
  link: 'url',
  label: 'labels',
  tags: 'labels',
  response: 'response_template',
  'response template': 'response_template',
};

/** `text_2` goes on with what did not fit into the cell of `text`. */
const CONTINUED = /^(.+)_([2-9]|\d\d)$/;

/** A row of a table; `broken` says why it cannot be read. */
export type Row = { where: string; cells: string[] } | { where: string; broken: string };

interface Heading {
  column: Column;
  /** From 1. */
  part: number;
}

/**
 * The articles of a table whose first row has the headings. Without an id, language and title make one: an article
 * whose title changes is then another article.
 * @throws ImportError where the headings have no title
 */
export function* recordsOf(file: string, rows: Iterable<Row>): Generator<ImportRecord> {
  let headings: (Heading | null)[] | undefined;
  for (const row of rows) {
    if ('broken' in row) yield { is: 'broken', where: row.where, reason: row.broken };
    else if (row.cells.every((cell) => cell.trim() === '')) continue;
    else if (headings) yield recordOf(row.where, row.cells, headings);
    else {
      headings = row.cells.map(headingOf);
      if (!headings.some((heading) => heading?.column === 'title')) {
        throw new ImportError(
          `${file} has no column "title" in its first row. The columns are ${COLUMNS.join(', ')}.`,
        );
      }
      for (const [index, name] of row.cells.entries()) {
        if (headings[index] || name.trim() === '') continue;
        const where = `${file}, column "${truncate(name.trim(), 60)}"`;
        yield { is: 'skipped', where, reason: 'is not known.' };
      }
    }
  }
  if (!headings) throw new ImportError(`${file} is empty.`);
}

function headingOf(written: string): Heading | null {
  const name = written.trim().toLowerCase();
  const [, base = name, part = '1'] = CONTINUED.exec(name) ?? [];
  const column = COLUMNS.find((known) => known === base) ?? ALIASES[base];
  return column ? { column, part: Number(part) } : null;
}

function recordOf(
  where: string,
  cells: readonly string[],
  headings: readonly (Heading | null)[],
): ImportRecord {
  if (cells.slice(headings.length).some((cell) => cell !== '')) {
    const reason = `has ${cells.length} cells, and the heading has ${headings.length}.`;
    return { is: 'broken', where, reason };
  }
  const parts = new Map<Column, string[]>();
  for (const [index, heading] of headings.entries()) {
    if (!heading) continue;
    const own = parts.get(heading.column) ?? [];
    own[heading.part - 1] = cells[index] ?? '';
    parts.set(heading.column, own);
  }
  const value = (column: Column) => parts.get(column)?.join('').trim() ?? '';
  const status = value('status').toLowerCase();
  if (status !== '' && status !== 'draft' && status !== 'published') {
    return { is: 'broken', where, reason: 'field "status" is not right: it should be draft or published.' };
  }
  const language = value('language').toLowerCase() || undefined;
  const title = value('title');
  const id = value('id') || `s-${shortHash(`${language ?? ''} ${title}`)}`;
  const fields: ArticleRecord['fields'] = {
    title,
    language,
    questions: entriesOf(value('questions'), /[\r\n]+/),
    labels: entriesOf(value('labels'), /[,\r\n]+/),
    url: value('url'),
    text: value('text'),
    responseTemplate: value('response_template'),
  };
  return { is: 'article', where, id, sourceId: id, fields, ...(status === '' ? {} : { status }) };
}

function entriesOf(value: string, between: RegExp): string[] {
  return value
    .split(between)
    .map((entry) => entry.trim())
    .filter(Boolean);
}

/** An article as it is written into files. */
export interface ArticleToWrite {
  id: string;
  status: ArticleStatus;
  content: ArticleContent;
}

/** The cells of an article, in the order of COLUMNS. */
export function cellsOf({ id, status, content }: ArticleToWrite): string[] {
  const cells: Record<Column, string> = {
    id,
    title: content.title,
    language: content.language,
    status,
    labels: content.labels.join(', '),
    url: content.url ?? '',
    questions: content.questions.join('\n'),
    text: content.text,
    response_template: content.responseTemplate ?? '',
  };
  return COLUMNS.map((column) => cells[column]);
}
