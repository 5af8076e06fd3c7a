import { label } from '@flexcord/shared/messages/label';
import { truncate } from '@flexcord/shared/messages/truncate';
import type {
  ArticleContent,
  ArticleStatus,
  ImportField,
  ImportMapping,
} from '@flexcord/shared/panel/library';
import { IMPORT_FIELDS } from '@flexcord/shared/panel/library-constants';
import {
  columnsByNumber,
  type Heading,
  hasHeading,
  headingName,
  headingsOf,
  isArticleRow,
} from './headings.ts';
import {
  type ArticleRecord,
  type ImportColumn,
  ImportError,
  type ImportRecord,
  type ImportSource,
  shortHash,
} from './records.ts';
import { statusOf } from './status-words.ts';

/** The columns of a spreadsheet of articles that is written here. Questions stand one a line, labels joined by commas. */
export const COLUMNS = IMPORT_FIELDS;

/** A row of a table; `broken` says why it cannot be read. */
export type Row = { where: string; cells: string[] } | { where: string; broken: string };

/** Rows that may stand above the headings, such as the name of the table. */
const MAX_ROWS_ABOVE = 10;
const EXAMPLE_LENGTH = 80;

/** Articles of a table, as a source; `mapping` says what columns are where their headings do not. */
export function tableSource(
  file: string,
  rows: () => Iterable<Row> | Promise<Iterable<Row>>,
  mapping: ImportMapping,
): ImportSource {
  const columns: ImportColumn[] = [];
  async function* records() {
    yield* recordsOf(file, await rows(), mapping, columns);
  }
  return {
    source: 'spreadsheet',
    origin: file,
    keepsEdits: false,
    records: records(),
    columns: () => columns,
  };
}

/**
 * The articles of a table that has its headings in one of its first rows. Without an id, language and title make one: an
 * article whose title changes is then another article.
 * @throws ImportError where no column is a title
 */
function* recordsOf(
  file: string,
  rows: Iterable<Row>,
  mapping: ImportMapping,
  columns: ImportColumn[],
): Generator<ImportRecord> {
  let headings: (Heading | null)[] | undefined;
  let first: string[] | undefined;
  let above = 0;
  for (const row of rows) {
    if ('broken' in row) {
      yield { is: 'broken', where: row.where, reason: row.broken };
      continue;
    }
    if (row.cells.every((cell) => cell.trim() === '')) continue;
    if (headings) {
      keepExamples(columns, row.cells);
      yield recordOf(row.where, row.cells, headings);
      continue;
    }
    const numbered = columnsByNumber(row.cells, mapping);
    headings = numbered ?? headingsOf(row.cells, mapping) ?? undefined;
    if (headings) {
      for (const [index, name] of row.cells.entries())
        columns.push({
          name: numbered ? String(index + 1) : headingName(name),
          field: headings[index]?.field ?? null,
          example: '',
        });
      if (hasHeading(row.cells) || !(numbered || isArticleRow(row.cells, headings))) continue;
      keepExamples(columns, row.cells);
      yield recordOf(row.where, row.cells, headings);
      continue;
    }
    first ??= row.cells;
    above += 1;
    if (above >= MAX_ROWS_ABOVE) break;
  }
  if (headings) return;
  if (!first) throw new ImportError(`${file} is empty.`);
  const names = first.map((name) => `"${label(name, 40)}"`).join(', ');
  throw new ImportError(
    `${file} has no column that is known as a title. Its first row has ${truncate(names, 500)}. Say which column is the title: --map title=NAME, or --map title=1 where it has no headings, or in the panel's choice of columns.`,
    first.map(headingName).filter((name) => name !== ''),
  );
}

function keepExamples(columns: ImportColumn[], cells: readonly string[]): void {
  for (const [index, column] of columns.entries())
    if (column.example === '') column.example = label(cells[index] ?? '', EXAMPLE_LENGTH);
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
  const parts = new Map<ImportField, string[]>();
  for (const [index, heading] of headings.entries()) {
    if (!heading) continue;
    const own = parts.get(heading.field) ?? [];
    own[heading.part - 1] = cells[index] ?? '';
    parts.set(heading.field, own);
  }
  const value = (field: ImportField) => parts.get(field)?.join('').trim() ?? '';
  const status = value('status') === '' ? null : statusOf(value('status'));
  if (status === undefined)
    return { is: 'broken', where, reason: 'field "status" is not right: it should be draft or published.' };
  const language = value('language') || undefined;
  const title = value('title');
  const id = value('id') || `s-${shortHash(`${language?.toLowerCase() ?? ''} ${title}`)}`;
  const fields: ArticleRecord['fields'] = {
    title,
    language,
    questions: entriesOf(value('questions'), /[\r\n]+/),
    labels: entriesOf(value('labels'), /[,\r\n]+/),
    url: value('url'),
    text: value('text'),
    responseTemplate: value('response_template'),
    ...(parts.has('owner') ? { owner: value('owner') } : {}),
    ...(parts.has('review_on') ? { reviewOn: value('review_on') } : {}),
  };
  return { is: 'article', where, id, sourceId: id, fields, ...(status ? { status } : {}) };
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
  const cells: Record<ImportField, string> = {
    id,
    title: content.title,
    language: content.language,
    status,
    labels: content.labels.join(', '),
    url: content.url ?? '',
    questions: content.questions.join('\n'),
    text: content.text,
    response_template: content.responseTemplate ?? '',
    owner: content.owner ?? '',
    review_on: content.reviewOn ?? '',
  };
  return COLUMNS.map((column) => cells[column]);
}
