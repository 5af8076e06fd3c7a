import type { Kysely } from 'kysely';
import type { Dialect } from '../dialect.ts';

/** biome-ignore lint/suspicious/noExplicitAny: a migration is written against the schema of its own day. */
type AnyDb = Kysely<any>;

/**
 * What the forum desk knows: how far each post is answered, what was solved and may become an article, forums whose past is
 * learned from, floods of posts, and who does not want to be learned from. SQLite commits each step by itself, so each can be
 * done again after a migration that was broken off.
 */
export async function up(db: AnyDb, dialect: Dialect): Promise<void> {
  const tables = await db.introspection.getTables();
  const members = tables.find(({ name }) => name === 'members');
  if (!members?.columns.some(({ name }) => name === 'not_learned_since'))
    await db.schema.alterTable('members').addColumn('not_learned_since', dialect.bigint).execute();

  await db.schema
    .createTable('forum_posts')
    .ifNotExists()
    .addColumn('thread_id', 'text', (c) => c.primaryKey())
    .addColumn('offers', 'text', (c) => c.notNull().defaultTo('[]'))
    .addColumn('said', 'text')
    .addColumn('noes', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('question_digest', 'text', (c) => c.notNull().defaultTo(''))
    .addColumn('looked_again', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('in_flood', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('asked_whether_solved', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('answer_message_id', 'text')
    .addColumn('latest_answer_id', 'text')
    .addColumn('shown_at', dialect.bigint)
    .addColumn('spoke_at', dialect.bigint, (c) => c.notNull())
    .addColumn('reminded_at', dialect.bigint)
    .addColumn('warned_at', dialect.bigint)
    .addColumn('escalated_at', dialect.bigint)
    .execute();

  await db.schema
    .createTable('solved_posts')
    .ifNotExists()
    .addColumn('thread_id', 'text', (c) => c.primaryKey())
    .addColumn('guild_id', 'text', (c) => c.notNull())
    .addColumn('channel_id', 'text', (c) => c.notNull())
    .addColumn('author_id', 'text')
    .addColumn('solver_id', 'text')
    .addColumn('solver_name', 'text', (c) => c.notNull().defaultTo(''))
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('question', 'text', (c) => c.notNull().defaultTo(''))
    .addColumn('answer', 'text', (c) => c.notNull())
    .addColumn('answer_id', 'text')
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('how', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull().defaultTo('new'))
    .addColumn('article_id', 'text')
    .addColumn('revision', 'integer', (c) => c.notNull())
    .addColumn('solved_at', dialect.bigint, (c) => c.notNull())
    .addColumn('changed_at', dialect.bigint, (c) => c.notNull())
    .execute();
  for (const [name, column] of [
    ['solved_posts_by_revision', 'revision'],
    ['solved_posts_by_author', 'author_id'],
    ['solved_posts_by_solver', 'solver_id'],
    ['solved_posts_by_answer', 'answer_id'],
  ] as const)
    await db.schema.createIndex(name).ifNotExists().on('solved_posts').column(column).execute();
  await db.schema
    .createIndex('solved_posts_by_status')
    .ifNotExists()
    .on('solved_posts')
    .columns(['status', 'solved_at'])
    .execute();

  await db.schema
    .createTable('forum_adoptions')
    .ifNotExists()
    .addColumn('channel_id', 'text', (c) => c.primaryKey())
    .addColumn('before', 'text')
    .addColumn('looked_at', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('learned', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('began_at', dialect.bigint, (c) => c.notNull())
    .addColumn('ended_at', dialect.bigint)
    .execute();

  await db.schema
    .createTable('forum_floods')
    .ifNotExists()
    .addColumn('channel_id', 'text', (c) => c.primaryKey())
    .addColumn('began_at', dialect.bigint, (c) => c.notNull())
    .addColumn('latest_at', dialect.bigint, (c) => c.notNull())
    .execute();
}
