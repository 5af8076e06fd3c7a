import { expect, test } from 'bun:test';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { CSV_START, csvRows, withoutGuard } from './csv.ts';

/** The two ways in which programs find the end of a row: any line end, or CRLF alone. */
const readers = [
  (text: string) => parse(text, { bom: true, relax_column_count: false }) as string[][],
  (text: string) => parse(text, { bom: true, record_delimiter: '\r\n' }) as string[][],
  (text: string) =>
    parse(text, { bom: true, record_delimiter: ['\n', '\r', '\r\n'], skip_empty_lines: true }) as string[][],
];

test('texts with line ends of any kind, quotes and signs are one cell to every reader', () => {
  const rows = [
    ['number', 'title'],
    ['1', 'a lone\nline feed'],
    ['2', 'a lone\rcarriage return'],
    ['3', 'both\r\nof them, "quoted"; and\ta tab'],
    ['4', ' spaces '],
    ['5', '日本 😀'],
  ];
  const text = CSV_START + csvRows(rows);
  for (const read of readers)
    expect(read(text)).toEqual(rows.map((row) => row.map((cell) => cell.replace(/\r\n?/g, '\n'))));
});

test.each(['=1+1', '+1', '-1', '@a', '＝1', "'=1", '\t=1', '\n=1'])(
  '%j runs nowhere, and comes back',
  (text) => {
    const [[cell = ''] = []] = readers[0]?.(csvRows([[text, 'b']])) ?? [];
    expect(cell.startsWith("'")).toBe(true);
    expect(withoutGuard(cell)).toBe(text);
  },
);

test('numbers stay numbers, a BOM within a text stays text', () => {
  expect(csvRows([[1, -2, 'a\ufeffb']])).toBe('1,-2,a\ufeffb\r\n');
});

test('whatever the texts, they come back', () => {
  const cell = fc.array(
    fc.constantFrom('a', ',', ';', '"', "'", '=', '-', '\n', '\r', '\t', ' ', '😀', '\ufeff'),
    { maxLength: 8 },
  );
  const text = cell.map((pieces) => `x${pieces.join('')}`);
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 6 }), (rows) => {
      const kept = rows.map((row) => row.map((each) => each.replace(/\r\n?/g, '\n')));
      for (const read of readers) expect(read(CSV_START + csvRows(rows))).toEqual(kept);
    }),
    { numRuns: 300 },
  );
});
