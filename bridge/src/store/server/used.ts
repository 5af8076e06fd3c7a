import { type Kysely, sql } from 'kysely';
import { StoreError } from '../errors.ts';
import type { Schema } from '../schema.ts';
import { HEARTBEAT_NAME } from './heartbeat-name.ts';
import { NOW_MS } from './now.ts';

/** Throws a StoreError while a bridge uses the database; `what` is what it must not be used for meanwhile. */
export async function refuseWhileUsed(db: Kysely<Schema>, what: string): Promise<void> {
  const { rows } = await sql<{ beats: boolean; holds: boolean }>`select
    exists (select 1 from pg_stat_activity
      where datname = current_database() and application_name = ${HEARTBEAT_NAME}) as beats,
    exists (select 1 from leases where owner <> '' and lease_until > ${sql.raw(NOW_MS)}) as holds`.execute(
    db,
  );
  const [{ beats, holds } = { beats: true, holds: true }] = rows;
  if (beats || holds)
    throw new StoreError(
      `A Flexcord bridge is using the database of DATABASE_URL. Stop every bridge first; one that was killed lets go by itself within LEASE_MS. Then ${what}.`,
    );
}
