import type { Kysely } from 'kysely';
import type { Dialect } from '../dialect.ts';

/** biome-ignore lint/suspicious/noExplicitAny: a migration is written against the schema of its own day. */
export async function up(db: Kysely<any>, dialect: Dialect): Promise<void> {
  await db.schema
    .createTable('text_vectors')
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('steps', dialect.bytes, (c) => c.notNull())
    .addColumn('used_at', dialect.bigint, (c) => c.notNull())
    .execute();
}
