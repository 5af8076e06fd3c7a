import type { Kysely } from 'kysely';
import type { Dialect } from '../dialect.ts';

/**
 * Where agents' messages are in their conversation, and which version of them was heard. SQLite commits each step by
 * itself, so each can be done again after a migration that was broken off.
 *
 * biome-ignore lint/suspicious/noExplicitAny: a migration is written against the schema of its own day.
 */
export async function up(db: Kysely<any>, dialect: Dialect): Promise<void> {
  const messages = (await db.introspection.getTables()).find(({ name }) => name === 'messages');
  const has = (column: string) => messages?.columns.some(({ name }) => name === column);
  if (!has('place')) await db.schema.alterTable('messages').addColumn('place', 'integer').execute();
  if (!has('changed_at'))
    await db.schema.alterTable('messages').addColumn('changed_at', dialect.bigint).execute();
}
