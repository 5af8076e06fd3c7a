import { type Kysely, sql } from 'kysely';

/** biome-ignore lint/suspicious/noExplicitAny: a migration is written against the schema of its own day. */
type AnyDb = Kysely<any>;

/** What a lane sent last is the place to which is read back. */
export async function up(db: AnyDb): Promise<void> {
  await db.schema
    .createIndex('journal_outcomes')
    .on('journal')
    .columns(['lane', 'id'])
    .where(sql<boolean>`progress is not null`)
    .execute();
}
