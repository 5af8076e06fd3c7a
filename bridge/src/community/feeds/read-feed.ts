import { truncate } from '@flexcord/shared/messages/truncate';
import { parseFeed } from 'feedsmith';
import { parseHTML } from 'linkedom';

/** An item of a feed. */
export interface FeedItem {
  /** Unique within its feed. */
  id: string;
  title: string;
  /** Plain text, shortened. */
  summary: string;
  /** http or https. */
  url: string | null;
}

/** The newest items of a document that are read. */
const MAX_ITEMS = 100;
/** Items that are looked at: more than are read, since an item may stand there twice. */
const MAX_RAW_ITEMS = 2 * MAX_ITEMS;
const TITLE_LENGTH = 200;
const SUMMARY_LENGTH = 500;

/** The items of an RSS, Atom, RDF or JSON feed, oldest first. Throws where the text is none of these. */
export function readFeed(text: string): FeedItem[] {
  const items = rawItems(text)
    .slice(0, MAX_RAW_ITEMS)
    .flatMap(({ id, title, summary, url }) => {
      const link = webAddress(url);
      const words = truncate(plainText(title ?? ''), TITLE_LENGTH, { ellipsis: '…' });
      const key = id || link || words;
      if (!key) return [];
      return [
        {
          id: digest(key),
          title: words,
          summary: truncate(plainText(summary ?? ''), SUMMARY_LENGTH, { ellipsis: '…' }),
          url: link,
        },
      ];
    });
  const once = new Map(items.reverse().map((item) => [item.id, item]));
  return [...once.values()].slice(-MAX_ITEMS);
}

interface RawItem {
  id?: string;
  title?: string;
  summary?: string;
  url?: string;
}

/** Newest first, as feeds are written. */
function rawItems(text: string): RawItem[] {
  const parsed = parseFeed(text);
  switch (parsed.format) {
    case 'rss':
      return (parsed.feed.items ?? []).map((item) => ({
        id: item.guid?.value,
        title: item.title,
        summary: item.description,
        url: item.link,
      }));
    case 'rdf':
      return (parsed.feed.items ?? []).map((item) => ({
        id: item.link,
        title: item.title,
        summary: item.description,
        url: item.link,
      }));
    case 'atom':
      return (parsed.feed.entries ?? []).map((entry) => ({
        id: entry.id,
        title: entry.title?.value,
        summary: entry.summary?.value ?? entry.content?.value,
        url: (entry.links?.find(({ rel }) => !rel || rel === 'alternate') ?? entry.links?.[0])?.href,
      }));
    case 'json':
      return (parsed.feed.items ?? []).map((item) => ({
        id: item.id,
        title: item.title,
        summary: item.summary ?? item.content_text ?? item.content_html,
        url: item.url,
      }));
  }
}

const SUMMARY_SOURCE_LENGTH = 50_000;

/** The visible text of HTML, on one line. */
function plainText(html: string): string {
  // Block elements separate words.
  const spaced = truncate(html, SUMMARY_SOURCE_LENGTH).replace(
    /<(?=\/?(?:p|br|div|li|tr|td|h\d|blockquote)\b)/gi,
    ' <',
  );
  const { document } = parseHTML(`<html><body>${spaced}</body></html>`);
  for (const silent of document.querySelectorAll('script, style, template')) silent.remove();
  return (document.body.textContent ?? '').replace(/\s+/g, ' ').trim();
}

function webAddress(given: string | undefined): string | null {
  const url = URL.parse(given?.trim() ?? '');
  return url && ['http:', 'https:'].includes(url.protocol) && url.href.length <= 2000 ? url.href : null;
}

const digest = (key: string) => new Bun.CryptoHasher('sha256').update(key).digest('base64url').slice(0, 32);
