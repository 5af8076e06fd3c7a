import { truncate } from '@flexcord/shared/messages/truncate';
import { type Static, type TSchema, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { languageTag } from '../text/language-tag.ts';
import { markdownOf } from './html.ts';
import { type FormerId, ImportError, type ImportRecord, type ImportSource } from './records.ts';

const Id = Type.Union([Type.Integer(), Type.String({ minLength: 1, maxLength: 100 })]);
const Html = Type.Union([Type.String({ maxLength: 2_000_000 }), Type.Null()]);
const optional = <T extends TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]));

/** https://developer.zendesk.com/api-reference/help_center/help-center-api/articles/ */
const ZendeskArticle = Type.Object({
  id: Id,
  title: Type.String(),
  body: Html,
  locale: Type.String(),
  html_url: optional(Type.String()),
  draft: Type.Optional(Type.Boolean()),
  label_names: Type.Optional(Type.Array(Type.String())),
  user_segment_id: optional(Id),
  user_segment_ids: optional(Type.Array(Id)),
});

const IntercomContent = Type.Object({
  title: optional(Type.String()),
  body: optional(Html),
  state: optional(Type.String()),
  url: optional(Type.String()),
});
/** https://developers.intercom.com/docs/references/rest-api/api.intercom.io/articles/article */
const IntercomArticle = Type.Composite([
  IntercomContent,
  Type.Object({
    id: Id,
    default_locale: optional(Type.String()),
    translated_content: optional(Type.Record(Type.String(), Type.Unknown())),
  }),
]);

/**
 * A help center's export: what the articles API of Zendesk or of Intercom answers, one page or an array of them.
 * @throws ImportError for JSON that is neither
 */
export function readHelpCenter(file: string, text: string): ImportSource {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new ImportError(`${file} is not JSON: ${(error as Error).message}.`);
  }
  const articles = articlesIn(json);
  const [first] = articles;
  if (first === undefined)
    throw new ImportError(`${file} has no articles, as Zendesk or Intercom export them.`);
  const isIntercom = articles.some(isIntercomLike);
  const rest = furtherPage(Array.isArray(json) ? json.at(-1) : json);
  return {
    source: isIntercom ? 'intercom' : 'zendesk',
    origin: hostOf(articles) ?? file,
    keepsEdits: true,
    records: recordsOf(file, articles, isIntercom ? fromIntercom : fromZendesk, rest),
    isWhole: () => rest === null,
  };
}

/** The address of the page after one that an API answered; null after the last. */
export function furtherPage(page: unknown): string | null {
  const { next_page, links, meta, pages } = (page ?? {}) as Record<string, unknown>;
  // https://developer.zendesk.com/api-reference/introduction/pagination/
  if ((meta as { has_more?: unknown } | undefined)?.has_more === false) return null;
  const next = next_page ?? memberOf(links, 'next') ?? memberOf(pages, 'next');
  if (typeof next === 'string' && next !== '') return next;
  const [at, last] = [Number(memberOf(pages, 'page')), Number(memberOf(pages, 'total_pages'))];
  return next ? JSON.stringify(next) : at < last ? `page ${at + 1}` : null;
}

/**
 * Where the page after one that was asked for at `url` is. Intercom counts pages, or names where the next one starts
 * (https://developers.intercom.com/docs/build-an-integration/learn-more/rest-apis/pagination), and gives no address.
 */
export function nextPageOf(page: unknown, url: string): URL | null {
  const next = furtherPage(page);
  const known = next === null ? null : URL.parse(next, url);
  if (known && /^(?:https?:|\/)/.test(next ?? '')) return known;
  const start = memberOf(memberOf(memberOf(page, 'pages'), 'next'), 'starting_after');
  const counted = /^page (\d+)$/.exec(next ?? '')?.[1];
  if (typeof start !== 'string' && counted === undefined) return null;
  const following = new URL(url);
  if (typeof start === 'string') following.searchParams.set('starting_after', start);
  else following.searchParams.set('page', counted ?? '');
  return following;
}

const memberOf = (object: unknown, name: string): unknown =>
  (object as Record<string, unknown> | null | undefined)?.[name];

/** Of the help center, as the first article with an address has it. */
function hostOf(articles: readonly unknown[]): string | null {
  for (const article of articles) {
    const { html_url, url } = (article ?? {}) as Record<string, unknown>;
    const host = URL.parse(String(html_url ?? url ?? ''))?.host;
    if (host) return host;
  }
  return null;
}

function articlesIn(json: unknown): unknown[] {
  if (Array.isArray(json)) return json.flatMap((entry) => (hasArticles(entry) ? articlesIn(entry) : [entry]));
  const { articles, data } = (json ?? {}) as { articles?: unknown; data?: unknown };
  if (Array.isArray(articles)) return articles;
  return Array.isArray(data) ? data : [];
}

