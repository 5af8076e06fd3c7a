import type { Kysely } from 'kysely';
import type { Dialect } from '../dialect.ts';

/** biome-ignore lint/suspicious/noExplicitAny: a migration is written against the schema of its own day. */
type AnyDb = Kysely<any>;

/** Articles with their versions, what they were learned to answer, and what nothing answers. */
export async function up(db: AnyDb, dialect: Dialect): Promise<void> {
  const millis = dialect.bigint;
  await db.schema
    .createTable('knowledge_state')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('revision', dialect.bigint, (c) => c.notNull())
    .execute();
  await db.insertInto('knowledge_state').values({ id: 1, revision: 0 }).execute();

  await db.schema
    .createTable('articles')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('questions', 'text', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('url', 'text')
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('labels', 'text', (c) => c.notNull())
    .addColumn('response_template', 'text')
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('revision', dialect.bigint, (c) => c.notNull())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('source_id', 'text')
    .addColumn('import_hash', 'text')
    .addColumn('imported_at', millis)
    .addColumn('created_at', millis, (c) => c.notNull())
    .addColumn('changed_at', millis, (c) => c.notNull())
    .addColumn('changed_by', 'text', (c) => c.notNull())
    .addColumn('deleted_at', millis)
    .execute();
  await db.schema.createIndex('articles_by_revision').on('articles').column('revision').execute();
  await db.schema.createIndex('articles_by_change').on('articles').columns(['changed_at', 'id']).execute();

  await db.schema
    .createTable('article_versions')
    .addColumn('article_id', 'text', (c) => c.notNull().references('articles.id'))
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('content', 'text', (c) => c.notNull())
    .addColumn('actor_identity', 'text')
    .addColumn('actor_name', 'text', (c) => c.notNull())
    .addColumn('at', millis, (c) => c.notNull())
    .addPrimaryKeyConstraint('article_versions_key', ['article_id', 'version'])
    .execute();

  await db.schema
    .createTable('knowledge_gaps')
    .addColumn('id', dialect.serial, (c) => dialect.autoIncrement(c))
    .addColumn('question', 'text', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('member_id', 'text')
    .addColumn('conversation_id', 'text')
    .addColumn('state', 'text', (c) => c.notNull().defaultTo('open'))
    .addColumn('article_id', 'text')
    .addColumn('at', millis, (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('knowledge_gaps_by_state')
    .on('knowledge_gaps')
    .columns(['state', 'id'])
    .execute();
  await db.schema.createIndex('knowledge_gaps_by_age').on('knowledge_gaps').column('at').execute();

  await db.schema
    .createTable('knowledge_lessons')
    .addColumn('id', dialect.serial, (c) => dialect.autoIncrement(c))
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('article_id', 'text', (c) => c.notNull())
    .addColumn('question', 'text', (c) => c.notNull())
    .addColumn('weight', 'double precision', (c) => c.notNull())
    .addColumn('conversation_id', 'text')
    .addColumn('actor_identity', 'text')
    .addColumn('revision', dialect.bigint, (c) => c.notNull())
    .addColumn('created_at', millis, (c) => c.notNull())
    .addColumn('undone_at', millis)
    .addColumn('undone_by', 'text')
    .execute();
  await db.schema
    .createIndex('knowledge_lessons_by_article')
    .on('knowledge_lessons')
    .columns(['article_id', 'id'])
    .execute();
  await db.schema
    .createIndex('knowledge_lessons_by_revision')
    .on('knowledge_lessons')
    .column('revision')
    .execute();
}
