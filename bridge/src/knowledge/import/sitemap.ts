import { gunzipSync } from 'node:zlib';
import { DAY_MS } from '@flexcord/shared/time';
import { XMLParser } from 'fast-xml-parser';
import robotsParser from 'robots-parser';
import { decodeText, UndecodableText } from '../../formats/decode.ts';
import { languageTag } from '../text/language-tag.ts';
import { pageOf } from './html.ts';
import { ImportError, type ImportRecord, type ImportSource, shortHash } from './records.ts';
import { getPage, USER_AGENT, type Validators, type WebAnswer, type WebOptions } from './web.ts';

export interface SitemapOptions extends WebOptions {
  /** Hosts besides the sitemap's own whose pages are fetched. */
  hosts?: readonly string[];
  /** When the article of a page was last imported; its page is not fetched again if the sitemap says that it is older. */
  importedAt?: (articleId: string) => Promise<number | null>;
  /** Of the last answer of a page whose article is still as it was then. */
  knownPage?(url: string): Validators | undefined;
  /** A page was read that its server can be asked for again. */
  onPage?(page: { url: string; articleId: string } & Validators): void;
  /** What robots.txt asks to wait between two requests, in seconds. */
  onCrawlDelay?(seconds: number): void;
}

const MAX_PAGES = 5_000;
const MAX_SITEMAPS = 50;
const MAX_SITEMAP_BYTES = 50 * 1024 * 1024;
const CONCURRENCY = 4;

interface Listed {
  url: URL;
  changedAt: number | null;
}

const xml = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  removeNSPrefix: true,
  processEntities: { enabled: true, maxTotalExpansions: 100_000 },
  isArray: (name) => name === 'url' || name === 'sitemap',
});

/**
 * The pages that a sitemap lists, as articles: what is the page's own, without what surrounds it on every page. Pages of
 * other hosts and pages that robots.txt closes are skipped.
 */
export function readSitemap(address: string, bytes: Uint8Array, options: SitemapOptions): ImportSource {
  const host = new URL(address).host;
  const state = { isWhole: true };
  return {
    source: host,
    origin: address,
    keepsEdits: true,
    records: pagesOf(new URL(address), bytes, options, state),
    isWhole: () => state.isWhole,
  };
}

async function* pagesOf(
  sitemap: URL,
  bytes: Uint8Array,
  options: SitemapOptions,
  state: { isWhole: boolean },
): AsyncGenerator<ImportRecord> {
  const hosts = new Set([sitemap.host, ...(options.hosts ?? [])]);
  const robots = new Map<string, Promise<ReturnType<typeof robotsParser>>>();

  async function refusal(url: URL): Promise<string | null> {
    if (!hosts.has(url.host)) return `is on another host than ${sitemap.host}.`;
    const known = robots.get(url.origin) ?? robotsOf(url.origin, options);
    robots.set(url.origin, known);
    const delay = (await known).getCrawlDelay(USER_AGENT);
    if (delay) options.onCrawlDelay?.(delay);
    return (await known).isAllowed(url.href, USER_AGENT) === false ? 'is closed by robots.txt.' : null;
  }

  async function read({ url, changedAt }: Listed): Promise<ImportRecord> {
    const where = url.href;
    const id = `web-${shortHash(where)}`;
    try {
      const reason = await refusal(url);
      if (reason) return { is: 'skipped', where, id, reason };
      const importedAt = changedAt === null ? null : await options.importedAt?.(id);
      if (changedAt !== null && importedAt && changedAt < importedAt)
        return { is: 'same', where, id, reason: '' };
      const answer = await getPage(where, {
        ...options,
        known: options.knownPage?.(where),
        mayFollow: (next) => (hosts.has(next.host) ? null : `is on another host than ${sitemap.host}.`),
      });
      if (answer.status === 304) return { is: 'same', where, id, reason: '' };
      if (answer.status !== 200) {
        const reason = `answers with status ${answer.status}.`;
        // A page that its site says is gone is not there; any other may be back soon.
        return { is: 'broken', where, ...(GONE.has(answer.status) ? {} : { id }), reason };
      }
      if (!/html/.test(answer.contentType))
        return { is: 'skipped', where, reason: `is ${answer.contentType || 'something'} and no HTML.` };
      const { etag, lastModified } = answer.validators;
      if (etag || lastModified) options.onPage?.({ url: where, articleId: id, etag, lastModified });
      return articleOf(id, where, answer);
    } catch (error) {
      if (error instanceof ImportError || error instanceof UndecodableText)
        return { is: 'broken', where, id, reason: error.message };
      throw error;
    }
  }

  // Several pages at once, handed on in the order of the sitemap.
  const underWay: Promise<ImportRecord>[] = [];
  let pages = 0;
  for await (const listed of listedIn(sitemap, bytes, options, refusal)) {
    if ('is' in listed) {
      // Its pages are not known.
      state.isWhole = false;
      yield listed;
      continue;
    }
    pages += 1;
    if (pages > MAX_PAGES)
      throw new ImportError(
        `${sitemap.href} lists more than ${MAX_PAGES} pages. Import its parts one by one.`,
      );
    const page = read(listed);
    // Whoever awaits it hears of it; until then it is not unheard.
    page.catch(() => {});
    underWay.push(page);
    if (underWay.length >= CONCURRENCY) yield await (underWay.shift() as Promise<ImportRecord>);
  }
  for (const page of underWay) yield await page;
}