const hasArticles = (entry: unknown) =>
  ['articles', 'data'].some((name) => Array.isArray((entry as Record<string, unknown> | null)?.[name]));

function isIntercomLike(article: unknown): boolean {
  const { type, state, workspace_id } = (article ?? {}) as Record<string, unknown>;
  return type === 'article' || workspace_id !== undefined || typeof state === 'string';
}

async function* recordsOf(
  file: string,
  articles: readonly unknown[],
  read: (article: unknown, where: string) => Generator<ImportRecord>,
  rest: string | null,
): AsyncGenerator<ImportRecord> {
  for (const [index, article] of articles.entries()) {
    const id = (article as { id?: unknown } | null)?.id;
    const known = typeof id === 'string' || typeof id === 'number';
    const where = `${file}, article ${index + 1}${known ? ` (id ${truncate(String(id), 100)})` : ''}`;
    yield* read(article, where);
  }
  if (rest !== null)
    yield {
      is: 'skipped',
      where: file,
      reason: `goes on at ${truncate(rest, 300)}, and that page is not in it.`,
    };
}

function* fromZendesk(given: unknown, where: string): Generator<ImportRecord> {
  const article = check(ZendeskArticle, given);
  if (typeof article === 'string') return yield { is: 'broken', where, reason: article };
  const ids = idsOf('zendesk', article.id, article.locale, article.html_url);
  const withdrawn = (reason: string): ImportRecord => ({ is: 'withdrawn', where, ...ids, reason });
  if (article.draft) return yield withdrawn('is a draft there.');
  if (article.user_segment_id || article.user_segment_ids?.length)
    return yield withdrawn('is not for everybody there (user_segment_id).');
  yield found(where, ids, String(article.id), {
    title: article.title,
    html: article.body ?? '',
    url: article.html_url ?? null,
    language: article.locale,
    labels: article.label_names ?? [],
  });
}

function* fromIntercom(given: unknown, where: string): Generator<ImportRecord> {
  const article = check(IntercomArticle, given);
  if (typeof article === 'string') return yield { is: 'broken', where, reason: article };
  const { default_locale, translated_content } = article;
  const translations = Object.entries(translated_content ?? {}).filter(
    ([, content]) => typeof content === 'object' && content !== null,
  );
  const own = default_locale ?? '';
  const contents: [string, unknown][] = translations.some(([locale]) => locale === own)
    ? translations
    : [[own, article], ...translations];
  for (const [locale, content] of contents) {
    const place = locale === '' ? where : `${where}, ${locale}`;
    const checked = check(IntercomContent, content);
    if (typeof checked === 'string') {
      yield { is: 'broken', where: place, reason: checked };
      continue;
    }
    const ids = idsOf('intercom', article.id, locale, checked.url);
    if (checked.state && checked.state !== 'published')
      yield { is: 'withdrawn', where: place, ...ids, reason: `is a ${checked.state} there.` };
    else
      yield found(place, ids, String(article.id), {
        title: checked.title ?? '',
        html: checked.body ?? '',
        url: checked.url ?? null,
        language: locale || undefined,
        labels: [],
      });
  }
}

interface Ids {
  id: string;
  former?: FormerId;
}

function idsOf(source: string, id: string | number, locale: string, url: string | null | undefined): Ids {
  if (locale === '') return { id: `${source}-${id}` };
  const tag = languageTag(locale)?.toLowerCase() ?? locale.toLowerCase();
  const base = locale.toLowerCase().split(/[-_]/)[0] ?? '';
  const former = tag !== base && url ? { former: { id: `${source}-${id}-${base}`, url } } : {};
  return { id: `${source}-${id}-${tag}`, ...former };
}

function found(
  where: string,
  ids: Ids,
  sourceId: string,
  article: {
    title: string;
    html: string;
    url: string | null;
    language: string | undefined;
    labels: string[];
  },
): ImportRecord {
  const { html, title, url, language } = article;
  const labels = article.labels.map((label) => label.replaceAll(',', ' '));
  let text: string;
  try {
    text = markdownOf(html, url ?? undefined);
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
    return { is: 'broken', where, id: ids.id, reason: error.message };
  }
  if (text === '') return { is: 'skipped', where, reason: 'has nothing to read.' };
  return { is: 'article', where, ...ids, sourceId, fields: { title, text, url, language, labels } };
}

/** What it is, or what is wrong with it. */
function check<T extends TSchema>(schema: T, given: unknown): Static<T> | string {
  if (Value.Check(schema, given)) return given;
  const wrong = Value.Errors(schema, given).First();
  const field = wrong?.path.slice(1);
  if (!field) return 'is not an article.';
  return `field "${field}" ${wrong?.value === undefined ? 'is missing.' : 'is not right.'}`;
}
