import { type Kysely, sql } from 'kysely';

/** biome-ignore lint/suspicious/noExplicitAny: a migration is written against the schema of its own day. */
export async function up(db: Kysely<any>): Promise<void> {
  await db.schema.alterTable('journal').addColumn('trace', 'text').execute();
  await db.schema.alterTable('journal').addColumn('handled_by', 'text').execute();
  // Few entries ever are, and they are looked for often.
  await db.schema
    .createIndex('journal_parked')
    .on('journal')
    .column('id')
    .where(sql<boolean>`status = 'parked'`)
    .execute();
}
