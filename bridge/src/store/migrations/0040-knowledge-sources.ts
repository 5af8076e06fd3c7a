import type { Kysely } from 'kysely';
import type { Dialect } from '../dialect.ts';

/** biome-ignore lint/suspicious/noExplicitAny: a migration is written against the schema of its own day. */
type AnyDb = Kysely<any>;

/**
 * Sources of articles that are read again and again, what waits for a person's word, and who answers for an article until
 * when. An older version that writes meanwhile knows of none of it.
 */
export async function up(db: AnyDb, dialect: Dialect): Promise<void> {
  const tables = await db.introspection.getTables();
  const columns = tables.find(({ name }) => name === 'articles')?.columns ?? [];
  for (const column of ['owner', 'review_on']) {
    if (columns.some(({ name }) => name === column)) continue;
    await db.schema.alterTable('articles').addColumn(column, 'text').execute();
  }
  await db.schema
    .createTable('knowledge_sources')
    .ifNotExists()
    .addColumn('id', dialect.serial, dialect.autoIncrement)
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('place', 'text', (column) => column.notNull().unique())
    .addColumn('hosts', 'text', (column) => column.notNull())
    .addColumn('allow_private', 'integer', (column) => column.notNull())
    .addColumn('interval_ms', dialect.bigint, (column) => column.notNull())
    .addColumn('language', 'text')
    .addColumn('labels', 'text', (column) => column.notNull())
    .addColumn('rule', 'text', (column) => column.notNull())
    .addColumn('next_at', dialect.bigint, (column) => column.notNull())
    .addColumn('origin', 'text')
    .addColumn('tried_at', dialect.bigint)
    .addColumn('read_at', dialect.bigint)
    .addColumn('error', 'text')
    .addColumn('failures', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('report', 'text')
    .addColumn('claim', 'text')
    .addColumn('claimed_until', dialect.bigint)
    .addColumn('created_at', dialect.bigint, (column) => column.notNull())
    .addColumn('created_by', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('knowledge_source_pages')
    .ifNotExists()
    .addColumn('source_id', dialect.bigint, (column) => column.notNull())
    .addColumn('url', 'text', (column) => column.notNull())
    .addColumn('article_id', 'text', (column) => column.notNull())
    .addColumn('etag', 'text')
    .addColumn('last_modified', 'text')
    .addPrimaryKeyConstraint('knowledge_source_pages_once', ['source_id', 'url'])
    .execute();
  await db.schema
    .createTable('knowledge_links')
    .ifNotExists()
    .addColumn('source_id', dialect.bigint, (column) => column.notNull())
    .addColumn('url', 'text', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('checked_at', dialect.bigint, (column) => column.notNull())
    .addPrimaryKeyConstraint('knowledge_links_once', ['source_id', 'url'])
    .execute();
  await db.schema
    .createTable('knowledge_proposals')
    .ifNotExists()
    .addColumn('article_id', 'text', (column) => column.primaryKey())
    .addColumn('source_id', dialect.bigint, (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('why', 'text', (column) => column.notNull())
    .addColumn('content', 'text')
    .addColumn('hash', 'text')
    .addColumn('at', dialect.bigint, (column) => column.notNull())
    .execute();
}
