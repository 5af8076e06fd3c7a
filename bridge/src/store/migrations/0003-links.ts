import type { Kysely } from 'kysely';
import type { Dialect } from '../dialect.ts';

/** biome-ignore lint/suspicious/noExplicitAny: a migration is written against the schema of its own day. */
type AnyDb = Kysely<any>;

export async function up(db: AnyDb, dialect: Dialect): Promise<void> {
  await db.schema
    .createTable('links')
    .addColumn('conversation_id', 'text', (c) => c.notNull().references('conversations.id'))
    .addColumn('direction', 'text', (c) => c.notNull())
    .addColumn('part', 'integer', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('channel_id', 'text', (c) => c.notNull())
    .addColumn('discord_id', 'text', (c) => c.notNull())
    .addColumn('twilio_sid', 'text', (c) => c.notNull())
    .addColumn('digest', 'text')
    .addColumn('created_at', dialect.bigint, (c) => c.notNull())
    .addPrimaryKeyConstraint('links_pair', ['discord_id', 'twilio_sid'])
    .execute();
  await db.schema.createIndex('links_by_twilio').on('links').column('twilio_sid').execute();
  await db.schema.createIndex('links_by_conversation').on('links').column('conversation_id').execute();
  await db.schema.createIndex('links_by_age').on('links').column('created_at').execute();

  // Since when it is the member's turn, and when they were reminded of it.
  await db.schema.alterTable('conversations').addColumn('waiting_since', dialect.bigint).execute();
  await db.schema.alterTable('conversations').addColumn('reminded_at', dialect.bigint).execute();

  // Where a member is written to while the direct messages are closed, and since when they are.
  await db.schema.alterTable('members').addColumn('thread_id', 'text').execute();
  await db.schema.alterTable('members').addColumn('thread_cursor', 'text').execute();
  await db.schema.alterTable('members').addColumn('dm_closed_at', dialect.bigint).execute();
  await db.schema.createIndex('members_by_thread').on('members').column('thread_id').execute();
}