function articleOf(id: string, where: string, { bytes, contentType, url }: WebAnswer): ImportRecord {
  const page = pageOf(decodeText(bytes, { kind: 'html', contentType }), url);
  if (!page) return { is: 'skipped', where, reason: 'has nothing to read.' };
  const { title, text } = page;
  if (title === '') return { is: 'skipped', where, reason: 'has no title.' };
  // What a page calls its language may be none; its letters and words tell then.
  const language = languageTag(page.language ?? '') ?? undefined;
  return { is: 'article', where, id, sourceId: where, fields: { title, text, language, url: where } };
}

/** The pages of a sitemap and of the sitemaps that it lists. */
async function* listedIn(
  sitemap: URL,
  bytes: Uint8Array,
  options: SitemapOptions,
  refusal: (url: URL) => Promise<string | null>,
): AsyncGenerator<Listed | ImportRecord> {
  const waiting: URL[] = [];
  const seen = new Set([sitemap.href]);
  for (let at: URL | undefined = sitemap, content = bytes; at; at = waiting.shift()) {
    const where = at.href;
    try {
      if (at !== sitemap) {
        const reason = await refusal(at);
        if (reason) {
          yield { is: 'skipped', where, reason };
          continue;
        }
        const answer = await getPage(where, options);
        if (answer.status !== 200) throw new ImportError(`answers with status ${answer.status}.`);
        content = answer.bytes;
      }
      const { pages, sitemaps } = entriesOf(content);
      for (const url of sitemaps) {
        if (seen.has(url.href) || seen.size > MAX_SITEMAPS) continue;
        seen.add(url.href);
        waiting.push(url);
      }
      yield* pages;
    } catch (error) {
      if (!(error instanceof ImportError)) throw error;
      if (at === sitemap) throw new ImportError(`${where} ${error.message}`);
      yield { is: 'broken', where, reason: error.message };
    }
  }
}

/** https://www.sitemaps.org/protocol.html */
function entriesOf(bytes: Uint8Array): { pages: Listed[]; sitemaps: URL[] } {
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  let parsed: Partial<Record<'urlset' | 'sitemapindex', { url?: Entry[]; sitemap?: Entry[] } | ''>>;
  try {
    const text = isPacked ? gunzipSync(bytes, { maxOutputLength: MAX_SITEMAP_BYTES }) : bytes;
    parsed = xml.parse(decodeText(text, { kind: 'xml' }));
  } catch (error) {
    throw new ImportError(`is not a sitemap that can be read: ${(error as Error).message}.`);
  }
  if (parsed.urlset === undefined && parsed.sitemapindex === undefined)
    throw new ImportError('is not a sitemap: it has neither <urlset> nor <sitemapindex>.');
  const pages = (parsed.urlset || undefined)?.url ?? [];
  const sitemaps = (parsed.sitemapindex || undefined)?.sitemap ?? [];
  return {
    pages: pages.flatMap(({ loc, lastmod }) => {
      const url = URL.parse(String(loc ?? '').trim());
      return url ? [{ url, changedAt: timeOf(String(lastmod ?? '').trim()) }] : [];
    }),
    sitemaps: sitemaps.flatMap(({ loc }) => URL.parse(String(loc ?? '').trim()) ?? []),
  };
}

interface Entry {
  loc?: unknown;
  lastmod?: unknown;
}

/** The latest that a W3C date may mean; null for what is none. */
function timeOf(lastmod: string): number | null {
  const time = Date.parse(lastmod);
  if (Number.isNaN(time)) return null;
  return lastmod.length <= 'YYYY-MM-DD'.length ? time + DAY_MS : time;
}

async function robotsOf(origin: string, options: WebOptions) {
  const url = `${origin}/robots.txt`;
  const answer = await getPage(url, options).catch(() => null);
  return robotsParser(url, answer?.status === 200 ? new TextDecoder().decode(answer.bytes) : '');
}

const GONE = new Set([404, 410]);
