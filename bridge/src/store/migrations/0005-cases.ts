import { type Kysely, sql } from 'kysely';
import type { Dialect } from '../dialect.ts';

/** biome-ignore lint/suspicious/noExplicitAny: a migration is written against the schema of its own day. */
type AnyDb = Kysely<any>;

/** All that lists are filtered by; in each index, so that rows that do not fit are never looked at. */
const FACETS = ['status', 'type', 'priority', 'assignee_identity', 'deleted_at'];

/** Cases with everything around them: votes, followers, duplicates, ratings, messages, tags, search. */
export async function up(db: AnyDb, dialect: Dialect): Promise<void> {
  const millis = dialect.bigint;
  const add = (table: string, column: string, type: 'text' | 'integer' | Dialect['bigint']) =>
    db.schema.alterTable(table).addColumn(column, type).execute();

  await db.schema
    .alterTable('cases')
    .addColumn('votes', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  for (const table of ['cases', 'conversations']) {
    await add(table, 'rating', 'integer');
    await add(table, 'rating_comment', 'text');
    await add(table, 'rated_at', millis);
  }
  await add('cases', 'first_response_at', millis);
  await add('cases', 'resolved_at', millis);
  await add('cases', 'merged_into', dialect.bigint);
  await add('cases', 'status_before_merge', 'text');
  await add('cases', 'deleted_at', millis);
  await db
    .updateTable('cases')
    .set((eb: { ref(name: string): unknown }) => ({ resolved_at: eb.ref('changed_at') }))
    .where('status', 'in', ['resolved', 'closed'])
    .execute();
  await db.schema
    .alterTable('members')
    .addColumn('fields', 'text', (c) => c.notNull().defaultTo('{}'))
    .execute();

  await add('case_events', 'detail', 'text');
  await add('case_events', 'actor_member_id', 'text');
  await forbidChanges(db, dialect, 'case_events');

  for (const [name, columns] of [
    ['cases_by_change', ['changed_at', 'number', ...FACETS, 'created_at']],
    ['cases_by_creation', ['created_at', 'number', ...FACETS, 'changed_at']],
    ['cases_by_votes', ['votes', 'number', ...FACETS, 'created_at', 'changed_at']],
    [
      'cases_by_assignee',
      [
        'assignee_identity',
        'changed_at',
        'number',
        ...FACETS.filter((its) => its !== 'assignee_identity'),
        'created_at',
        'votes',
      ],
    ],
    ['cases_by_status', ['status', 'assignee_identity', 'deleted_at']],
    ['cases_of_member', ['member_id', 'changed_at', 'number', 'deleted_at']],
  ] as const) {
    await db.schema
      .createIndex(name)
      .on('cases')
      .columns([...columns])
      .execute();
  }
  await db.schema
    .createIndex('cases_by_merge')
    .on('cases')
    .column('merged_into')
    .where(sql<boolean>`merged_into is not null`)
    .execute();
  await db.schema
    .createIndex('cases_by_resolution')
    .on('cases')
    .column('resolved_at')
    .where(sql<boolean>`resolved_at is not null`)
    .execute();
  await db.schema
    .createIndex('conversations_by_end')
    .on('conversations')
    .column('closed_at')
    .where(sql<boolean>`closed_at is not null`)
    .execute();

  await db.schema
    .createTable('case_tags')
    .addColumn('tag', 'text', (c) => c.notNull())
    .addColumn('case_number', dialect.bigint, (c) => c.notNull().references('cases.number'))
    .addPrimaryKeyConstraint('case_tags_pair', ['tag', 'case_number'])
    .execute();
  await db.schema.createIndex('case_tags_by_case').on('case_tags').column('case_number').execute();
  for (const table of ['case_followers', 'case_votes']) {
    await db.schema
      .createTable(table)
      .addColumn('case_number', dialect.bigint, (c) => c.notNull().references('cases.number'))
      .addColumn('member_id', 'text', (c) => c.notNull().references('members.id'))
      .addColumn('via', dialect.bigint)
      .addColumn('at', millis, (c) => c.notNull())
      .addPrimaryKeyConstraint(`${table}_pair`, ['case_number', 'member_id'])
      .execute();
    await db.schema.createIndex(`${table}_by_member`).on(table).column('member_id').execute();
  }
  await db.schema
    .createTable('case_messages')
    .addColumn('case_number', dialect.bigint, (c) => c.notNull().references('cases.number'))
    .addColumn('message_id', 'text', (c) => c.notNull())
    .addColumn('channel_id', 'text', (c) => c.notNull())
    .addColumn('guild_id', 'text')
    .addColumn('quote', 'text', (c) => c.notNull())
    .addColumn('author_name', 'text', (c) => c.notNull())
    .addColumn('at', millis, (c) => c.notNull())
    .addPrimaryKeyConstraint('case_messages_pair', ['case_number', 'message_id'])
    .execute();
  await db.schema.createIndex('case_messages_by_message').on('case_messages').column('message_id').execute();

  if (dialect.name === 'sqlite') {
    // Words are cut by the bridge, the same way for both stores; here they are letters and digits between spaces.
    await sql`create virtual table case_search using fts5(
      words, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3'
    )`.execute(db);
  } else {
    await sql`create table case_search (number bigint primary key, words tsvector not null)`.execute(db);
    // Without a list of pending entries every search costs the same.
    await sql`create index case_search_words on case_search using gin (words) with (fastupdate = off)`.execute(
      db,
    );
  }

  const old = await db.selectFrom('cases').select(['number', 'title', 'description', 'tags']).execute();
  for (const { number, title, description, tags } of old) {
    await indexCase(db, dialect, number, `${number} ${title} ${description}`);
    for (const tag of new Set(JSON.parse(tags) as string[])) {
      await db.insertInto('case_tags').values({ tag, case_number: number }).execute();
    }
  }
}

/** The audit trail is only added to, whoever asks. */
async function forbidChanges(db: AnyDb, dialect: Dialect, table: string): Promise<void> {
  const name = sql.table(table);
  if (dialect.name === 'sqlite') {
    for (const act of ['update', 'delete']) {
      await sql`create trigger ${sql.id(`${table}_no_${act}`)} before ${sql.raw(act)} on ${name}
        begin select raise(abort, 'the audit trail is never changed'); end`.execute(db);
    }
    return;
  }
  await sql`create function forbid_change() returns trigger language plpgsql as
    $$ begin raise exception 'the audit trail is never changed'; end $$`.execute(db);
  await sql`create trigger ${sql.id(`${table}_fixed`)} before update or delete or truncate on ${name}
    for each statement execute function forbid_change()`.execute(db);
}

/** Words of one case that are looked up. */
const MAX_WORDS = 6000;

/** As cases were made findable when this migration was released; what came later made them findable in the same way. */
async function indexCase(db: AnyDb, dialect: Dialect, number: number, text: string): Promise<void> {
  const words = wordsOf(text, MAX_WORDS);
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

/** Scripts written without spaces: their text is looked up by pairs of neighbouring characters. */
const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}ー々〆]$/u;
/** A word longer than this is an id or an address; its beginning is enough to find it. */
const MAX_WORD_LENGTH = 40;

