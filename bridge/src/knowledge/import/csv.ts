import type { ImportMapping } from '@flexcord/shared/panel/library';
import { CsvError, parse } from 'csv-parse/sync';
import { CSV_START, csvRows, withoutGuard } from '../../formats/csv.ts';
import { decodeText, UndecodableText } from '../../formats/decode.ts';
import { ImportError, type ImportSource } from './records.ts';
import { type ArticleToWrite, COLUMNS, cellsOf, type Row, tableSource } from './table.ts';

const MAX_RECORD_LENGTH = 2_000_000;
/** What is looked through for what parts the cells. */
const MAX_HEADING_LENGTH = 20_000;
const MAX_LINES_ABOVE = 10;
/** Rows with broken quotes after which a file is no CSV. */
const MAX_BROKEN = 200;

/** Articles from CSV, in whichever encoding, the cells parted by commas, semicolons, tabs or bars. */
export function readCsv(file: string, bytes: Uint8Array, mapping: ImportMapping = {}): ImportSource {
  return tableSource(file, () => rowsOf(file, textOf(file, bytes)), mapping);
}

/** CSV that Excel opens as UTF-8, a chunk at a time. Cells that look like formulas get an apostrophe in front. */
export async function* writeCsv(articles: AsyncIterable<ArticleToWrite>): AsyncGenerator<string> {
  yield CSV_START + csvRows([COLUMNS]);
  for await (const article of articles) yield csvRows([cellsOf(article)]);
}

function textOf(file: string, bytes: Uint8Array): string {
  try {
    return decodeText(bytes, { kind: 'plain' }).replace(/\r\n?/g, '\n');
  } catch (error) {
    throw error instanceof UndecodableText ? new ImportError(`${file} ${error.message}`) : error;
  }
}

/** Every row. One with broken quotes is named, and reading goes on in the line after its first. */
function* rowsOf(file: string, text: string): Generator<Row> {
  // With this line, a file says to Excel what parts its cells.
  const [line = '', said] = /^"?sep=(.)"?\n/i.exec(text) ?? [];
  const delimiter = said ?? delimiterOf(text);
  let rest = text.slice(line.length);
  let row = line === '' ? 0 : 1;
  for (let broken = 0; rest !== ''; broken++) {
    if (broken > MAX_BROKEN) throw new ImportError(`${file} has broken quotes everywhere: it is no CSV.`);
    const found: (string[] | null)[] = [];
    let linesRead = 0;
    let failure: CsvError | undefined;
    try {
      parse(rest, {
        delimiter,
        // In a cell without quotes around it they are words, such as 5" long.
        relax_quotes: true,
        raw: true,
        relax_column_count: true,
        skip_empty_lines: false,
        max_record_size: MAX_RECORD_LENGTH,
        on_record(row, { lines }) {
          const { raw, record } = row as unknown as { raw: string; record: string[] };
          found.push(isQuoted(raw, delimiter) ? record : null);
          linesRead = lines;
          return null;
        },
      });
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      failure = error;
    }
    for (const cells of found) {
      row += 1;
      const where = `${file}, row ${row}`;
      yield cells
        ? { where, cells: cells.map(withoutGuard) }
        : { where, broken: 'has quotes that do not fit: words stand behind a cell in quotes.' };
    }
    if (!failure) return;
    row += 1;
    yield { where: `${file}, row ${row}`, broken: `has quotes that do not fit: ${failure.message}.` };
    rest = withoutLines(rest, linesRead + 1);
  }
}

/** Whether nothing but the end of its cell stands behind each cell in quotes. */
function isQuoted(row: string, delimiter: string): boolean {
  const cell = /"(?:[^"]|"")*"/y;
  for (let at = 0; at < row.length; ) {
    if (row[at] === '"') {
      cell.lastIndex = at;
      if (!cell.test(row)) return false;
      at = cell.lastIndex;
      if (at < row.length && row[at] !== delimiter && row[at] !== '\n') return false;
    } else {
      const end = row.indexOf(delimiter, at);
      at = end < 0 ? row.length : end;
    }
    at += 1;
  }
  return true;
}

function withoutLines(text: string, lines: number): string {
  let at = 0;
  for (let line = 0; line < lines; line++) {
    const end = text.indexOf('\n', at);
    if (end < 0) return '';
    at = end + 1;
  }
  return text.slice(at);
}

/** The one that stands in the most of the first lines, and in the first of them most often. */
function delimiterOf(text: string): string {
  const bare = text.slice(0, MAX_HEADING_LENGTH).replace(/"[^"]*"/g, '');
  const lines = bare.split('\n', MAX_LINES_ABOVE).filter((line) => line.trim() !== '');
  const score = (character: string) =>
    lines.filter((line) => line.includes(character)).length + (lines[0] ?? '').split(character).length / 1000;
  return [',', ';', '\t', '|'].sort((a, b) => score(b) - score(a))[0] ?? ',';
}
