import type { Kysely } from 'kysely';

/** biome-ignore lint/suspicious/noExplicitAny: a migration is written against the schema of its own day. */
export async function up(db: Kysely<any>): Promise<void> {
  await db.schema.alterTable('members').addColumn('thread_state', 'text').execute();
}
