import { type Kysely, sql } from 'kysely';
import type { Dialect } from '../dialect.ts';

/** biome-ignore lint/suspicious/noExplicitAny: a migration is written against the schema of its own day. */
type AnyDb = Kysely<any>;

/**
 * What a member's message says now and said before, so that old words are used nowhere; what an erasure needs to go on after
 * it was broken off; and an audit trail whose words can be taken away. SQLite commits each step by itself, so each can be done
 * again after a migration that was broken off.
 */
export async function up(db: AnyDb, dialect: Dialect): Promise<void> {
  const tables = await db.introspection.getTables();
  const add = async (table: string, ...columns: string[]) => {
    const known = tables.find(({ name }) => name === table)?.columns.map(({ name }) => name);
    for (const column of columns) {
      if (!known?.includes(column)) await db.schema.alterTable(table).addColumn(column, 'text').execute();
    }
  };
  await add('messages', 'words', 'former');
  await add('conversations', 'summary_sid');
  await add('case_messages', 'author_id');
  for (const [table, column] of [
    ['knowledge_gaps', 'conversation_id'],
    ['knowledge_lessons', 'conversation_id'],
    ['knowledge_feedback', 'conversation_sid'],
  ] as const) {
    await db.schema.createIndex(`${table}_by_conversation`).ifNotExists().on(table).column(column).execute();
  }
  await db.schema
    .createTable('erasures')
    .ifNotExists()
    .addColumn('member_id', 'text', (c) => c.primaryKey())
    .addColumn('counts', 'text', (c) => c.notNull())
    .addColumn('began_at', dialect.bigint, (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('forgotten_channels')
    .ifNotExists()
    .addColumn('digest', 'text', (c) => c.primaryKey())
    .addColumn('cursor', 'text', (c) => c.notNull())
    .addColumn('at', dialect.bigint, (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('case_redactions')
    .ifNotExists()
    .addColumn('case_number', dialect.bigint, (c) => c.primaryKey())
    .execute();
  await forbidChanges(db, dialect);
}

/** The audit trail of a case is only added to, except while the case is among `case_redactions`. */
async function forbidChanges(db: AnyDb, dialect: Dialect): Promise<void> {
  if (dialect.name === 'sqlite') {
    for (const act of ['update', 'delete']) {
      const trigger = sql.id(`case_events_no_${act}`);
      await sql`drop trigger if exists ${trigger}`.execute(db);
      await sql`create trigger ${trigger} before ${sql.raw(act)} on case_events
        when not exists (select 1 from case_redactions where case_number = old.case_number)
        begin select raise(abort, 'the audit trail is never changed'); end`.execute(db);
    }
    return;
  }
  await sql`create or replace function forbid_event_change() returns trigger language plpgsql as
    $$ begin
      if not exists (select 1 from case_redactions where case_number = old.case_number) then
        raise exception 'the audit trail is never changed';
      end if;
      if tg_op = 'DELETE' then return old; end if;
      return new;
    end $$`.execute(db);
  await sql`drop trigger if exists case_events_fixed on case_events`.execute(db);
  await sql`create trigger case_events_fixed before truncate on case_events
    for each statement execute function forbid_change()`.execute(db);
  await sql`drop trigger if exists case_events_rows_fixed on case_events`.execute(db);
  await sql`create trigger case_events_rows_fixed before update or delete on case_events
    for each row execute function forbid_event_change()`.execute(db);
}
