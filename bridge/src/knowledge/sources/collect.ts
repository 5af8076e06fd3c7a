import { openImportSource } from '../import/import-source.ts';
import { ImportError, type ImportRecord } from '../import/records.ts';
import type { Validators } from '../import/web.ts';
import type { SourceSettings } from './source.ts';

/** What a source is read with; it can be sent to another thread. */
export interface CollectJob {
  settings: Pick<SourceSettings, 'kind' | 'place' | 'hosts' | 'allowPrivate'>;
  /** Least time between two requests, in milliseconds. */
  paceMs: number;
  /** Of the `authorization` header. */
  authorization: string | null;
  /** By address, of pages whose articles are here as they were read. */
  pages: ReadonlyMap<string, Validators>;
  /** When articles were last read, by id. */
  importedAt: ReadonlyMap<string, number>;
}

export interface PageRead extends Validators {
  url: string;
  articleId: string;
}

/** Everything that a source says. */
export interface Collected {
  source: string;
  origin: string;
  records: ImportRecord[];
  isWhole: boolean;
  /** What servers want to hear the next time. */
  pages: PageRead[];
}

const MAX_RECORDS = 5_000;
/** Characters of all texts of a source together. */
const MAX_LENGTH = 50_000_000;
/** More than that robots.txt cannot ask for, in milliseconds. */
const MAX_PACE_MS = 30_000;

/**
 * Reads all that a source has, without writing anything.
 * @throws ImportError where it cannot be read, or is too much
 */
export async function collect(job: CollectJob): Promise<Collected> {
  const { kind, place, hosts, allowPrivate } = job.settings;
  const pages: PageRead[] = [];
  const pace = createPace(job.paceMs);
  const source = await openImportSource(place, {
    allowPrivate,
    hosts,
    ...(kind === 'folder' ? {} : { allowedHosts: new Set(hosts) }),
    ...(job.authorization ? { authorization: job.authorization } : {}),
    pace: pace.wait,
    onCrawlDelay: pace.slowTo,
    importedAt: async (id) => job.importedAt.get(id) ?? null,
    knownPage: (url) => job.pages.get(url),
    onPage: (page) => pages.push(page),
  });
  const isKind = {
    sitemap: !['zendesk', 'intercom', 'markdown'].includes(source.source),
    folder: source.source === 'markdown',
    zendesk: source.source === 'zendesk',
    intercom: source.source === 'intercom',
  };
  if (!isKind[kind]) throw new ImportError(`${place} is no ${kind}: it looks like ${source.source}.`);
  const records: ImportRecord[] = [];
  let length = 0;
  for await (const record of source.records) {
    records.push(record);
    if (record.is === 'article') length += String(record.fields.text ?? '').length;
    if (records.length > MAX_RECORDS)
      throw new ImportError(`${place} has more than ${MAX_RECORDS} articles. Make several sources of it.`);
    if (length > MAX_LENGTH)
      throw new ImportError(
        `${place} has more than ${MAX_LENGTH / 1_000_000} million characters. Make several sources of it.`,
      );
  }
  return {
    source: source.source,
    origin: source.origin,
    records,
    isWhole: source.isWhole?.() !== false,
    pages,
  };
}

/** Lets nobody go sooner than so many milliseconds after the one before. */
export function createPace(leastMs: number) {
  let apartMs = leastMs;
  let next = 0;
  return {
    async wait(): Promise<void> {
      const now = performance.now();
      const turn = Math.max(now, next);
      next = turn + apartMs;
      if (turn > now) await Bun.sleep(turn - now);
    },
    slowTo(seconds: number): void {
      apartMs = Math.max(apartMs, Math.min(seconds * 1000, MAX_PACE_MS));
    },
  };
}
