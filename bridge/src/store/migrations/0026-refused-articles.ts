import type { Kysely } from 'kysely';

/** biome-ignore lint/suspicious/noExplicitAny: a migration is written against the schema of its own day. */
type AnyDb = Kysely<any>;

/** Which articles a member has said no to. An older version that writes meanwhile knows of none. */
export async function up(db: AnyDb): Promise<void> {
  const tables = await db.introspection.getTables();
  const columns = tables.find(({ name }) => name === 'bot_turns')?.columns ?? [];
  if (columns.some(({ name }) => name === 'refused')) return;
  await db.schema
    .alterTable('bot_turns')
    .addColumn('refused', 'text', (column) => column.notNull().defaultTo('[]'))
    .execute();
}
