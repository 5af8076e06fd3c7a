import { CsvError, parse } from 'csv-parse/sync';
import { CSV_START, csvRows, withoutGuard } from '../../formats/csv.ts';
import { ImportError, type ImportSource } from './records.ts';
import { type ArticleToWrite, COLUMNS, cellsOf, type Row, recordsOf } from './table.ts';

const MAX_RECORD_LENGTH = 2_000_000;
/** Rows with broken quotes after which a file is no CSV. */
const MAX_BROKEN = 200;

/** Articles from CSV in UTF-8, the cells parted by commas, semicolons or tabs. */
export function readCsv(file: string, bytes: Uint8Array): ImportSource {
  async function* records() {
    yield* recordsOf(file, rowsOf(file, textOf(file, bytes)));
  }
  return { source: 'spreadsheet', keepsEdits: false, records: records() };
}

/** CSV that Excel opens as UTF-8, a chunk at a time. Cells that look like formulas get an apostrophe in front. */
export async function* writeCsv(articles: AsyncIterable<ArticleToWrite>): AsyncGenerator<string> {
  yield CSV_START + csvRows([COLUMNS]);
  for await (const article of articles) yield csvRows([cellsOf(article)]);
}

function textOf(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r\n?/g, '\n');
  } catch {
    throw new ImportError(`${file} is not UTF-8. Save it as "CSV UTF-8", then import it again.`);
  }
}

/** Every row. One with broken quotes is named, and reading goes on in the line after its first. */
function* rowsOf(file: string, text: string): Generator<Row> {
  const delimiter = delimiterOf(text);
  let rest = text;
  let row = 0;
  for (let broken = 0; rest !== ''; broken++) {
    if (broken > MAX_BROKEN) throw new ImportError(`${file} has broken quotes everywhere: it is no CSV.`);
    const found: string[][] = [];
    let linesRead = 0;
    let failure: CsvError | undefined;
    try {
      parse(rest, {
        delimiter,
        relax_column_count: true,
        skip_empty_lines: false,
        max_record_size: MAX_RECORD_LENGTH,
        on_record(cells: string[], { lines }) {
          found.push(cells);
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
      yield { where: `${file}, row ${row}`, cells: cells.map(withoutGuard) };
    }
    if (!failure) return;
    row += 1;
    yield { where: `${file}, row ${row}`, broken: `has quotes that do not fit: ${failure.message}.` };
    rest = withoutLines(rest, linesRead + 1);
  }
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

/** The one that stands most often in the headings. */
function delimiterOf(text: string): string {
  const headings = text.slice(0, text.indexOf('\n') >>> 0);
  const times = (character: string) => headings.split(character).length;
  return [',', ';', '\t'].sort((a, b) => times(b) - times(a))[0] ?? ',';
}
