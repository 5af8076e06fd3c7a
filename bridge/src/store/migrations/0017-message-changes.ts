import { type Kysely, sql } from 'kysely';
import type { Dialect } from '../dialect.ts';

/**
 * Where a member wrote a message, its newest version, and whether it is gone. SQLite commits each step by itself, so each
 * can be done again after a migration that was broken off.
 */
// biome-ignore lint/suspicious/noExplicitAny: a migration is written against the schema of its own day.
export async function up(db: Kysely<any>, dialect: Dialect): Promise<void> {
  const messages = (await db.introspection.getTables()).find(({ name }) => name === 'messages');
  const add = async (column: string, type: 'text' | typeof dialect.bigint) => {
    if (!messages?.columns.some(({ name }) => name === column))
      await db.schema.alterTable('messages').addColumn(column, type).execute();
  };
  await add('channel_id', 'text');
  await add('edited_at', 'text');
  await add('deleted_at', dialect.bigint);
  await sql`update messages set channel_id = (
    select channel_id from links where links.discord_id = messages.id limit 1
  ) where direction = 'to-agent'`.execute(db);
}
