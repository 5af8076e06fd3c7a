import type { Kysely } from 'kysely';
import type { Dialect } from '../dialect.ts';

/** biome-ignore lint/suspicious/noExplicitAny: a migration is written against the schema of its own day. */
type AnyDb = Kysely<any>;

/**
 * Since when a member waits for an answer, in a conversation and on a case. Of what an older version writes meanwhile
 * it is not known, and neither is it of what was written before.
 */
export async function up(db: AnyDb, dialect: Dialect): Promise<void> {
  const tables = await db.introspection.getTables();
  for (const table of ['conversations', 'cases']) {
    const columns = tables.find(({ name }) => name === table)?.columns ?? [];
    if (columns.some(({ name }) => name === 'unanswered_since')) continue;
    await db.schema.alterTable(table).addColumn('unanswered_since', dialect.bigint).execute();
  }
}
