import { stringify } from 'csv-stringify/sync';

/** Begins a file of CSV: without the byte order mark Excel reads it in the system's legacy code page. */
export const CSV_START = '\ufeff';

/** What spreadsheet programs take for a formula when a cell begins with it, full-width forms too. */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/;

/**
 * Rows as CSV (https://www.rfc-editor.org/rfc/rfc4180) for every program that opens it. Texts that begin like a formula
 * get an apostrophe in front, and so do those that have one there already. Line ends within a cell are in quotation marks,
 * whatever their kind, and are LF: a lone one ends the row for some readers, and others make two of CRLF.
 */
export const csvRows = (rows: readonly (readonly (string | number | null)[])[]): string =>
  stringify(
    rows.map((row) => row.map((cell) => (typeof cell === 'string' ? toCell(cell) : cell))),
    { record_delimiter: 'windows', quoted_match: /[\r\n]|^\s|\s$/ },
  );

function toCell(text: string): string {
  const lines = text.toWellFormed().replace(/\r\n?/g, '\n').replaceAll('\0', '');
  return FORMULA.test(lines) ? `'${lines}` : lines;
}

/** A cell as it was before it was written. */
export const withoutGuard = (cell: string): string =>
  cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell;
