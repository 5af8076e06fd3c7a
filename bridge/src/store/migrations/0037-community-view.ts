import { type Kysely, sql } from 'kysely';

/** biome-ignore lint/suspicious/noExplicitAny: a migration is written against the schema of its own day. */
type AnyDb = Kysely<any>;

/**
 * Who of the team has taken a public thread, and indexes for the lists and figures of them. An older version that writes
 * meanwhile knows of nobody who has taken one.
 */
export async function up(db: AnyDb): Promise<void> {
  const tables = await db.introspection.getTables();
  const columns = tables.find(({ name }) => name === 'public_threads')?.columns ?? [];
  for (const column of ['assignee_identity', 'assignee_name']) {
    if (columns.some(({ name }) => name === column)) continue;
    await db.schema.alterTable('public_threads').addColumn(column, 'text').execute();
  }
  // Whoever does not wait comes after everybody who does, and a row comparison goes on from a cursor in the same index.
  await sql`create index if not exists public_threads_by_wait
    on public_threads (state, (coalesce(waiting_since, 999999999999999)), id)`.execute(db);
  await db.schema
    .createIndex('public_threads_by_age')
    .ifNotExists()
    .on('public_threads')
    .columns(['state', 'opened_at', 'id'])
    .execute();
  // Figures are read from the index alone.
  await db.schema
    .createIndex('public_threads_by_time')
    .ifNotExists()
    .on('public_threads')
    .columns(['opened_at', 'id', 'adopted', 'answered_by', 'answered_at', 'state'])
    .execute();
}
