import type { CaseTiles } from '@flexcord/shared/panel/case-list';
import { sql } from 'kysely';
import type { Store } from '../store/open.ts';

const FRESH_MS = 1000;

/** Counts the cases of each status; asked again within a second, it answers the same. */
export function createTiles(store: Store): () => Promise<CaseTiles> {
  let counted: { at: number; tiles: Promise<CaseTiles> } | undefined;
  return () => {
    if (!counted || Date.now() - counted.at > FRESH_MS) {
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
    .select((eb) => ['status', eb.fn.countAll<number>().as('count')])
    .where('deleted_at', 'is', null)
    .groupBy('status')
    .execute();
  const { unassigned } = await store.db
    .selectFrom('cases')
    .select((eb) => eb.fn.countAll<number>().as('unassigned'))
    .where(sql<boolean>`status in ('open', 'elevated', 'waiting')`)
    .where('assignee_identity', 'is', null)
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow();
  const of = (status: string) => Number(rows.find((row) => row.status === status)?.count ?? 0);
  return {
    all: rows.reduce((sum, row) => sum + Number(row.count), 0),
    open: of('open'),
    elevated: of('elevated'),
    waiting: of('waiting'),
    resolved: of('resolved'),
    closed: of('closed'),
    unassigned: Number(unassigned),
  };
}
