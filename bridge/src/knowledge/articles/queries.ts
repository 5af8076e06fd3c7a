import { foldForSearch } from '@flexcord/shared/messages/fold';
import type {
  ArticleVersions,
  LibraryArticle,
  LibraryCounts,
  LibraryEntry,
  LibraryPage,
  LibraryQuery,
} from '@flexcord/shared/panel/library';
import { ARTICLE_LIMITS } from '@flexcord/shared/panel/library-constants';
import { sql } from 'kysely';
import type { Store } from '../../store/open.ts';
import { type ArticleRow, contentOf } from './content.ts';

const PAGE_SIZE = 50;
const MAX_VERSIONS = 100;
const BATCH_SIZE = 500;

/** Articles that fit, a page at a time: the last changed first, or by title. */
export async function listArticles(store: Store, asked: LibraryQuery): Promise<LibraryPage> {
  let query = store.db
    .selectFrom('articles')
    .where('deleted_at', asked.deleted === 'true' ? 'is not' : 'is', null);
  if (asked.status) query = query.where('status', '=', asked.status);
  if (asked.language) query = query.where('language', '=', asked.language);
  if (asked.source) query = query.where('source', '=', asked.source);
  if (asked.owner) query = query.where('owner', '=', asked.owner);
  if (asked.review === 'due') query = query.where('review_on', '<=', today());
  if (asked.label) query = query.where(holds('labels', JSON.stringify(asked.label)));
  for (const word of (asked.q ?? '').split(/\s+/).filter(Boolean).slice(0, 8)) {
    query = query.where((eb) => eb.or([holds('search_text', foldForSearch(word)), holds('id', word)]));
  }
  const page = Number(asked.page ?? 1);
  const [{ total }, rows] = await Promise.all([
    query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
    query
      .selectAll()
      .orderBy(
        asked.sort === 'title' ? byTitle(store) : 'changed_at',
        asked.sort === 'title' ? 'asc' : 'desc',
      )
      .orderBy('id')
      .limit(PAGE_SIZE)
      .offset((page - 1) * PAGE_SIZE)
      .execute(),
  ]);
  return { articles: rows.map(entryOf), total: Number(total), page, pageSize: PAGE_SIZE };
}

/** The day of today in UTC, as `review_on` has it. */
const today = (): string => new Date().toISOString().slice(0, 10);

/** What is looked for begins with the title, so case, width, accents and kana count as little in the order as in a search. */
const byTitle = ({ dialect }: Store) =>
  sql`substr(coalesce(nullif(search_text, ''), lower(title)), 1, ${sql.lit(ARTICLE_LIMITS.title)}) collate ${sql.raw(dialect.byCodePoints)}`;

/** Whether a column has a text in it, as it stands there; on the embedded store whatever the case of a to z. */
function holds(column: 'search_text' | 'id' | 'labels', part: string) {
  const pattern = `%${part.replace(/[\\%_]/g, '\\$&')}%`;
  return sql<boolean>`${sql.ref(column)} like ${pattern} escape '\\'`;
}

/** How many articles there are of each kind; `identity` is whose own are counted. */
export async function countArticles(
  store: Store,
  identity: string | null = null,
): Promise<Omit<LibraryCounts, 'gaps'>> {
  const rows = await store.db
    .selectFrom('articles')
    .select(['status', 'language', 'labels', 'source', 'deleted_at', 'owner', 'review_on'])
    .execute();
  const counts = {
    published: 0,
    draft: 0,
    deleted: 0,
    languages: {} as Record<string, number>,
    labels: {} as Record<string, number>,
    sources: {} as Record<string, number>,
    owners: {} as Record<string, number>,
    reviewDue: 0,
    reviewDueOwn: 0,
  };
  const count = (table: Record<string, number>, name: string) => {
    table[name] = (table[name] ?? 0) + 1;
  };
  for (const row of rows) {
    if (row.deleted_at !== null) {
      counts.deleted += 1;
      continue;
    }
    counts[row.status] += 1;
    count(counts.languages, row.language);
    count(counts.sources, row.source);
    if (row.owner !== null) count(counts.owners, row.owner);
    if (row.review_on !== null && row.review_on <= today()) {
      counts.reviewDue += 1;
      if (row.owner !== null && row.owner === identity) counts.reviewDueOwn += 1;
    }
    for (const label of JSON.parse(row.labels) as string[]) count(counts.labels, label);
  }
  return counts;
}

/** The versions in which the content changed, newest first; `before` is the last one of the page before. */
export async function listVersions(store: Store, id: string, before?: number): Promise<ArticleVersions> {
  let query = store.db
    .selectFrom('article_versions')
    .selectAll()
    .where('article_id', '=', id)
    .orderBy('version', 'desc')
    .limit(MAX_VERSIONS);
  if (before !== undefined) query = query.where('version', '<', before);
  const rows = await query.execute();
  return {
    versions: rows.map((row) => ({
      version: row.version,
      at: new Date(row.at).toISOString(),
      by: row.actor_name,
      content: JSON.parse(row.content),
    })),
  };
}

const selectArticles = (store: Store) => store.db.selectFrom('articles').selectAll();

/** The articles that `narrow` leaves, by id, a batch at a time: what is written meanwhile shifts none of them. */
export async function* articleBatches(
  store: Store,
  narrow: (query: ReturnType<typeof selectArticles>) => ReturnType<typeof selectArticles>,
): AsyncGenerator<ArticleRow[]> {
  for (let after = ''; ; ) {
    const rows = await narrow(selectArticles(store))
      .where('id', '>', after)
      .orderBy('id')
      .limit(BATCH_SIZE)
      .execute();
    if (rows.length > 0) yield rows;
    if (rows.length < BATCH_SIZE) return;
    after = rows.at(-1)?.id ?? '';
  }
}

function entryOf(row: ArticleRow): LibraryEntry {
  return {
    id: row.id,
    title: row.title,
    language: row.language,
    labels: JSON.parse(row.labels),
    status: row.status,
    questionCount: (JSON.parse(row.questions) as string[]).length,
    source: row.source,
    version: row.version,
    changedAt: new Date(row.changed_at).toISOString(),
    changedBy: row.changed_by,
    deleted: row.deleted_at !== null,
    owner: row.owner,
    reviewOn: row.review_on,
  };
}

export function toLibraryArticle(row: ArticleRow): LibraryArticle {
  return {
    ...entryOf(row),
    content: contentOf(row),
    sourceId: row.source_id,
    createdAt: new Date(row.created_at).toISOString(),
  };
}
