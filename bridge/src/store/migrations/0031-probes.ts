import type { Kysely } from 'kysely';
import type { Dialect } from '../dialect.ts';

/** biome-ignore lint/suspicious/noExplicitAny: a migration is written against the schema of its own day. */
type AnyDb = Kysely<any>;

/** What was found out about accounts by `bun run doctor --probe`, which was a file in DATA_DIR; and which probe is running. */
export async function up(db: AnyDb, dialect: Dialect): Promise<void> {
  await db.schema
    .createTable('probe_answers')
    .addColumn('account_sid', 'text', (column) => column.notNull())
    .addColumn('question', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('note', 'text')
    .addColumn('found_at', dialect.bigint, (column) => column.notNull())
    .addPrimaryKeyConstraint('probe_answers_key', ['account_sid', 'question'])
    .execute();
  await db.schema
    .createTable('probe_runs')
    .addColumn('account_sid', 'text', (column) => column.primaryKey())
    .addColumn('run', 'text', (column) => column.notNull())
    .addColumn('beat', 'integer', (column) => column.notNull())
    .addColumn('started_at', dialect.bigint, (column) => column.notNull())
    .execute();
}
