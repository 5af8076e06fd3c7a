import { splitText } from '@flexcord/shared/messages/truncate';
import type { ImportMapping } from '@flexcord/shared/panel/library';
import { toTimestamp, utcDayOf } from '@flexcord/shared/time';
import type { SheetData } from 'write-excel-file/node';
import { ImportError, type ImportSource } from './records.ts';
import { type ArticleToWrite, COLUMNS, cellsOf, type Row, tableSource } from './table.ts';

/** A cell of Excel holds 32,767 characters; what is longer goes on in columns such as `text_2`. */
const MAX_CELL_LENGTH = 32_000;
/** Excel reads `_x0041_` as A; an underscore written so stays one. ECMA-376, 22.9.2.19 (ST_Xstring). */
const ESCAPE_LIKE = /_(?=x[0-9a-f]{4}_)/gi;

/** Articles from the first sheet of an XLSX file that is shown. Of formulas, what they came to last counts. */
export function readXlsx(file: string, bytes: Uint8Array, mapping: ImportMapping = {}): ImportSource {
  return tableSource(file, () => rowsOf(file, bytes), mapping);
}

async function rowsOf(file: string, bytes: Uint8Array): Promise<Row[]> {
  // Loaded here, and the other library below: a bridge that starts needs neither.
  const [{ checkSpreadsheet }, { readSheet }, { shownSheet }] = await Promise.all([
    import('./zip-guard.ts'),
    import('read-excel-file/node'),
    import('./workbook.ts'),
  ]);
  checkSpreadsheet(file, bytes);
  const { number, merged } = shownSheet(bytes);
  const data = await readSheet(Buffer.from(bytes), number, { trim: false }).catch((error: Error) => {
    throw new ImportError(`${file} is damaged, or no XLSX file: ${error.message}`);
  });
  for (const { column, from, to } of merged) {
    const first = data[from]?.[column] ?? null;
    for (const row of data.slice(from + 1, to + 1))
      if (row.some((cell) => cell !== null)) row[column] ??= first;
  }
  return data.map((cells, index) => ({
    where: `${file}, row ${index + 1}`,
    cells: cells.map((cell) => (cell instanceof Date ? dateText(cell) : String(cell ?? ''))),
  }));
}

/** A day, where no time is given. */
const dateText = (date: Date): string => {
  const text = toTimestamp(date.getTime());
  return text.endsWith('T00:00:00.000Z') ? utcDayOf(date.getTime()) : text;
};

/** An XLSX file. Every cell is text, so none is taken for a formula. */
export async function writeXlsx(articles: AsyncIterable<ArticleToWrite>): Promise<Uint8Array<ArrayBuffer>> {
  const rows: string[][][] = [];
  const parts = COLUMNS.map(() => 1);
  for await (const article of articles) {
    const row = cellsOf(article).map((cell) => splitText(cell, MAX_CELL_LENGTH));
    row.forEach((pieces, column) => {
      parts[column] = Math.max(parts[column] ?? 1, pieces.length);
    });
    rows.push(row);
  }
  const text = (value: string) => ({
    value: escapeInherited(value.replace(ESCAPE_LIKE, '_x005F_')),
    type: String,
  });
  const headings = COLUMNS.flatMap((column, index) =>
    Array.from({ length: parts[index] ?? 1 }, (_, part) => ({
      ...text(part === 0 ? column : `${column}_${part + 1}`),
      fontWeight: 'bold' as const,
    })),
  );
  const data: SheetData = [
    headings,
    ...rows.map((row) =>
      row.flatMap((pieces, column) =>
        Array.from({ length: parts[column] ?? 1 }, (_, part) => (pieces[part] ? text(pieces[part]) : null)),
      ),
    ),
  ];
  const { default: writeSheet } = await import('write-excel-file/node');
  return new Uint8Array(await writeSheet(data, { sheet: 'Articles', stickyRowsCount: 1 }).toBuffer());
}

/**
 * The library finds texts that it has written before by a plain object, in which `valueOf` and its like are always there
 * (write-excel-file 4.1.1). Written with an escape it is another text to the library, and the same to who reads the file.
 */
function escapeInherited(value: string): string {
  if (!(value in Object.prototype)) return value;
  return `_x${value.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}_${value.slice(1)}`;
}
