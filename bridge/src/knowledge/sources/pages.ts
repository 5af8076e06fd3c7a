import type { Store } from '../../store/open.ts';
import type { Validators } from '../import/web.ts';
import type { Collected, PageRead } from './collect.ts';

/** Rows in one statement. */
const CHUNK_SIZE = 200;

/**
 * What is known of the pages of a source. Of an article that is not here as its source left it (withdrawn, deleted, or
 * gone), nothing is: its page must be read again.
 */
export async function pagesOf(store: Store, sourceId: number): Promise<Map<string, Validators>> {
  const rows = await store.db
    .selectFrom('knowledge_source_pages as page')
    .innerJoin('articles as article', 'article.id', 'page.article_id')
    .select(['page.url', 'page.etag', 'page.last_modified'])
    .where('page.source_id', '=', sourceId)
    .where('article.withdrawn_at', 'is', null)
    .where('article.deleted_at', 'is', null)
    .execute();
  return new Map(rows.map(({ url, etag, last_modified }) => [url, { etag, lastModified: last_modified }]));
}

/** When the articles of a site were last read, by id; without those that were withdrawn. */
export async function importedAtOf(store: Store, host: string): Promise<Map<string, number>> {
  const rows = await store.db
    .selectFrom('articles')
    .select(['id', 'imported_at'])
    .where('source', '=', host)
    .where('withdrawn_at', 'is', null)
    .where('deleted_at', 'is', null)
    .execute();
  return new Map(rows.flatMap(({ id, imported_at }) => (imported_at === null ? [] : [[id, imported_at]])));
}

/** Keeps what servers want to hear of pages whose articles were taken; `broken` names those that were not. */
export async function keepPages(
  store: Store,
  sourceId: number,
  { pages, records }: Collected,
  broken: ReadonlySet<string>,
): Promise<void> {
  const taken = new Set(
    records.flatMap((record) => (record.is === 'article' && !broken.has(record.where) ? [record.id] : [])),
  );
  const kept = pages.filter(({ articleId }) => taken.has(articleId));
  for (let at = 0; at < kept.length; at += CHUNK_SIZE)
    await store.db
      .insertInto('knowledge_source_pages')
      .values(kept.slice(at, at + CHUNK_SIZE).map((page) => ({ source_id: sourceId, ...rowOf(page) })))
      .onConflict((conflict) =>
        conflict.columns(['source_id', 'url']).doUpdateSet((eb) => ({
          article_id: eb.ref('excluded.article_id'),
          etag: eb.ref('excluded.etag'),
          last_modified: eb.ref('excluded.last_modified'),
        })),
      )
      .execute();
}

const rowOf = ({ url, articleId, etag, lastModified }: PageRead) => ({
  url,
  article_id: articleId,
  etag,
  last_modified: lastModified,
});
