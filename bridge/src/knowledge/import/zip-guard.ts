import { Unzip, UnzipInflate } from 'fflate';
import { ImportError } from './records.ts';
import { columnOf } from './workbook.ts';

const MIB = 1024 * 1024;
/** What a spreadsheet of articles never reaches; beyond, it is made to harm. */
const MAX_BYTES = 100 * MIB;
const MAX_FILES = 500;
const MAX_ROWS = 50_000;
const MAX_COLUMNS = 200;
const CHUNK = 64 * 1024;

/**
 * Unpacks an XLSX file into nothing, to see that it is not one that fills the memory: too much in it, whatever its
 * directory says, or a cell so far out that the empty ones before it do.
 * @throws ImportError
 */
export function checkSpreadsheet(file: string, bytes: Uint8Array, mostBytes = MAX_BYTES): void {
  let total = 0;
  let files = 0;
  let failure: ImportError | undefined;
  const refuse = (reason: string) => {
    failure ??= new ImportError(`${file} ${reason}`);
  };
  const unzip = new Unzip((entry) => {
    files += 1;
    if (files > MAX_FILES)
      return refuse(`has more than ${MAX_FILES} parts: it is no spreadsheet of articles.`);
    const isSheet = /worksheets\/[^/]+\.xml$/.test(entry.name);
    let tail = '';
    entry.ondata = (error, chunk, final) => {
      if (error) return refuse('is damaged, or no XLSX file.');
      total += chunk.length;
      if (total > mostBytes) return refuse(`is larger than ${mostBytes / MIB} MB when it is unpacked.`);
      if (!isSheet) return;
      const text = tail + Buffer.from(chunk).toString('latin1');
      for (const [, letters = '', row = ''] of text.matchAll(/\br="([A-Z]{1,4})(\d{1,9})"/g)) {
        if (Number(row) > MAX_ROWS || columnOf(letters) > MAX_COLUMNS)
          return refuse(
            `has a cell at ${letters}${row}; at most ${MAX_ROWS} rows and ${MAX_COLUMNS} columns are read.`,
          );
      }
      tail = final ? '' : text.slice(-32);
    };
    entry.start();
  });
  unzip.register(UnzipInflate);
  try {
    for (let at = 0; at < bytes.length && !failure; at += CHUNK)
      unzip.push(bytes.subarray(at, at + CHUNK), at + CHUNK >= bytes.length);
  } catch {
    refuse('is damaged, or no XLSX file.');
  }
  if (failure) throw failure;
}
