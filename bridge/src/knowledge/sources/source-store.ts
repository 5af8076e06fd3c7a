import type { ImportReport } from '@flexcord/shared/panel/library';
import { type Expression, sql } from 'kysely';
import type { Store } from '../../store/open.ts';
import { type Source, type SourceSettings, sourceOf } from './source.ts';

/** What failed is tried again sooner than its interval, and later with every failure. */
const MIN_RETRY_MS = 300_000;
/** Of each list of a report that is kept. */
const MAX_NOTES = 200;

/** Articles' sources, as they are kept. */
export function sourceStore(store: Store) {
  const later = (ms: number): Expression<number> => sql<number>`${store.now()} + ${sql.val(ms)}`;
  const find = async (id: number): Promise<Source | null> => {
    const row = await store.db
      .selectFrom('knowledge_sources')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    return row ? sourceOf(row) : null;
  };

  return {
    find,

    async list(): Promise<(Source & { isReading: boolean })[]> {
      const rows = await store.db
        .selectFrom('knowledge_sources')
        .selectAll()
        .select(sql<number>`case when claimed_until > ${store.now()} then 1 else 0 end`.as('reading'))
        .orderBy('id')
        .execute();
      return rows.map((row) => ({ ...sourceOf(row), isReading: Number(row.reading) === 1 }));
    },

    /** One of the same place is given these settings, and its pages are all read again. It is due at once. */
    async add(settings: SourceSettings, createdBy: string): Promise<Source> {
      const values = {
        hosts: JSON.stringify(settings.hosts),
        allow_private: settings.allowPrivate ? 1 : 0,
        interval_ms: settings.intervalMs,
        language: settings.language,
        labels: JSON.stringify(settings.labels),
        rule: settings.rule,
        next_at: 0,
      };
      return store.transact(async (tx) => {
        const row = await tx
          .insertInto('knowledge_sources')
          .values({
            kind: settings.kind,
            place: settings.place,
            created_at: Date.now(),
            created_by: createdBy,
            ...values,
          })
          .onConflict((conflict) => conflict.column('place').doUpdateSet({ ...values, read_at: null }))
          .returningAll()
          .executeTakeFirstOrThrow();
        await tx.deleteFrom('knowledge_source_pages').where('source_id', '=', Number(row.id)).execute();
        return sourceOf(row);
      });
    },

    /** Its articles stay as they are; what it proposed is forgotten. Whether there was one. */
    remove: (id: number): Promise<boolean> =>
      store.transact(async (tx) => {
        await tx.deleteFrom('knowledge_source_pages').where('source_id', '=', id).execute();
        await tx.deleteFrom('knowledge_links').where('source_id', '=', id).execute();
        await tx.deleteFrom('knowledge_proposals').where('source_id', '=', id).execute();
        const gone = await tx.deleteFrom('knowledge_sources').where('id', '=', id).executeTakeFirst();
        return Number(gone.numDeletedRows) > 0;
      }),

    /** Whether there is such a source, which is due now. */
    async makeDue(id: number): Promise<boolean> {
      const done = await store.db
        .updateTable('knowledge_sources')
        .set({ next_at: 0 })
        .where('id', '=', id)
        .executeTakeFirst();
      return Number(done.numUpdatedRows) > 0;
    },

    /** The sources that are due and that nobody reads, the longest due first. */
    async due(): Promise<number[]> {
      const rows = await store.db
        .selectFrom('knowledge_sources')
        .select('id')
        .where('next_at', '<=', store.now())
        .where((eb) => eb.or([eb('claimed_until', 'is', null), eb('claimed_until', '<=', store.now())]))
        .orderBy('next_at')
        .orderBy('id')
        .execute();
      return rows.map(({ id }) => Number(id));
    },

    /** Takes a source for `claimMs`, or keeps it; null where somebody else reads it, or it is gone. */
    async claim(id: number, claim: string, claimMs: number): Promise<Source | null> {
      const row = await store.db
        .updateTable('knowledge_sources')
        .set({ claim, claimed_until: later(claimMs), tried_at: store.now() })
        .where('id', '=', id)
        .where((eb) =>
          eb.or([
            eb('claim', '=', claim),
            eb('claimed_until', 'is', null),
            eb('claimed_until', '<=', store.now()),
          ]),
        )
        .returningAll()
        .executeTakeFirst();
      return row ? sourceOf(row) : null;
    },

    async release(id: number, claim: string): Promise<void> {
      await store.db
        .updateTable('knowledge_sources')
        .set({ claim: null, claimed_until: null })
        .where('id', '=', id)
        .where('claim', '=', claim)
        .execute();
    },

    /** A reading that went through. */
    async succeeded({ id, intervalMs }: Source, origin: string, report: ImportReport): Promise<void> {
      const kept: ImportReport = { ...report };
      for (const list of ['skipped', 'broken', 'withdrawn', 'gone', 'proposed'] as const)
        kept[list] = report[list].slice(0, MAX_NOTES);
      await store.db
        .updateTable('knowledge_sources')
        .set({
          read_at: store.now(),
          origin,
          next_at: later(intervalMs),
          error: null,
          failures: 0,
          report: JSON.stringify({ ...kept, columns: [] }),
        })
        .where('id', '=', id)
        .execute();
    },

    /** How often it has failed in a row by now. */
    async failed({ id, intervalMs, failures }: Source, error: string): Promise<number> {
      const retryMs = Math.min(intervalMs, MIN_RETRY_MS * 2 ** Math.min(failures, 10));
      const row = await store.db
        .updateTable('knowledge_sources')
        .set((eb) => ({ error, failures: eb('failures', '+', 1), next_at: later(retryMs) }))
        .where('id', '=', id)
        .returning('failures')
        .executeTakeFirst();
      return row?.failures ?? 0;
    },
  };
}

export type SourceStore = ReturnType<typeof sourceStore>;
