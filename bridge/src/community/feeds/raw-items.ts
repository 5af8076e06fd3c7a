import type { parseFeed } from 'feedsmith';

interface Words {
  value: string;
  /** Otherwise signs such as `<` are words. */
  isHtml: boolean;
}

/** An item as its format has it. */
export interface RawItem {
  id?: string | undefined;
  title?: Words | undefined;
  summary?: Words | undefined;
  /** Whole, also where the feed has a relative one. */
  url?: string | undefined;
  /** As the feed has it. */
  link?: string | undefined;
  /** As it is written. */
  date?: unknown;
}

/** The items of a parsed feed in its order; `from` is the address of the feed. */
export function itemsOf(parsed: ReturnType<typeof parseFeed>, from: string): RawItem[] {
  switch (parsed.format) {
    case 'rss': {
      const { feed } = parsed;
      // https://www.rssboard.org/rss-profile#element-channel-item-link: no base is agreed on but the site's own.
      const base = whole(feed.xml?.base ?? feed.link, from) ?? from;
      return (feed.items ?? []).map(({ guid, ...item }) => ({
        id: guid?.value,
        title: html(item.title ?? item.dc?.titles?.[0] ?? item.itunes?.title),
        summary: html(summaryOf(item)),
        link: item.link,
        url: whole(
          item.link ||
            (guid?.isPermaLink === false ? undefined : addressIn(guid?.value)) ||
            item.atom?.links?.[0]?.href ||
            item.enclosures?.[0]?.url,
          base,
        ),
        date: item.pubDate ?? dateOf(item) ?? item.atom?.published ?? item.atom?.updated,
      }));
    }
    case 'rdf': {
      const { feed } = parsed;
      const base = whole(feed.link, from) ?? from;
      return (feed.items ?? []).map((item) => ({
        id: item.link ?? item.rdf?.about,
        title: html(item.title ?? item.dc?.titles?.[0]),
        summary: html(summaryOf(item)),
        link: item.link,
        url: whole(item.link ?? item.rdf?.about, base),
        date: dateOf(item),
      }));
    }
    case 'atom': {
      const base = whole(parsed.feed.xml?.base, from) ?? from;
      return (parsed.feed.entries ?? []).map((entry) => {
        const links = entry.links?.filter(({ href }) => href?.trim());
        const link = (
          links?.find(({ rel }) => !rel || rel === 'alternate') ??
          links?.find(({ rel }) => !BESIDE_THE_ENTRY.has(rel ?? '')) ??
          links?.find(({ rel }) => rel === 'self')
        )?.href;
        return {
          id: entry.id,
          title: construct(entry.title),
          summary: construct(entry.summary) ?? construct(entry.content) ?? html(mediaText(entry)),
          link,
          url: link ? whole(link, whole(entry.xml?.base, base) ?? base) : addressIn(entry.id),
          date: entry.published ?? entry.updated ?? dateOf(entry),
        };
      });
    }
    case 'json':
      return (parsed.feed.items ?? []).map((item) => ({
        id: item.id,
        title: plain(item.title),
        summary: plain(item.summary) ?? plain(item.content_text) ?? html(item.content_html),
        link: item.url,
        url: whole(
          item.url || item.external_url || addressIn(item.id),
          whole(parsed.feed.home_page_url, from) ?? from,
        ),
        date: item.date_published ?? item.date_modified,
      }));
  }
}

const plain = (value: string | undefined): Words | undefined =>
  value?.trim() ? { value, isHtml: false } : undefined;
const html = (value: string | undefined): Words | undefined =>
  value?.trim() ? { value, isHtml: true } : undefined;

/**
 * Links of an entry that lead to something else than what it tells of
 * (https://www.iana.org/assignments/link-relations/link-relations.xhtml).
 */
const BESIDE_THE_ENTRY: ReadonlySet<string> = new Set([
  ...['self', 'edit', 'edit-media', 'service', 'hub', 'search', 'license', 'copyright', 'replies', 'author'],
  ...[
    'first',
    'last',
    'next',
    'prev',
    'previous',
    'up',
    'collection',
    'icon',
    'http://schemas.google.com/g/2005#feed',
  ],
]);

/** What can only be meant as HTML. */
const LIKE_HTML =
  /<(?:br|hr|img)\b[^<>]*>|<\/(?:a|b|blockquote|code|div|em|h[1-6]|i|li|ol|p|pre|span|strong|table|td|tr|ul)\s*>|&nbsp;/i;

/**
 * https://www.rfc-editor.org/rfc/rfc4287#section-3.1; a content may also be of a media type, of which text alone is words
 * (section 4.1.3). Many feeds that say no type write HTML all the same.
 */
function construct(given: { value?: string; type?: string } | undefined): Words | undefined {
  const type = given?.type?.trim().toLowerCase() ?? '';
  if (/html/.test(type)) return html(given?.value);
  if (type.includes('/') && !type.startsWith('text/')) return undefined;
  return (type === '' && LIKE_HTML.test(given?.value ?? '') ? html : plain)(given?.value);
}

interface Described {
  description?: string | undefined;
  content?: { encoded?: string | undefined } | undefined;
  dc?: { descriptions?: string[] } | undefined;
  itunes?: { summary?: string; subtitle?: string } | undefined;
  media?: Media | undefined;
}
interface Media {
  description?: { value?: string };
  groups?: { description?: { value?: string } }[];
}

/** Whichever of the places has one. */
const summaryOf = (item: Described): string | undefined =>
  [
    item.description,
    item.content?.encoded,
    item.dc?.descriptions?.[0],
    item.itunes?.summary ?? item.itunes?.subtitle,
    mediaText(item),
  ].find((text) => text?.trim());

const mediaText = ({ media }: { media?: Media | undefined }) =>
  media?.description?.value ?? media?.groups?.[0]?.description?.value;

const dateOf = ({
  dc,
  dcterms,
}: {
  dc?: { dates?: unknown[] };
  dcterms?: { created?: unknown[]; modified?: unknown[] };
}) => dc?.dates?.[0] ?? dcterms?.created?.[0] ?? dcterms?.modified?.[0];

/** An address, made whole by `base`; as it is where that makes none. */
const whole = (address: string | undefined, base: string): string | undefined =>
  address?.trim() ? (URL.parse(address.trim(), base)?.href ?? address) : undefined;

const addressIn = (id: string | undefined) => (/^\s*https?:\/\//i.test(id ?? '') ? id : undefined);
