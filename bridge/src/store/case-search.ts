import { type Expression, type SqlBool, sql } from 'kysely';
import type { Store, Tx } from './open.ts';
import { type Run, runsOf, wordsOf } from './search-words.ts';

/** Words of one case that are looked up; the title comes first. */
const MOST_WORDS = 6000;
/** Words of a search that count. */
const MOST_ASKED = 12;

/** A search in the form that the store understands. */
export interface CaseQuery {
  expression: string;
}

/** A search as the store wants it; null where nothing in it can be looked up, such as punctuation alone. */
export function caseQuery(store: Pick<Store, 'dialect'>, text: string): CaseQuery | null {
  const runs = runsOf(text, MOST_ASKED);
  if (runs.length === 0) return null;
  return { expression: store.dialect.name === 'sqlite' ? forFts5(runs) : forTsquery(runs) };
}

// Words are letters and digits alone, so that nothing in them has a meaning in either language.
const forFts5 = (runs: Run[]) =>
  runs.map(({ words, open }) => `"${words.join(' ')}"${open ? '*' : ''}`).join(' AND ');

const forTsquery = (runs: Run[]) =>
  runs
    .map(({ words, open }) => `(${words.map((word) => `'${word}'${open ? ':*' : ''}`).join(' <-> ')})`)
    .join(' & ');

/** Makes a case be found by this text and by no other. */
export async function indexCase(store: Pick<Store, 'dialect'>, tx: Tx, number: number, text: string) {
  const words = wordsOf(text, MOST_WORDS);
  if (store.dialect.name === 'sqlite') {
    await sql`insert or replace into case_search(rowid, words) values (${number}, ${words.join(' ')})`.execute(
      tx,
    );
    return;
  }
  const vector = words.map((word, at) => `'${word}':${at + 1}`).join(' ');
  await sql`insert into case_search(number, words) values (${number}, ${vector}::tsvector)
    on conflict (number) do update set words = excluded.words`.execute(tx);
}

/** Makes a case be found no more. */
export async function forgetCase(store: Pick<Store, 'dialect'>, tx: Tx, number: number) {
  if (store.dialect.name === 'sqlite') await sql`delete from case_search where rowid = ${number}`.execute(tx);
  else await sql`delete from case_search where number = ${number}`.execute(tx);
}

/** Numbers of cases that a search fits, in no order; at most `limit`. */
export async function matchingCases(store: Store, query: CaseQuery, limit: number): Promise<number[]> {
  const { rows } =
    store.dialect.name === 'sqlite'
      ? await sql<{ number: number }>`select rowid as number from case_search
          where case_search match ${query.expression} limit ${limit}`.execute(store.db)
      : await sql<{ number: number }>`select number from case_search
          where words @@ ${query.expression}::tsquery limit ${limit}`.execute(store.db);
  return rows.map(({ number }) => number);
}

/**
 * A condition on `cases.number`, for a search that fits so many cases that one goes through all of them in the order
 * wanted and stops early. On PostgreSQL it is a function call, which keeps the planner from reading the whole index.
 */
export function fitsSearch(store: Store, query: CaseQuery): Expression<SqlBool> {
  return store.dialect.name === 'sqlite'
    ? sql<SqlBool>`+cases.number in (select rowid from case_search where case_search match ${query.expression})`
    : sql<SqlBool>`exists (select 1 from case_search
        where case_search.number = cases.number and ts_match_vq(words, ${query.expression}::tsquery))`;
}
