import type { Kysely } from 'kysely';
import { fold } from './0023-folding.ts';

/** biome-ignore lint/suspicious/noExplicitAny: a migration is written against the schema of its own day. */
type AnyDb = Kysely<any>;

/** Rows read at once. */
const BATCH_SIZE = 500;

/**
 * What posts in public are looked for by is kept beside their titles: the embedded store makes only a to z equal to A to Z. An
 * older version that writes meanwhile leaves it empty.
 */
export async function up(db: AnyDb): Promise<void> {
  await db.schema
    .alterTable('public_threads')
    .addColumn('search_title', 'text', (column) => column.notNull().defaultTo(''))
    .execute();
  for (let after = ''; ; ) {
    const rows = await db
      .selectFrom('public_threads')
      .select(['id', 'title'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(BATCH_SIZE)
      .execute();
    for (const { id, title } of rows)
      await db
        .updateTable('public_threads')
        .set({ search_title: fold(title) })
        .where('id', '=', id)
        .execute();
    if (rows.length < BATCH_SIZE) return;
    after = rows.at(-1)?.id;
  }
}
