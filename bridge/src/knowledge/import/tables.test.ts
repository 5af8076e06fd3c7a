import { expect, test } from 'bun:test';
import type { ImportMapping } from '@flexcord/shared/panel/library';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import writeSheet from 'write-excel-file/node';
import { readCsv } from './csv.ts';
import { mappingOf } from './headings.ts';
import type { ImportSource } from './records.ts';
import { readXlsx } from './xlsx.ts';

const latin = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
async function articles({ records }: ImportSource) {
  const found = [];
  for await (const record of records) found.push(record.is === 'article' ? record.fields : record);
  return found;
}
const read = (text: string | Uint8Array, mapping?: ImportMapping) =>
  articles(readCsv('faq.csv', typeof text === 'string' ? strToU8(text) : text, mapping));
const sail = { title: 'Wo ist mein Segel?', text: 'Im Hafen; dort.' };
const row = 'Wo ist mein Segel?;"Im Hafen; dort."';

test.each([
  ['a question and an answer', `Question;Answer\n${row}\n`],
  ['German', `Frage;Antwort\n${row}\n`],
  ['French, with accents', `Titre;Réponse\n${row}\n`],
  ['Japanese', `質問;回答\n${row}\n`],
  ['Chinese', `问题;答案\n${row}\n`],
  ['letters', `Q;A\n${row}\n`],
  ['over two lines', `"Frage\n(kurz)";Antwort\n${row}\n`, { 'Frage (kurz)': 'title' }],
  ['a line for Excel', `sep=;\r\nFrage;Antwort\r\n${row}\r\n`],
  ['a line for Excel, quoted', `"sep=;"\nFrage;Antwort\n${row}\n`],
  ['a line for Excel that names any sign', `sep=^\nFrage^Antwort\nWo ist mein Segel?^Im Hafen; dort.\n`],
  ['tabs', `Frage\tAntwort\nWo ist mein Segel?\tIm Hafen; dort.\n`],
  ['bars', `Frage|Antwort\nWo ist mein Segel?|Im Hafen; dort.\n`],
  ['a name above it', `Fragen, Export 2026;\n;\nFrage;Antwort\n${row}\n`],
  ['a byte order mark', `\ufeffTitle;Text\n${row}\n`],
] as [string, string, ImportMapping?][])(
  'a table with headings as people have them is read: %s',
  async (_, text, mapping) => {
    expect(await read(text, mapping)).toMatchObject([sail]);
  },
);

test('quotes in a cell without quotes around it are words, and words behind a cell in quotes are named', async () => {
  const csv =
    'Question,Answer\nHow "big" is it?,It is 5" long.\n"Where" is it?,Here.\nWhen?,"Say ""now"", then go."\n';
  expect(await read(csv)).toMatchObject([
    { title: 'How "big" is it?', text: 'It is 5" long.' },
    { is: 'broken', where: 'faq.csv, row 3', reason: expect.stringContaining('quotes that do not fit') },
    { title: 'When?', text: 'Say "now", then go.' },
  ]);
});

test.each([
  ['Veröffentlicht', 'published'],
  ['公開中', 'published'],
  ['Entwurf', 'draft'],
  ['ＩＮＴＥＲＮＡＬ', 'draft'],
  ['下書き', 'draft'],
])('a status is read as people write it: %s', async (written, status) => {
  const { records } = readCsv('faq.csv', strToU8(`title;text;status\na;b;${written}\n`));
  for await (const record of records) expect(record).toMatchObject({ is: 'article', status });
});

test('what columns hold is shown without signs that a terminal obeys', async () => {
  const source = readCsv('faq.csv', strToU8('title;text;Note\u001b[2J\nA;B;\u001b]0;x\u0007\0y\n'));
  await articles(source);
  const [, , note] = source.columns?.() ?? [];
  expect(note).toEqual({ name: 'Note[2J', field: null, example: ']0' });
});

test.each([
  [
    'Windows-1252',
    latin(
      'Frage;Antwort\nWie \xe4ndere ich mein Passwort?;\xd6ffne die Einstellungen und w\xe4hle \x84Konto\x93.\n',
    ),
  ],
  [
    'UTF-16 as Excel saves it',
    new Uint8Array([
      0xff,
      0xfe,
      ...Buffer.from(
        'Frage\tAntwort\r\nWie ändere ich mein Passwort?\tÖffne die Einstellungen und wähle „Konto“.\r\n',
        'utf16le',
      ),
    ]),
  ],
])('a table in %s is read', async (_, bytes) => {
  expect(await read(bytes)).toMatchObject([
    { title: 'Wie ändere ich mein Passwort?', text: 'Öffne die Einstellungen und wähle „Konto“.' },
  ]);
});

