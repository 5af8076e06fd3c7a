import { type Kysely, sql } from 'kysely';
import type { Dialect } from '../dialect.ts';

/** biome-ignore lint/suspicious/noExplicitAny: a migration is written against the schema of its own day. */
type AnyDb = Kysely<any>;

/** Rows read at once. */
const BATCH_SIZE = 200;

/**
 * Searches take further spellings for one: the two kanas, accents of more scripts, ß and SS. What articles are looked for by
 * is kept beside them, and cases are made findable again.
 */
export async function up(db: AnyDb, dialect: Dialect): Promise<void> {
  await db.schema
    .alterTable('articles')
    .addColumn('search_text', 'text', (column) => column.notNull().defaultTo(''))
    .execute();
  for (let after = ''; ; ) {
    const rows = await db
      .selectFrom('articles')
      .select(['id', 'title', 'questions', 'text'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(BATCH_SIZE)
      .execute();
    for (const { id, title, questions, text } of rows) {
      const search_text = fold([title, ...(JSON.parse(questions) as string[]), text].join('\n'));
      await db.updateTable('articles').set({ search_text }).where('id', '=', id).execute();
    }
    if (rows.length < BATCH_SIZE) break;
    after = rows.at(-1)?.id;
  }
  await indexCases(db, dialect);
}

/** The newest comments of a case that are found, and words of a case. */
const MAX_COMMENTS = 100;
const MAX_WORDS = 6000;

async function indexCases(db: AnyDb, dialect: Dialect): Promise<void> {
  for (let after = 0; ; ) {
    const rows = await db
      .selectFrom('cases')
      .leftJoin('members', 'members.id', 'cases.member_id')
      .select([
        ...['cases.number', 'cases.title', 'cases.tags', 'cases.fields', 'cases.description'],
        'members.name as member',
      ])
      .where('cases.deleted_at', 'is', null)
      .where('cases.number', '>', after)
      .orderBy('cases.number')
      .limit(BATCH_SIZE)
      .execute();
    for (const { number, title, tags, fields, description, member } of rows) {
      const comments = await db
        .selectFrom('case_events')
        .select('text')
        .where('case_number', '=', number)
        .where('kind', 'in', ['comment', 'note'])
        .orderBy('id', 'desc')
        .limit(MAX_COMMENTS)
        .execute();
      const words = wordsOf(
        [
          number,
          title,
          (JSON.parse(tags) as string[]).join(' '),
          member ?? '',
          Object.values(JSON.parse(fields) as Record<string, string>).join(' '),
          description,
          ...comments.map(({ text }) => text),
        ].join('\n'),
      );
      await keep(db, dialect, number, words);
    }
    if (rows.length < BATCH_SIZE) return;
    after = rows.at(-1)?.number;
  }
}

async function keep(db: AnyDb, dialect: Dialect, number: number, words: string[]): Promise<void> {
  if (dialect.name === 'sqlite') {
    await sql`insert or replace into case_search(rowid, words) values (${number}, ${words.join(' ')})`.execute(
      db,
    );
    return;
  }
  const vector = words.map((word, at) => `'${word}':${at + 1}`).join(' ');
  await sql`insert into case_search(number, words) values (${number}, ${vector}::tsvector)
    on conflict (number) do update set words = excluded.words`.execute(db);
}

// What follows is how texts were folded and cut into words when this migration was released.

const ACCENTS =
  /(?<=[\p{Script=Latin}\p{Script=Greek}]\p{M}*)\p{M}|(?<=е)\u0308|[\u0591-\u05c7\u064b-\u0652\u0670\u0640]/gu;
const STROKES: Record<string, string> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ŧ: 't',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
};

export const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .normalize('NFKC')
    .normalize('NFD')
    .replace(ACCENTS, '')
    .normalize('NFC')
    .replace(/[øłđðħŧþæœ]/g, (letter) => STROKES[letter] ?? letter)
    .replace(/[\u30a1-\u30f6\u30fd\u30fe]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));

const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}ー々〆]$/u;
const MAX_WORD_LENGTH = 40;

function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const [word] of fold(text).matchAll(/[\p{L}\p{N}ー]+/gu)) {
    if (words.length >= MAX_WORDS) break;
    for (const { characters, unspaced } of runsIn(word)) {
      if (!unspaced) words.push(characters.slice(0, MAX_WORD_LENGTH).join(''));
      else {
        for (let at = 0; at + 1 < characters.length; at += 1)
          words.push(`${characters[at]}${characters[at + 1]}`);
        words.push(characters.at(-1) ?? '');
      }
    }
  }
  return words.slice(0, MAX_WORDS);
}

function runsIn(word: string): { characters: string[]; unspaced: boolean }[] {
  const runs: { characters: string[]; unspaced: boolean }[] = [];
  for (const character of word) {
    const unspaced = UNSPACED.test(character);
    const last = runs.at(-1);
    if (last?.unspaced === unspaced) last.characters.push(character);
    else runs.push({ characters: [character], unspaced });
  }
  return runs;
}
