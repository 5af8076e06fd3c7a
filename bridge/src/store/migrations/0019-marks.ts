import type { Kysely } from 'kysely';

/**
 * What is known of the store itself, beside what it keeps: that it was restored, or moved elsewhere.
 *
 * biome-ignore lint/suspicious/noExplicitAny: a migration is written against the schema of its own day.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await db.schema
    .createTable('marks')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('value', 'text', (c) => c.notNull())
    .execute();
}
