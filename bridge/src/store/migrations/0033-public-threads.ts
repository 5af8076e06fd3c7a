import { type Kysely, sql } from 'kysely';
import type { Dialect } from '../dialect.ts';

/** biome-ignore lint/suspicious/noExplicitAny: a migration is written against the schema of its own day. */
type AnyDb = Kysely<any>;

/**
 * Threads in public: the channels that are served, their threads, and who speaks in those that reached the team. A conversation
 * is one of a place, no longer of a member alone: a private one and a public one of the same member may both be open. SQLite
 * commits each step by itself, so each can be done again after a migration that was broken off.
 */
export async function up(db: AnyDb, dialect: Dialect): Promise<void> {
  const tables = await db.introspection.getTables();
  const lacks = (table: string, column: string) =>
    !tables.find(({ name }) => name === table)?.columns.some(({ name }) => name === column);
  if (lacks('conversations', 'thread_id'))
    await db.schema.alterTable('conversations').addColumn('thread_id', 'text').execute();
  if (lacks('members', 'public_only'))
    await db.schema
      .alterTable('members')
      .addColumn('public_only', 'integer', (c) => c.notNull().defaultTo(0))
      .execute();
  await db.schema
    .createIndex('conversations_one_open_private')
    .ifNotExists()
    .unique()
    .on('conversations')
    .column('member_id')
    .where(sql<boolean>`phase <> 'closed' and thread_id is null`)
    .execute();
  await db.schema
    .createIndex('conversations_one_open_public')
    .ifNotExists()
    .unique()
    .on('conversations')
    .column('thread_id')
    .where(sql<boolean>`phase <> 'closed' and thread_id is not null`)
    .execute();
  await db.schema.dropIndex('conversations_one_open').ifExists().execute();

  await db.schema
    .createTable('public_channels')
    .ifNotExists()
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('guild_id', 'text')
    .addColumn('name', 'text', (c) => c.notNull().defaultTo(''))
    .addColumn('rule', 'text', (c) => c.notNull())
    .addColumn('set_by', 'text', (c) => c.notNull())
    .addColumn('is_forum', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('tags', 'text', (c) => c.notNull().defaultTo('[]'))
    .addColumn('requires_tag', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('access', 'text', (c) => c.notNull().defaultTo('open'))
    .addColumn('served_since', dialect.bigint, (c) => c.notNull())
    .addColumn('ended_at', dialect.bigint)
    .execute();

  await db.schema
    .createTable('public_threads')
    .ifNotExists()
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('guild_id', 'text', (c) => c.notNull())
    .addColumn('channel_id', 'text', (c) => c.notNull())
    .addColumn('author_id', 'text')
    .addColumn('author_name', 'text', (c) => c.notNull().defaultTo(''))
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('question', 'text', (c) => c.notNull().defaultTo(''))
    .addColumn('question_id', 'text')
    .addColumn('tags', 'text', (c) => c.notNull().defaultTo('[]'))
    .addColumn('state', 'text', (c) => c.notNull().defaultTo('open'))
    .addColumn('access', 'text', (c) => c.notNull().defaultTo('open'))
    .addColumn('adopted', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('slow_ms', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('cursor', 'text', (c) => c.notNull())
    .addColumn('waiting_since', dialect.bigint)
    .addColumn('answered_by', 'text')
    .addColumn('answered_at', dialect.bigint)
    .addColumn('answer_id', 'text')
    .addColumn('answerer_id', 'text')
    .addColumn('solution_id', 'text')
    .addColumn('solved_by', 'text')
    .addColumn('solved_at', dialect.bigint)
    .addColumn('case_number', 'integer')
    .addColumn('duplicate_of', 'text')
    .addColumn('opened_at', dialect.bigint, (c) => c.notNull())
    .addColumn('changed_at', dialect.bigint, (c) => c.notNull())
    .execute();
  for (const [name, columns] of [
    ['public_threads_by_channel', ['channel_id', 'opened_at']],
    ['public_threads_by_state', ['state', 'waiting_since']],
    ['public_threads_by_author', ['author_id']],
    ['public_threads_by_guild', ['guild_id', 'access']],
  ] as const) {
    await db.schema
      .createIndex(name)
      .ifNotExists()
      .on('public_threads')
      .columns([...columns])
      .execute();
  }

  await db.schema
    .createIndex('messages_by_channel')
    .ifNotExists()
    .on('messages')
    .column('channel_id')
    .execute();
  await db.schema
    .createTable('thread_speakers')
    .ifNotExists()
    .addColumn('conversation_id', 'text', (c) => c.notNull())
    .addColumn('member_id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('avatar', 'text')
    .addColumn('spoke_at', dialect.bigint, (c) => c.notNull())
    .addPrimaryKeyConstraint('thread_speakers_once', ['conversation_id', 'member_id'])
    .execute();
  await db.schema
    .createIndex('thread_speakers_by_member')
    .ifNotExists()
    .on('thread_speakers')
    .column('member_id')
    .execute();
}
