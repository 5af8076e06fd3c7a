import type { Kysely } from 'kysely';
import type { Dialect } from '../dialect.ts';

/** biome-ignore lint/suspicious/noExplicitAny: a migration is written against the schema of its own day. */
type AnyDb = Kysely<any>;

/** What a server was set up with, the cards of cases in it, and what was taken from feeds. */
export async function up(db: AnyDb, dialect: Dialect): Promise<void> {
  const millis = dialect.bigint;
  await db.schema
    .createTable('guilds')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('locale', 'text', (c) => c.notNull())
    .addColumn('announcements_id', 'text')
    .addColumn('bugs_id', 'text')
    .addColumn('features_id', 'text')
    .addColumn('support_id', 'text')
    .addColumn('panel_message_id', 'text')
    .addColumn('moderator_role_id', 'text')
    .addColumn('changed_at', millis, (c) => c.notNull())
    .execute();

  await db.schema
    .createTable('case_cards')
    .addColumn('case_number', dialect.bigint, (c) => c.primaryKey().references('cases.number'))
    .addColumn('guild_id', 'text', (c) => c.notNull())
    .addColumn('channel_id', 'text', (c) => c.notNull())
    .addColumn('message_id', 'text')
    .addColumn('changes', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('pending', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('edited_at', millis, (c) => c.notNull().defaultTo(0))
    .execute();

  await db.schema
    .createTable('case_origins')
    .addColumn('origin', 'text', (c) => c.primaryKey())
    .addColumn('case_number', dialect.bigint, (c) => c.notNull().references('cases.number'))
    .execute();

  await db.schema
    .createTable('feeds')
    .addColumn('url', 'text', (c) => c.primaryKey())
    .addColumn('etag', 'text')
    .addColumn('last_modified', 'text')
    .addColumn('checked_at', millis, (c) => c.notNull())
    .execute();

  await db.schema
    .createTable('feed_items')
    .addColumn('feed_url', 'text', (c) => c.notNull())
    .addColumn('item', 'text', (c) => c.notNull())
    .addColumn('seen_at', millis, (c) => c.notNull())
    .addPrimaryKeyConstraint('feed_items_once', ['feed_url', 'item'])
    .execute();
}
