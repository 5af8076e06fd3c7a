import type { Kysely } from 'kysely';
import type { Dialect } from '../dialect.ts';

/** biome-ignore lint/suspicious/noExplicitAny: a migration is written against the schema of its own day. */
type AnyDb = Kysely<any>;

/** Articles know which import they are of, so that what is gone there is noticed, and whether their source withdrew them. */
export async function up(db: AnyDb, dialect: Dialect): Promise<void> {
  await db.schema.alterTable('articles').addColumn('import_origin', 'text').execute();
  await db.schema.alterTable('articles').addColumn('withdrawn_at', dialect.bigint).execute();
}
