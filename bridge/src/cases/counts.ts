import type { CaseTiles } from '@flexcord/shared/panel/case-list';
import { isUnfinished } from '@flexcord/shared/panel/case-status';
import { sql } from 'kysely';
import type { Store } from '../store/open.ts';

const COUNTS_TTL_MS = 1000;

/** Counts the cases of each status; the result is cached for a second. */
export function createTiles(store: Store): () => Promise<CaseTiles> {
  let counted: { at: number; tiles: Promise<CaseTiles> } | undefined;
  return () => {
    if (!counted || Date.now() - counted.at > COUNTS_TTL_MS) {
      const tiles = count(store);
      counted = { at: Date.now(), tiles };
      tiles.catch(() => {
        counted = undefined;
      });
    }
    return counted.tiles;
  };
}

async function count(store: Store): Promise<CaseTiles> {
  const rows = await store.db
    .selectFrom('cases')
    .select((eb) => [
      'status',
      eb.fn.countAll<number>().as('count'),
      eb.fn.sum<number>(sql`case when assignee_identity is null then 1 else 0 end`).as('unassigned'),
    ])
    .where('deleted_at', 'is', null)
    .groupBy('status')
    .execute();
  const of = (status: string) => Number(rows.find((row) => row.status === status)?.count ?? 0);
  return {
    all: rows.reduce((sum, row) => sum + Number(row.count), 0),
    open: of('open'),
    elevated: of('elevated'),
    waiting: of('waiting'),
    resolved: of('resolved'),
    closed: of('closed'),
    unassigned: rows.reduce((sum, row) => sum + (isUnfinished(row.status) ? Number(row.unassigned) : 0), 0),
  };
}