/** Width, case and accents of Latin letters made equal; a mark of a kana is another sound and stays. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/(\p{Script=Latin})\p{M}+/gu, '$1')
    .normalize('NFC');

/** Runs of letters and digits, of either kind of script. */
function pieces(text: string): { characters: string[]; unspaced: boolean }[] {
  const found: { characters: string[]; unspaced: boolean }[] = [];
  for (const [word] of plain(text).matchAll(/[\p{L}\p{N}ー]+/gu)) {
    for (const character of word) {
      const unspaced = UNSPACED.test(character);
      const last = found.at(-1);
      if (last && last.unspaced === unspaced && last.characters !== closed) last.characters.push(character);
      else found.push({ characters: [character], unspaced });
    }
    found.push({ characters: closed, unspaced: false });
  }
  return found.filter(({ characters }) => characters !== closed);
}
/** Stands between words, so that two of them never become one. */
const closed: string[] = [];

/** What a text is found by, at most `most` words of it. */
function wordsOf(text: string, most: number): string[] {
  const words: string[] = [];
  for (const { characters, unspaced } of pieces(text)) {
    if (words.length >= most) break;
    if (!unspaced) words.push(characters.slice(0, MAX_WORD_LENGTH).join(''));
    else {
      for (let at = 0; at + 1 < characters.length; at += 1)
        words.push(`${characters[at]}${characters[at + 1]}`);
      // Alone too, so that a single character is found at the end of a run as well.
      words.push(characters.at(-1) ?? '');
    }
  }
  return words.slice(0, most);
}
