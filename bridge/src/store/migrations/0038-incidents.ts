import type { Kysely } from 'kysely';
import type { Dialect } from '../dialect.ts';

/** biome-ignore lint/suspicious/noExplicitAny: a migration is written against the schema of its own day. */
type AnyDb = Kysely<any>;

/**
 * Incidents, the questions that belong to them, and an index by which the latest conversations are looked through for questions.
 * SQLite commits each step by itself, so each can be done again after a migration that was broken off.
 */
export async function up(db: AnyDb, dialect: Dialect): Promise<void> {
  await db.schema
    .createTable('incidents')
    .ifNotExists()
    .addColumn('case_number', dialect.bigint, (c) => c.primaryKey())
    .addColumn('state', 'text', (c) => c.notNull().defaultTo('open'))
    .addColumn('words_of', 'text')
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('members', 'integer', (c) => c.notNull())
    .addColumn('usual', 'double precision', (c) => c.notNull())
    .addColumn('within_ms', dialect.bigint, (c) => c.notNull())
    .addColumn('signature', 'text', (c) => c.notNull())
    .addColumn('notice', 'text')
    .addColumn('over', 'text')
    .addColumn('answers', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('publications', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('published_in', 'text', (c) => c.notNull().defaultTo('[]'))
    .addColumn('published_by', 'text')
    .addColumn('published_at', dialect.bigint)
    .addColumn('opened_at', dialect.bigint, (c) => c.notNull())
    .addColumn('changed_at', dialect.bigint, (c) => c.notNull())
    .addColumn('ended_at', dialect.bigint)
    .execute();
  await db.schema
    .createIndex('incidents_by_state')
    .ifNotExists()
    .on('incidents')
    .columns(['state', 'opened_at'])
    .execute();
  await db.schema
    .createIndex('incidents_by_words')
    .ifNotExists()
    .on('incidents')
    .column('words_of')
    .execute();

  await db.schema
    .createTable('incident_reports')
    .ifNotExists()
    .addColumn('id', dialect.serial, (c) => dialect.autoIncrement(c))
    .addColumn('incident', dialect.bigint, (c) => c.notNull())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('ref', 'text', (c) => c.notNull())
    .addColumn('member_id', 'text')
    .addColumn('is_new_account', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('asked_at', dialect.bigint, (c) => c.notNull())
    .addColumn('taken_out_by', 'text')
    .addColumn('taken_out_at', dialect.bigint)
    .addColumn('told_at', dialect.bigint)
    .addColumn('told_in', 'text')
    .execute();
  await db.schema
    .createIndex('incident_reports_each_once')
    .ifNotExists()
    .unique()
    .on('incident_reports')
    .columns(['incident', 'source', 'ref'])
    .execute();
  await db.schema
    .createIndex('incident_reports_by_source')
    .ifNotExists()
    .on('incident_reports')
    .columns(['source', 'ref'])
    .execute();
  await db.schema
    .createIndex('incident_reports_by_member')
    .ifNotExists()
    .on('incident_reports')
    .column('member_id')
    .execute();
  await db.schema
    .createIndex('conversations_by_opening')
    .ifNotExists()
    .on('conversations')
    .column('opened_at')
    .execute();
}
