import type { ArticleContent } from '@flexcord/shared/panel/library';
import type { SourceProposal } from '@flexcord/shared/panel/library-sources';
import type { Selectable } from 'kysely';
import type { Store, Tx } from '../../store/open.ts';
import type { KnowledgeProposalsTable } from '../../store/schema.ts';
import { type ArticleRow, columnsOf, contentOf } from '../articles/content.ts';
import { type Editor, keepVersions } from '../articles/library.ts';
import { withdrawRows } from '../import/withdrawals.ts';
import { nextRevision } from '../revision.ts';
import type { Collected } from './collect.ts';

const MAX_LISTED = 100;
const CHUNK_SIZE = 200;

type ProposalRow = Selectable<KnowledgeProposalsTable>;

/** What waits for a person, the oldest first. */
export async function listProposals(store: Store): Promise<{ proposals: SourceProposal[]; total: number }> {
  const rows = await store.db
    .selectFrom('knowledge_proposals')
    .selectAll()
    .orderBy('at')
    .orderBy('article_id')
    .execute();
  const listed = rows.slice(0, MAX_LISTED);
  const articles = new Map<string, ArticleRow>();
  if (listed.length > 0)
    for (const row of await store.db
      .selectFrom('articles')
      .selectAll()
      .where(
        'id',
        'in',
        listed.map(({ article_id }) => article_id),
      )
      .execute())
      articles.set(row.id, row);
  return {
    total: rows.length,
    proposals: listed.flatMap((row) => {
      const article = articles.get(row.article_id);
      if (!article) return [];
      return [
        {
          articleId: row.article_id,
          sourceId: Number(row.source_id),
          kind: row.kind,
          why: row.why,
          at: new Date(row.at).toISOString(),
          article: { version: article.version, content: contentOf(article) },
          content: row.content === null ? null : (JSON.parse(row.content) as ArticleContent),
        },
      ];
    }),
  };
}

/** Takes what a source wants, or keeps the article as it is here until its source changes again. */
export function decideProposal(
  store: Store,
  { articleId, accept, version }: { articleId: string; accept: boolean; version: number },
  editor: Editor,
): Promise<'done' | 'missing' | 'conflict'> {
  return store.transact(async (tx) => {
    const revision = await nextRevision(tx);
    const [proposal] = await tx
      .selectFrom('knowledge_proposals')
      .selectAll()
      .where('article_id', '=', articleId)
      .execute();
    const [article] = await tx.selectFrom('articles').selectAll().where('id', '=', articleId).execute();
    if (!proposal || !article) return 'missing';
    if (article.version !== version) return 'conflict';
    await settle(tx, proposal, article, accept, revision, editor);
    return 'done';
  });
}

/** Withdraws everything that is gone at a source, or keeps all of it; how many articles. */
export function decideWithdrawals(
  store: Store,
  sourceId: number,
  accept: boolean,
  editor: Editor,
): Promise<number> {
  return store.transact(async (tx) => {
    const revision = await nextRevision(tx);
    const proposals = await tx
      .selectFrom('knowledge_proposals')
      .selectAll()
      .where('source_id', '=', sourceId)
      .where('why', '=', 'many')
      .execute();
    for (const proposal of proposals) {
      const [article] = await tx
        .selectFrom('articles')
        .selectAll()
        .where('id', '=', proposal.article_id)
        .execute();
      if (article) await settle(tx, proposal, article, accept, revision, editor);
    }
    return proposals.length;
  });
}

async function settle(
  tx: Tx,
  { article_id, kind, content, hash }: ProposalRow,
  article: ArticleRow,
  accept: boolean,
  revision: number,
  editor: Editor,
): Promise<void> {
  const now = Date.now();
  if (kind === 'withdrawn' && accept) await withdrawRows(tx, [article_id], revision, editor);
  else if (kind === 'changed' && accept && content !== null) {
    const taken = JSON.parse(content) as ArticleContent;
    const version = article.version + 1;
    await tx
      .updateTable('articles')
      .set({
        ...columnsOf(taken),
        ...{ version, revision, import_hash: hash, imported_at: now, withdrawn_at: null },
        ...{ changed_at: now, changed_by: editor.name },
      })
      .where('id', '=', article_id)
      .execute();
    await keepVersions(tx, [{ id: article_id, version, content: taken }], editor);
  } else
    await tx
      .updateTable('articles')
      // What the source says now is known, and this article is not what it says.
      .set(kind === 'changed' ? { import_hash: hash } : { withdrawn_at: now })
      .where('id', '=', article_id)
      .execute();
  await tx.deleteFrom('knowledge_proposals').where('article_id', '=', article_id).execute();
}

/** After a reading: what a source does not want any more is not put before anybody. */
export async function dropStaleProposals(
  store: Store,
  sourceId: number,
  { records, isWhole }: Collected,
  proposed: ReadonlyMap<string, unknown>,
): Promise<void> {
  if (!isWhole) return;
  // Of a page that was not read again, what was proposed of it still holds.
  const unread = new Set(
    records.flatMap((record) => (record.is !== 'article' && record.id ? [record.id] : [])),
  );
  const rows = await store.db
    .selectFrom('knowledge_proposals')
    .select(['article_id', 'kind'])
    .where('source_id', '=', sourceId)
    .execute();
  const stale = rows
    .filter(
      ({ article_id, kind }) => !proposed.has(article_id) && !(kind === 'changed' && unread.has(article_id)),
    )
    .map(({ article_id }) => article_id);
  for (let at = 0; at < stale.length; at += CHUNK_SIZE)
    await store.db
      .deleteFrom('knowledge_proposals')
      .where('article_id', 'in', stale.slice(at, at + CHUNK_SIZE))
      .execute();
}