test('shows what it took columns for, and takes another choice', async () => {
  const csv = 'Thema;Frage;Antwort;Notiz;Rubrik\nSegel;Wo ist es?;Im Hafen.;intern;Schiff\n';
  const guessed = readCsv('faq.csv', strToU8(csv));
  expect(await articles(guessed)).toMatchObject([
    { title: 'Segel', questions: ['Wo ist es?'], text: 'Im Hafen.' },
  ]);
  expect(guessed.columns?.()).toEqual([
    { name: 'Thema', field: 'title', example: 'Segel' },
    { name: 'Frage', field: 'questions', example: 'Wo ist es?' },
    { name: 'Antwort', field: 'text', example: 'Im Hafen.' },
    { name: 'Notiz', field: null, example: 'intern' },
    { name: 'Rubrik', field: null, example: 'Schiff' },
  ]);
  const mapping = mappingOf(['title=frage', 'labels=Rubrik']);
  expect(await read(csv, mapping)).toMatchObject([
    { title: 'Wo ist es?', questions: [], text: 'Im Hafen.', labels: ['Schiff'] },
  ]);
  expect(await read(csv, mappingOf(['question=Frage', '=Antwort', 'text=Notiz']))).toMatchObject([
    { title: 'Wo ist es?', text: 'intern' },
  ]);
  await expect(read(csv, mappingOf(['title=Titel', 'text=Antwort']))).rejects.toThrow(
    /There is no column "titel"; there are Thema/,
  );
  expect(() => mappingOf(['colour=Frage'])).toThrow(/wants FIELD=COLUMN/);
  await expect(read('a;b\n1;2\n')).rejects.toThrow(/no column that is known as a title.*--map title=NAME/);
});

test.each([
  ['by number', ['title=1', 'text=2', 'labels=3']],
  ['by what its first row says', ['title=Wo ist mein Segel?', 'text=Im Hafen; dort.', 'labels=Schiff']],
])('a table without headings keeps its first row: %s', async (_, map) => {
  const csv = `${row};Schiff\nWann?;Heute.;Zeit\n`;
  expect(await read(csv, mappingOf(map))).toMatchObject([
    { ...sail, labels: ['Schiff'] },
    { title: 'Wann?', text: 'Heute.', labels: ['Zeit'] },
  ]);
});

test('headings that are named by number or ask something are no article', async () => {
  expect(await read(`Frage;Antwort\n${row}\n`, mappingOf(['title=Frage', 'text=Antwort']))).toMatchObject([
    sail,
  ]);
  expect(await read(`Was?;Was dazu?\n${row}\n`, mappingOf(['title=Was?', 'text=Was dazu?']))).toMatchObject([
    sail,
  ]);
  expect(await read(`3;2\n${row}\n`, mappingOf(['title=3', 'text=2']))).toMatchObject([sail]);
  expect(await read(`Nr;Frage;Antwort\n1;${row}\n`, mappingOf(['title=2', 'text=3']))).toMatchObject([sail]);
  await expect(read(`${row}\n`, mappingOf(['title=1', 'text=5']))).rejects.toThrow(
    /no column 5; there are 2/,
  );
});

test('what cells that are merged over rows say is said of each row, and a day is a day', async () => {
  const bytes = await writeSheet([
    ['FAQ of 2026', null, null, null],
    ['Category', 'Question', 'Answer', 'Url'],
    [{ value: 'Ship', rowSpan: 3 }, 'Where?', 'Here.', null],
    [null, 'When?', { value: new Date('2026-11-24T00:00:00Z'), format: 'yyyy-mm-dd' }, null],
    [null, null, null, null],
    [null, 'Why?', 'For fun.', null],
  ]).toBuffer();
  const found = await articles(readXlsx('faq.xlsx', new Uint8Array(bytes)));
  expect(found).toMatchObject([
    { title: 'Where?', labels: ['Ship'], text: 'Here.' },
    { title: 'When?', labels: ['Ship'], text: '2026-11-24' },
    { title: 'Why?', labels: [] },
  ]);
});

test('reads the first sheet of a workbook that is shown', async () => {
  const bytes = await writeSheet([
    { data: [['Lists'], ['a']], sheet: 'Lists' },
    {
      data: [
        ['Question', 'Answer'],
        ['Where?', 'Here.'],
      ],
      sheet: 'FAQ',
    },
  ]).toBuffer();
  const parts = unzipSync(new Uint8Array(bytes));
  const workbook = strFromU8(parts['xl/workbook.xml'] ?? new Uint8Array());
  const hidden = workbook.replace(/<sheet (?=[^>]*name="Lists")/, '<sheet state="hidden" ');
  expect(hidden).not.toBe(workbook);
  const file = zipSync({ ...parts, 'xl/workbook.xml': strToU8(hidden) });
  expect(await articles(readXlsx('faq.xlsx', file))).toMatchObject([{ title: 'Where?', text: 'Here.' }]);
});

test.each([
  ['pt_BR', 'pt_BR'],
  ['Deutsch', 'Deutsch'],
])('no language is refused: %s', async (written, language) => {
  expect(await read(`title;text;language\na;b;${written}\n`)).toMatchObject([{ language }]);
});
