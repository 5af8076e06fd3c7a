import { label } from '@flexcord/shared/messages/label';
import { oneLine } from '@flexcord/shared/messages/one-line';
import { truncate } from '@flexcord/shared/messages/truncate';
import { parseFeed } from 'feedsmith';
import { parseHTML } from 'linkedom';
import { decodeText } from '../../formats/decode.ts';
import { wordsOfLine } from '../../formats/markdown/html.ts';
import { itemsOf, type RawItem } from './raw-items.ts';

/** An item of a feed. */
export interface FeedItem {
  /** Unique within its feed. */
  id: string;
  /** What its id was, or will be, where the feed changes between http and https, or as earlier versions read it. */
  otherIds: string[];
  /** Never empty: without a title, how the text begins, else the address. */
  title: string;
  /** Plain text, shortened. May be empty. */
  summary: string;
  /** http or https. */
  url: string | null;
}

/** A feed as it was fetched. */
export interface FeedDocument {
  bytes: Uint8Array;
  contentType: string | null;
  /** Where it was fetched from, after redirects: what relative links are relative to. */
  url: string;
}

/** The newest items of a document that are read; by their dates, else by their order, newest first. */
const MAX_ITEMS = 1000;
const TITLE_LENGTH = 200;
const SUMMARY_LENGTH = 500;
/** Of the text, where it stands in for a title. */
const BEGINNING_LENGTH = 80;

/** The items of an RSS, Atom, RDF or JSON feed, oldest first. Throws where the document is none of these. */
export function readFeed({ bytes, contentType, url }: FeedDocument): FeedItem[] {
  const text = decodeText(bytes, { kind: 'xml', contentType });
  const oldestFirst = newestFirst(itemsOf(parseFeed(text), url))
    .slice(0, MAX_ITEMS)
    .reverse();
  const ownerOf = new Map<string, string>();
  const items = oldestFirst.flatMap((item) => read(item, ownerOf) ?? []);
  return [...new Map(items.map((item) => [item.id, item])).values()];
}

/**
 * `ownerOf`: the address or title of the first item of each id. Some feeds give many items one id; the oldest keeps it, so
 * that it stays the same where the others have gone, and the id of each other has its address or title in it too.
 */
function read(
  { id: written, title, summary, url, link: given }: RawItem,
  ownerOf: Map<string, string>,
): FeedItem | null {
  const link = webAddress(url);
  const said = textOf(title, wordsOfLine);
  const text = textOf(summary, wordsOfHtml);
  const words = label(said, TITLE_LENGTH);
  const own = link?.replace(/^https?:/, '') ?? words;
  const owner = ownerOf.get(written ?? '');
  if (written && owner === undefined) ownerOf.set(written, own);
  const id = written && owner !== undefined && owner !== own ? `${written} ${own}` : written;
  const key = id || link || words || text;
  if (!key) return null;
  const otherKeys = [...otherSchemes(key), ...(id ? [] : [webAddress(given) || words])];
  return {
    id: digest(key),
    otherIds: otherKeys.filter((other) => other && other !== key).map(digest),
    title: words || label(text, BEGINNING_LENGTH) || (link ?? key),
    summary: label(text, SUMMARY_LENGTH),
    url: link,
  };
}

/** Some feeds are written oldest first. */
function newestFirst(items: readonly RawItem[]): RawItem[] {
  const times = items.map(({ date }) => Date.parse(String(date ?? '').trim()));
  if (times.filter(Number.isNaN).length > items.length / 2) return [...items];
  // Without a date, an item stays beside the one before it.
  let last = times.find((time) => !Number.isNaN(time)) ?? 0;
  const placed = items.map((item, index) => {
    const time = times[index] ?? Number.NaN;
    if (!Number.isNaN(time)) last = time;
    return { item, time: last };
  });
  return placed.sort((a, b) => b.time - a.time).map(({ item }) => item);
}

function textOf(given: RawItem['title'], fromHtml: (html: string) => string): string {
  if (!given) return '';
  return given.isHtml ? fromHtml(given.value) : oneLine(given.value);
}

const SUMMARY_SOURCE_LENGTH = 50_000;

/** The visible text of HTML, on one line. */
function wordsOfHtml(html: string): string {
  // Block elements separate words.
  const spaced = truncate(html, SUMMARY_SOURCE_LENGTH).replace(
    /<(?=\/?(?:p|br|div|li|tr|td|h\d|blockquote)\b)/gi,
    ' <',
  );
  const { document } = parseHTML(`<html><body>${spaced}</body></html>`);
  for (const silent of document.querySelectorAll('script, style, template')) silent.remove();
  return oneLine(document.body.textContent ?? '');
}

function webAddress(given: string | undefined): string | null {
  const url = URL.parse(given?.trim() ?? '');
  if (!url || !['http:', 'https:'].includes(url.protocol)) return null;
  // What lets in whoever has it is for nobody else.
  url.username = '';
  url.password = '';
  return url.href.length <= 2000 ? url.href : null;
}

/** The key of the same item once its site has moved to https, or before. */
function otherSchemes(key: string): string[] {
  const [, scheme, rest] = /^(https?)(:\/\/.*)$/is.exec(key) ?? [];
  return scheme ? [`${scheme.toLowerCase() === 'http' ? 'https' : 'http'}${rest}`] : [];
}

const digest = (key: string) => new Bun.CryptoHasher('sha256').update(key).digest('base64url').slice(0, 32);
