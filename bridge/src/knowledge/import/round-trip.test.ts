import { expect, test } from 'bun:test';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { checkContent } from '../articles/content.ts';
import { readCsv, writeCsv } from './csv.ts';
import { parseMarkdown, toMarkdown } from './markdown-file.ts';
import { ImportError, type ImportSource } from './records.ts';
import type { ArticleToWrite } from './table.ts';
import { readXlsx, writeXlsx } from './xlsx.ts';
import { checkSpreadsheet } from './zip-guard.ts';

/** Anything that people paste, with a liking for what breaks files. */
const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom('valueOf', 'constructor', '__proto__'),
  fc
    .array(
      fc.constantFrom(
        '=1+1',
        "'",
        '"',
        ',',
        ';',
        '\n',
        '\r\n',
        '---',
        '- a',
        '@x',
        '{{',
        '_x0041_',
        '|',
        '#',
        ': ',
        '日本',
        '😀',
        '\t',
        ' ',
      ),
      { maxLength: 12 },
    )
    .map((pieces) => pieces.join('')),
);
const line = nasty.map((text) => `${text}.`);
const article: fc.Arbitrary<ArticleToWrite> = fc.record({
  id: fc.stringMatching(/^[\w:./-]{1,40}$/),
  status: fc.constantFrom('draft' as const, 'published' as const),
  content: fc
    .record({
      title: line,
      questions: fc.array(line, { maxLength: 4 }),
      text: fc.oneof(
        { weight: 5, arbitrary: nasty },
        { weight: 1, arbitrary: fc.constant('x😀'.repeat(25_000)) },
      ),
      url: fc.option(fc.constantFrom('https://example.com/a?b=c,d', 'http://例え.example/'), { nil: null }),
      language: fc.constantFrom('en', 'ja'),
      labels: fc.array(
        line.map((text) => text.replaceAll(',', '').slice(0, 90).trim() || 'x'),
        { maxLength: 3 },
      ),
      responseTemplate: fc.option(
        line.map((text) => text.replaceAll('{{', '')),
        { nil: null },
      ),
      owner: line.map((text) => text.slice(0, 100)),
      reviewOn: fc.constantFrom('2026-01-31', '2030-12-01'),
    })
    .map(checkContent),
});

async function* each(articles: ArticleToWrite[]) {
  yield* articles;
}
async function back({ records }: ImportSource): Promise<ArticleToWrite[]> {
  const found: ArticleToWrite[] = [];
  for await (const record of records) {
    if (record.is !== 'article') throw new Error(`${record.where}: ${record.reason}`);
    const { id, status = 'published', fields } = record;
    found.push({ id, status, content: checkContent(fields) });
  }
  return found;
}
const csvOf = async (articles: ArticleToWrite[]) =>
  (await Array.fromAsync(writeCsv(each(articles)))).join('');
const articles = fc.array(article, { minLength: 1, maxLength: 5 });

test('reads back the CSV it writes, with no cell that is a formula', async () => {
  await fc.assert(
    fc.asyncProperty(articles, async (given) => {
      const csv = await csvOf(given);
      expect(await back(readCsv('a.csv', strToU8(csv)))).toEqual(given);
      const risky = parse(csv, { bom: true })
        .flat()
        .filter((cell) => /^[=+\-@\t\r＝＋－＠]/.test(cell));
      expect(risky).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

test('reads back the XLSX it writes, with text cells only', async () => {
  await fc.assert(
    fc.asyncProperty(articles, async (given) => {
      const xlsx = await writeXlsx(each(given));
      expect(await back(readXlsx('a.xlsx', xlsx))).toEqual(given);
      const sheet = strFromU8(unzipSync(xlsx)['xl/worksheets/sheet1.xml'] ?? strToU8(''));
      expect(sheet).not.toContain('<f>');
      expect(sheet.match(/<c /g)?.length).toBe(sheet.match(/<c [^>]*t="(?:s|inlineStr)"/g)?.length as number);
    }),
    { numRuns: 15 },
  );
});

test('reads back the Markdown it writes', async () => {
  await fc.assert(
    fc.asyncProperty(article, async (given) => {
      const { id, status, fields } = await parseMarkdown(
        toMarkdown(given.id, given.status, given.content),
        'any.md',
      );
      expect({ id, status: status as 'draft', content: checkContent(fields) }).toEqual(given as never);
    }),
    { numRuns: 40 },
  );
});

const sheet = (cell: string) =>
  `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="${cell}" t="inlineStr"><is><t>title</t></is></c></row></sheetData></worksheet>`;

test.each([
  [
    'one with a cell far out',
    () => zipSync({ 'xl/worksheets/sheet1.xml': strToU8(sheet('XFD1048576')) }),
    /has a cell at XFD1048576/,
  ],
  [
    'one with too many parts',
    () => zipSync(Object.fromEntries(Array.from({ length: 501 }, (_, n) => [`${n}`, strToU8('')]))),
    /more than 500 parts/,
  ],
  ['one that was cut off', async () => (await writeXlsx(each([]))).slice(0, 700), /is damaged/],
  ['no spreadsheet at all', () => strToU8('title,text\n'), /is damaged, or no XLSX file/],
])('an XLSX file is refused: %s', async (_, make, message) => {
  const bytes = await make();
  const reading = back(readXlsx('bad.xlsx', bytes));
  await expect(reading).rejects.toThrow(message);
  await expect(reading).rejects.toBeInstanceOf(ImportError);
});

test('refuses a spreadsheet that unpacks to too much, whatever sizes it declares', () => {
  const bomb = zipSync({ 'xl/sharedStrings.xml': new Uint8Array(2 ** 21) });
  expect(bomb.length).toBeLessThan(10_000);
  // The sizes that its directory and its entry claim.
  const liar = new Uint8Array(bomb);
  const view = new DataView(liar.buffer);
  view.setUint32(22, 10, true);
  view.setUint32(liar.length - 22 - 46 - 'xl/sharedStrings.xml'.length + 24, 10, true);
  for (const bytes of [bomb, liar]) {
    expect(() => checkSpreadsheet('bomb.xlsx', bytes, 2 ** 20)).toThrow(/larger than 1 MB/);
    expect(() => checkSpreadsheet('bomb.xlsx', bytes, 4 * 2 ** 20)).not.toThrow();
  }
});
