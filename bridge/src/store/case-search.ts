import { type Expression, type SqlBool, sql } from 'kysely';
import type { Store, Tx } from './open.ts';
import { type Run, runsOf, wordsOf } from './search-words.ts';

/** Words of one case that are looked up; the title comes first. */
const MAX_WORDS = 6000;
/** Words of a search that count. */
const MAX_ASKED = 12;

/** A search in the form that the store understands. */
export interface CaseQuery {
  expression: string;
}

/** A search as the store wants it; null where nothing in it can be looked up, such as punctuation alone. */
export function caseQuery(store: Pick<Store, 'dialect'>, text: string): CaseQuery | null {
  const runs = runsOf(text, MAX_ASKED);
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
  const words = wordsOf(text, MAX_WORDS);
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

/**
 * Up to how many cases are looked up one by one. Where more fit, one goes through all cases in the order wanted and stops
 * early. SQLite does that within an index, PostgreSQL row by row, so it begins later there; a search, other than a tag,
 * is then done a second time.
 */
export const fewCases = ({ dialect }: Pick<Store, 'dialect'>, what: 'tag' | 'search') =>
  dialect.name === 'postgres' ? 2000 : what === 'tag' ? 250 : 600;

/** Numbers of the cases that a search fits, in no order; null where they are not few. */
export async function matchingCases(store: Store, query: CaseQuery): Promise<number[] | null> {
  const limit = fewCases(store, 'search') + 1;
  const { rows } =
    store.dialect.name === 'sqlite'
      ? await sql<{ number: number }>`select rowid as number from case_search
          where case_search match ${query.expression} limit ${limit}`.execute(store.db)
      : await sql<{ number: number }>`select number from case_search
          where words @@ ${query.expression}::tsquery limit ${limit}`.execute(store.db);
  return rows.length < limit ? rows.map(({ number }) => number) : null;
}

/** A condition on `cases` for a search that fits more than a few; see fewCases. */
export function fitsSearch(store: Store, query: CaseQuery): Expression<SqlBool> {
  return store.dialect.name === 'sqlite'
    ? sql<SqlBool>`+cases.number in (select rowid from case_search where case_search match ${query.expression})`
    : // A function call instead of the operator keeps the planner from reading the whole index of words.
      sql<SqlBool>`exists (select 1 from case_search
        where case_search.number = cases.number and ts_match_vq(words, ${query.expression}::tsquery))`;
}

/** A condition on `cases` for a tag that more than a few have. */
export function hasTag(store: Store, tag: string): Expression<SqlBool> {
  return store.dialect.name === 'sqlite'
    ? sql<SqlBool>`+cases.number in (select case_number from case_tags where tag = ${tag})`
    : sql<SqlBool>`exists (select 1 from case_tags where case_number = cases.number and tag = ${tag})`;
}

/**
 * A column that no index is chosen by. SQLite keeps no figures of how many rows fit: it would rather sort all cases of a
 * year than go through them in the order wanted.
 */
export const unindexed = <T>(store: Store, column: string): Expression<T> =>
  store.dialect.name === 'sqlite' ? sql<T>`+${sql.ref(column)}` : sql<T>`${sql.ref(column)}`;
