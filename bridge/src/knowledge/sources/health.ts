import type { LibrarySource } from '@flexcord/shared/panel/library-sources';
import type { Store } from '../../store/open.ts';
import type { Source } from './source.ts';
import { sourceStore } from './source-store.ts';

/** Articles that wait for a person, by source; and of which sources too much is gone. */
async function waitingOf(store: Store): Promise<{ counts: Map<number, number>; held: Set<number> }> {
  const rows = await store.db
    .selectFrom('knowledge_proposals')
    .select((eb) => ['source_id', 'why', eb.fn.countAll<number>().as('count')])
    .groupBy(['source_id', 'why'])
    .execute();
  const counts = new Map<number, number>();
  const held = new Set<number>();
  for (const { source_id, why, count } of rows) {
    const id = Number(source_id);
    counts.set(id, (counts.get(id) ?? 0) + Number(count));
    if (why === 'many') held.add(id);
  }
  return { counts, held };
}

/** Every source with how it fares. */
export async function sourcesWithHealth(store: Store): Promise<LibrarySource[]> {
  const [sources, { counts, held }] = await Promise.all([sourceStore(store).list(), waitingOf(store)]);
  return Promise.all(
    sources.map(
      async (source): Promise<LibrarySource> => ({
        id: source.id,
        kind: source.kind,
        place: source.place,
        hosts: source.hosts,
        intervalMs: source.intervalMs,
        language: source.language,
        labels: source.labels,
        rule: source.rule,
        state: source.isReading ? 'reading' : stateOf(source, held),
        nextAt: timeOf(source.nextAt),
        readAt: source.readAt === null ? null : timeOf(source.readAt),
        error: source.error,
        failures: source.failures,
        articles: await publishedIn(store, source),
        proposals: counts.get(source.id) ?? 0,
        report: source.report,
      }),
    ),
  );
}

/** For Prometheus. */
export async function countSources(store: Store): Promise<Record<string, number>> {
  const [sources, { counts, held }] = await Promise.all([sourceStore(store).list(), waitingOf(store)]);
  return {
    all: sources.length,
    failing: sources.filter(({ failures }) => failures > 0).length,
    held: held.size,
    proposals: [...counts.values()].reduce((sum, count) => sum + count, 0),
  };
}

const timeOf = (ms: number): string => new Date(ms).toISOString();

function stateOf({ id, failures, readAt }: Source, held: ReadonlySet<number>): LibrarySource['state'] {
  if (failures > 0) return 'failing';
  if (held.has(id)) return 'held';
  return readAt === null ? 'new' : 'working';
}

async function publishedIn(store: Store, { origin }: Source): Promise<number> {
  if (origin === null) return 0;
  const { count } = await store.db
    .selectFrom('articles')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('import_origin', '=', origin)
    .where('status', '=', 'published')
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(count);
}
