import type { ImportReport } from '@flexcord/shared/panel/library';
import type { Store } from '../../store/open.ts';
import { importArticles } from '../import/import-articles.ts';
import { ImportError } from '../import/records.ts';
import type { Collected, CollectJob } from './collect.ts';
import { checkLinks } from './links.ts';
import { importedAtOf, keepPages, pagesOf } from './pages.ts';
import { dropStaleProposals } from './proposals.ts';
import { authorizationOf, type Source, type SourceLogins } from './source.ts';
import { sourceStore } from './source-store.ts';

/** Of what a source has here, the share that may be gone at once; when more is, nothing is withdrawn before a person says so. */
const MAX_GONE_SHARE = 1 / 3;

export interface ReadingOptions {
  store: Store;
  collect(job: CollectJob, signal: AbortSignal): Promise<Collected>;
  /** Least time between two requests to a source, in milliseconds. */
  paceMs: number;
  logins: SourceLogins;
  /** For how long a source is this process's without another word, in milliseconds. Default a minute. */
  claimMs?: number;
}

export interface ReadingRequest {
  /** Says what would be done, and does nothing. */
  dryRun?: boolean;
  /** Reads pages again that their server says are unchanged. */
  all?: boolean;
}

/** `busy`: another process reads it, or it is not there any more. */
export type Reading =
  | { is: 'read'; report: ImportReport }
  | { is: 'failed'; reason: string; failures: number }
  | { is: 'busy' };

const EDITOR = { identity: null, name: 'Flexcord' };
const DEFAULT_CLAIM_MS = 60_000;

/**
 * Reads a source once: everything that it says is collected first, then compared with what is here, then applied by the
 * source's rule. A process that dies in it leaves a part of it applied, and the next reading does the rest.
 */
export async function readSource(
  id: number,
  { store, collect, paceMs, logins, claimMs = DEFAULT_CLAIM_MS }: ReadingOptions,
  { dryRun = false, all = false }: ReadingRequest,
  stopped: AbortSignal,
): Promise<Reading> {
  const sources = sourceStore(store);
  const claim = Bun.randomUUIDv7();
  const source = await sources.claim(id, claim, claimMs);
  if (!source) return { is: 'busy' };
  const lost = new AbortController();
  const signal = AbortSignal.any([stopped, lost.signal]);
  const renewing = setInterval(() => {
    sources.claim(id, claim, claimMs).then(
      (kept) => kept ?? lost.abort(),
      () => lost.abort(),
    );
  }, claimMs / 3);
  try {
    const collected = await collect(await jobFor(source), signal).catch((error: Error) => {
      throw error instanceof ImportError ? error : new ImportError(error.message);
    });
    const planned = await take(source, collected, { dryRun: true, hold: false });
    const gone = planned.report.withdrawn.length + [...planned.proposed.values()].filter(isWithdrawal).length;
    const hold = gone > (await publishedOf(store, collected)) * MAX_GONE_SHARE;
    if (dryRun && !hold) return { is: 'read', report: planned.report };
    if (signal.aborted) return { is: 'busy' };
    const { report, proposed } = await take(source, collected, { dryRun, hold });
    if (!dryRun) {
      await keepPages(store, id, collected, new Set(report.broken.map(({ where }) => where)));
      await dropStaleProposals(store, id, collected, proposed);
      await checkLinks(store, source, collected, { paceMs, signal });
      await sources.succeeded(source, collected.origin, report);
    }
    return { is: 'read', report };
  } catch (error) {
    if (signal.aborted) return { is: 'busy' };
    const isKnown = error instanceof ImportError;
    const reason = isKnown ? error.message : 'The bridge failed on it; its log says why.';
    const failures = dryRun ? 0 : await sources.failed(source, reason);
    if (!isKnown) throw error;
    return { is: 'failed', reason, failures };
  } finally {
    clearInterval(renewing);
    await sources.release(id, claim);
  }

  async function jobFor(source: Source): Promise<CollectJob> {
    const { kind, place, hosts, allowPrivate } = source;
    const isSite = kind === 'sitemap' && !all;
    return {
      settings: { kind, place, hosts, allowPrivate },
      paceMs,
      authorization: authorizationOf(source, logins),
      pages: isSite ? await pagesOf(store, id) : new Map(),
      // With other settings than before, every page makes another article.
      importedAt:
        isSite && source.readAt !== null ? await importedAtOf(store, new URL(place).host) : new Map(),
    };
  }

  async function take(
    { rule, language, labels }: Source,
    { source, origin, records, isWhole }: Collected,
    { dryRun, hold }: { dryRun: boolean; hold: boolean },
  ) {
    const proposed = new Map<string, 'changed' | 'withdrawn'>();
    const report = await importArticles(
      store,
      { source, origin, keepsEdits: true, records: streamOf(records), isWhole: () => isWhole },
      {
        ...{ dryRun, labels, withdrawGone: true },
        ...(language ? { language } : {}),
        proposing: { sourceId: id, rule, hold, proposed },
      },
      EDITOR,
    );
    return { report, proposed };
  }
}

const isWithdrawal = (kind: 'changed' | 'withdrawn') => kind === 'withdrawn';

/** How long articles may be compared and written before others have the event loop, in milliseconds. */
const SLICE_MS = 5;

/** On the embedded store nothing waits between two statements: without pauses, messages would wait for all of them. */
async function* streamOf<T>(items: readonly T[]): AsyncGenerator<T> {
  let until = performance.now() + SLICE_MS;
  for (const item of items) {
    if (performance.now() > until) {
      await Bun.sleep(1);
      until = performance.now() + SLICE_MS;
    }
    yield item;
  }
}

/** How many articles of a source are published here. */
export async function publishedOf(
  store: Store,
  { source, origin }: Pick<Collected, 'source' | 'origin'>,
): Promise<number> {
  const { count } = await store.db
    .selectFrom('articles')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('source', '=', source)
    .where('import_origin', '=', origin)
    .where('status', '=', 'published')
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(count);
}
