import { sql } from 'kysely';
import type { Store } from './store.ts';

/**
 * When this store was first used, in milliseconds since the epoch. Its members may be older than its tables, where it was
 * moved from elsewhere.
 */
export async function storeBegan({ db }: Store): Promise<number> {
  const { rows } = await sql<{
    began: string | null;
  }>`select min(timestamp) as began from kysely_migration`.execute(db);
  const migrated = Date.parse(rows[0]?.began ?? '');
  const member = await db
    .selectFrom('members')
    .select('created_at')
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst();
  return Math.min(
    Number.isNaN(migrated) ? Date.now() : migrated,
    member?.created_at ?? Number.POSITIVE_INFINITY,
  );
}
