import type { Kysely } from 'kysely';
import type { Dialect } from '../dialect.ts';

/** biome-ignore lint/suspicious/noExplicitAny: a migration is written against the schema of its own day. */
export async function up(db: Kysely<any>, dialect: Dialect): Promise<void> {
  await db.schema
    .createTable('bot_turns')
    .addColumn('id', dialect.serial, (c) => dialect.autoIncrement(c))
    .addColumn('conversation_id', 'text', (c) => c.notNull().references('conversations.id'))
    .addColumn('question', 'text', (c) => c.notNull())
    .addColumn('said', 'text', (c) => c.notNull())
    .addColumn('articles', 'text', (c) => c.notNull())
    .addColumn('at', dialect.bigint, (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('bot_turns_by_conversation')
    .on('bot_turns')
    .columns(['conversation_id', 'id'])
    .execute();
}
