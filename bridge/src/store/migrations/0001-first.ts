import { type Kysely, sql } from 'kysely';
import type { Dialect } from '../dialect.ts';

/** biome-ignore lint/suspicious/noExplicitAny: a migration is written against the schema of its own day. */
type AnyDb = Kysely<any>;

export async function up(db: AnyDb, dialect: Dialect): Promise<void> {
  const millis = dialect.bigint;
  await db.schema
    .createTable('members')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('locale', 'text')
    .addColumn('dm_channel_id', 'text')
    .addColumn('discord_cursor', 'text')
    .addColumn('created_at', millis, (c) => c.notNull())
    .addColumn('seen_at', millis, (c) => c.notNull())
    .execute();
  await db.schema.createIndex('members_by_seen').on('members').column('seen_at').execute();

  await db.schema
    .createTable('conversations')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('member_id', 'text', (c) => c.notNull().references('members.id'))
    .addColumn('phase', 'text', (c) => c.notNull())
    .addColumn('previous_id', 'text')
    .addColumn('case_number', 'integer')
    .addColumn('turn_text', 'text')
    .addColumn('handed_over', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('twilio_sid', 'text', (c) => c.unique())
    .addColumn('twilio_cursor', 'integer', (c) => c.notNull().defaultTo(-1))
    .addColumn('relay_webhook_sid', 'text')
    .addColumn('studio_webhook_sid', 'text')
    .addColumn('channel_sid', 'text')
    .addColumn('opened_at', millis, (c) => c.notNull())
    .addColumn('changed_at', millis, (c) => c.notNull())
    .addColumn('closed_at', millis)
    .execute();
  await db.schema
    .createIndex('conversations_one_open')
    .unique()
    .on('conversations')
    .column('member_id')
    .where(sql<boolean>`phase <> 'closed'`)
    .execute();
  await db.schema
    .createIndex('conversations_by_member')
    .on('conversations')
    .columns(['member_id', 'opened_at'])
    .execute();
  await db.schema.createIndex('conversations_by_channel').on('conversations').column('channel_sid').execute();

  await db.schema
    .createTable('agents')
    .addColumn('id', dialect.serial, (c) => dialect.autoIncrement(c))
    .addColumn('conversation_id', 'text', (c) => c.notNull().references('conversations.id'))
    .addColumn('identity', 'text')
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('participant_sid', 'text')
    .addColumn('joined_at', millis, (c) => c.notNull())
    .addColumn('left_at', millis)
    .execute();
  await db.schema.createIndex('agents_by_conversation').on('agents').column('conversation_id').execute();

  await db.schema
    .createTable('cases')
    .addColumn('number', dialect.serial, (c) => dialect.autoIncrement(c))
    .addColumn('conversation_id', 'text')
    .addColumn('member_id', 'text', (c) => c.notNull().references('members.id'))
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('created_at', millis, (c) => c.notNull())
    .addColumn('changed_at', millis, (c) => c.notNull())
    .execute();
  await db.schema.createIndex('cases_by_member').on('cases').columns(['member_id', 'number']).execute();

  await db.schema
    .createTable('journal')
    .addColumn('id', dialect.serial, (c) => dialect.autoIncrement(c))
    .addColumn('lane', 'text', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull().unique())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('payload', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull().defaultTo('pending'))
    .addColumn('begun', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('failures', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('progress', 'text')
    .addColumn('error', 'text')
    .addColumn('created_at', millis, (c) => c.notNull())
    .addColumn('finished_at', millis)
    .execute();
  await db.schema
    .createIndex('journal_heads')
    .on('journal')
    .columns(['lane', 'id'])
    .where(sql<boolean>`status = 'pending'`)
    .execute();

  await db.schema
    .createTable('lanes')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('ready_at', millis)
    .addColumn('owner', 'text')
    .addColumn('epoch', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('lease_until', millis, (c) => c.notNull().defaultTo(0))
    .execute();
  await db.schema
    .createIndex('lanes_ready')
    .on('lanes')
    .column('ready_at')
    .where(sql<boolean>`ready_at is not null`)
    .execute();

  await db.schema
    .createTable('leases')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('owner', 'text', (c) => c.notNull())
    .addColumn('epoch', 'integer', (c) => c.notNull())
    .addColumn('lease_until', millis, (c) => c.notNull())
    .execute();
}
