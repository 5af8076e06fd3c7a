import { stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { DAY_MS } from '@flexcord/shared/time';
import type { Store } from '../../store/open.ts';
import { articleBatches } from '../articles/queries.ts';
import { deadEndOf } from '../import/web.ts';
import { type Collected, createPace } from './collect.ts';
import type { Source } from './source.ts';

/** Links that are tried at one reading: those that were not for longest. */
const MAX_TRIED = 100;
/** One that led somewhere is tried again after so long, in milliseconds. */
const GOOD_FOR_MS = 7 * DAY_MS;
const CHUNK_SIZE = 200;
const ROWS_A_SLICE = 50;

/**
 * Tries links in the published articles of a source that lead to its own hosts, or to files of its folder, and keeps those
 * that lead nowhere. Other hosts are not asked: nobody named them.
 */
export async function checkLinks(
  store: Store,
  source: Source,
  { origin, records }: Pick<Collected, 'origin' | 'records'>,
  { paceMs, signal }: { paceMs: number; signal: AbortSignal },
): Promise<void> {
  const links = await linksOf(store, source, origin);
  const known = new Map(
    (
      await store.db.selectFrom('knowledge_links').selectAll().where('source_id', '=', source.id).execute()
    ).map((row) => [row.url, row]),
  );
  const gone = [...known.keys()].filter((url) => !links.has(url));
  for (let at = 0; at < gone.length; at += CHUNK_SIZE)
    await store.db
      .deleteFrom('knowledge_links')
      .where('source_id', '=', source.id)
      .where('url', 'in', gone.slice(at, at + CHUNK_SIZE))
      .execute();
  // What was read just now is there.
  const read = new Set(
    records.flatMap(({ is, where }) => (is === 'article' || is === 'same' ? [where] : [])),
  );
  const now = Date.now();
  const due = [...links]
    .filter(([url]) => {
      const row = known.get(url);
      return !row || row.reason !== null || row.checked_at < now - GOOD_FOR_MS;
    })
    .sort(([one], [other]) => (known.get(one)?.checked_at ?? 0) - (known.get(other)?.checked_at ?? 0))
    .slice(0, MAX_TRIED);
  const pace = createPace(paceMs);
  for (const [url, target] of due) {
    if (signal.aborted) return;
    const reason = read.has(withoutHash(target))
      ? null
      : source.kind === 'folder'
        ? await missingFile(target)
        : await deadEndOf(target, {
            allowPrivate: source.allowPrivate,
            allowedHosts: new Set(source.hosts),
            pace: pace.wait,
          });
    const values = { reason, checked_at: Date.now() };
    await store.db
      .insertInto('knowledge_links')
      .values({ source_id: source.id, url, ...values })
      .onConflict((conflict) => conflict.columns(['source_id', 'url']).doUpdateSet(values))
      .execute();
  }
}

/** Links that can be tried, as they are written, and what each leads to: an address, or the path of a file. */
async function linksOf(store: Store, source: Source, origin: string): Promise<Map<string, string>> {
  const links = new Map<string, string>();
  const published = articleBatches(store, (query) =>
    query
      .where('import_origin', '=', origin)
      .where('status', '=', 'published')
      .where('deleted_at', 'is', null),
  );
  for await (const rows of published)
    for (const [index, { text, url, source_id }] of rows.entries()) {
      // Others have the event loop meanwhile.
      if (index % ROWS_A_SLICE === 0) await Bun.sleep(0);
      for (const link of linksIn(text)) {
        const target =
          source.kind === 'folder'
            ? fileOf(link, source.place, source_id ?? '')
            : addressOf(link, url ?? source_id ?? '', source.hosts);
        if (target !== null) links.set(link, target);
      }
    }
  return links;
}

/** The targets of links in Markdown, without those of pictures. */
export const linksIn = (text: string): string[] => [
  ...new Set(
    [...text.matchAll(/(?<!!)\[[^\]\n]*\]\(\s*<?([^\s)>]+)>?(?:\s+["'(][^)\n]*)?\)/g)].map(
      ([, link = '']) => link,
    ),
  ),
];

function addressOf(link: string, base: string, hosts: readonly string[]): string | null {
  const url = URL.parse(link, URL.canParse(base) ? base : undefined);
  return url && /^https?:$/.test(url.protocol) && hosts.includes(url.host) ? url.href : null;
}

const withoutHash = (address: string) => address.replace(/#.*$/, '');

/** Null for what is no file of the folder: an address, a place in the same page, a path of the site that is made of it. */
function fileOf(link: string, folder: string, from: string): string | null {
  if (/^(?:[a-z][a-z\d+.-]*:|[#/?])/i.test(link)) return null;
  const [path = ''] = link.split(/[?#]/);
  let decoded = path;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    // It is a name as it is.
  }
  const target = resolve(dirname(join(folder, from)), decoded);
  return relative(resolve(folder), target).startsWith('..') ? null : target;
}

async function missingFile(path: string): Promise<string | null> {
  for (const ending of ['', '.md', '.mdx']) if (await stat(`${path}${ending}`).catch(() => null)) return null;
  return 'names a file that is not there.';
}
