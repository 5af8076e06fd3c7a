import type { Kysely } from 'kysely';

/** biome-ignore lint/suspicious/noExplicitAny: a migration is written against the schema of its own day. */
type AnyDb = Kysely<any>;

/** When places under a limit that all processes share were given out last. Older versions keep theirs in `leases`. */
export async function up(db: AnyDb): Promise<void> {
  await db.schema
    .createTable('limits')
    .ifNotExists()
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('given', 'text', (column) => column.notNull())
    .execute();
}
