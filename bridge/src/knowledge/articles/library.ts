import type { ArticleContent, ArticleStatus } from '@flexcord/shared/panel/library';
import type { Store, Tx } from '../../store/open.ts';
import { settleGaps } from '../feedback/knowledge-gaps.ts';
import { nextRevision } from '../revision.ts';
import { type ArticleRow, checkContent, columnsOf, isPublishable } from './content.ts';

/** Who changes an article; without an identity it is the bridge itself or a command. */
export interface Editor {
  identity: string | null;
  name: string;
}

/** What became of a change: `conflict` where it was made on another version than the present. */
export type ArticleChange =
  | { is: 'done' | 'conflict'; article: ArticleRow }
  | { is: 'missing' }
  | { is: 'refused'; reason: string };

const NOTHING_TO_READ =
  'An article needs a text or a link before members can get it. Write one, then publish.';

/**
 * Everything that people change in articles. Each change is one transaction with its version.
 * `changed` is waited for after each, so that what was changed is found at once.
 */
export function createLibrary({ store, changed }: { store: Store; changed: () => Promise<void> }) {
  const find = (db: Store['db'] | Tx, id: string) =>
    db.selectFrom('articles').selectAll().where('id', '=', id).executeTakeFirst();

  async function change(
    id: string,
    version: number,
    editor: Editor,
    work: (row: ArticleRow, tx: Tx) => Promise<Partial<ArticleRow> | string>,
  ): Promise<ArticleChange> {
    const outcome = await store.transact(async (tx): Promise<ArticleChange> => {
      const revision = await nextRevision(tx);
      const row = await find(tx, id);
      if (!row) return { is: 'missing' };
      if (row.version !== version) return { is: 'conflict', article: row };
      const fields = await work(row, tx);
      if (typeof fields === 'string') return { is: 'refused', reason: fields };
      const { created_at, source, source_id, id: _, ...rest } = { ...row, ...fields };
      const article = await tx
        .updateTable('articles')
        .set({ ...rest, version: version + 1, revision, changed_at: Date.now(), changed_by: editor.name })
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirstOrThrow();
      return { is: 'done', article };
    });
    if (outcome.is === 'done') await changed();
    return outcome;
  }

  async function save(tx: Tx, row: ArticleRow, content: ArticleContent, editor: Editor) {
    await keepVersions(tx, [{ id: row.id, version: row.version + 1, content }], editor);
    return columnsOf(content);
  }

  return {
    find: (id: string) => find(store.db, id),

    /** After articles or lessons were changed otherwise: waits until what was changed is found. */
    refresh: changed,

    /** @throws ContentError */
    async create(
      given: { content: ArticleContent; status: ArticleStatus; gapIds?: number[] },
      editor: Editor,
    ): Promise<ArticleChange> {
      const content = checkContent(given.content);
      if (given.status === 'published' && !isPublishable(content))
        return { is: 'refused', reason: NOTHING_TO_READ };
      const id = `a-${Bun.randomUUIDv7()}`;
      const article = await store.transact(async (tx) => {
        const revision = await nextRevision(tx);
        await insertArticles(tx, revision, editor, [
          { id, content, status: given.status, source: 'panel', sourceId: null, importHash: null },
        ]);
        await settleGaps(tx, given.gapIds ?? [], { state: 'answered', articleId: id });
        return find(tx, id);
      });
      await changed();
      return article ? { is: 'done', article } : { is: 'missing' };
    },

    /** @throws ContentError */
    edit(id: string, given: { content: ArticleContent; version: number }, editor: Editor) {
      const content = checkContent(given.content);
      return change(id, given.version, editor, async (row, tx) => {
        if (row.deleted_at !== null) return 'This article was deleted. Bring it back before you edit it.';
        if (row.status === 'published' && !isPublishable(content)) return NOTHING_TO_READ;
        return save(tx, row, content, editor);
      });
    },

    publish: (id: string, { status, version }: { status: ArticleStatus; version: number }, editor: Editor) =>
      change(id, version, editor, async (row) => {
        if (row.deleted_at !== null) return 'This article was deleted. Bring it back before you publish it.';
        return status === 'published' && !isPublishable(row) ? NOTHING_TO_READ : { status };
      }),

    /** What is deleted is kept as a draft, so that it can be brought back. */
    remove: (id: string, { deleted, version }: { deleted: boolean; version: number }, editor: Editor) =>
      change(id, version, editor, async () =>
        deleted ? { deleted_at: Date.now(), status: 'draft' } : { deleted_at: null },
      ),

    /** Makes the content of an earlier version the content again. */
    rollBack: (id: string, { from, version }: { from: number; version: number }, editor: Editor) =>
      change(id, version, editor, async (row, tx) => {
        const earlier = await tx
          .selectFrom('article_versions')
          .select('content')
          .where('article_id', '=', id)
          .where('version', '=', from)
          .executeTakeFirst();
        if (!earlier) return `There is no version ${from} of this article with a content of its own.`;
        if (row.deleted_at !== null) return 'This article was deleted. Bring it back first.';
        // Who answers for it today is no matter of what it said.
        const { owner, reviewOn, ...content } = JSON.parse(earlier.content) as ArticleContent;
        if (row.status === 'published' && !isPublishable(content)) return NOTHING_TO_READ;
        return save(tx, row, content, editor);
      }),
  };
}

export type Library = ReturnType<typeof createLibrary>;

export interface ArticleToInsert {
  id: string;
  content: ArticleContent;
  status: ArticleStatus;
  source: string;
  sourceId: string | null;
  importHash: string | null;
  /** See `ArticlesTable.import_origin`. */
  importOrigin?: string | null;
}

/** Writes new articles with their first versions. */
export async function insertArticles(
  tx: Tx,
  revision: number,
  editor: Editor,
  articles: readonly ArticleToInsert[],
): Promise<void> {
  if (articles.length === 0) return;
  const now = Date.now();
  await tx
    .insertInto('articles')
    .values(
      articles.map(({ id, content, status, source, sourceId, importHash, importOrigin }) => ({
        id,
        ...columnsOf(content),
        status,
        version: 1,
        revision,
        source,
        source_id: sourceId,
        import_hash: importHash,
        imported_at: importHash === null ? null : now,
        import_origin: importOrigin ?? null,
        created_at: now,
        changed_at: now,
        changed_by: editor.name,
      })),
    )
    .execute();
  await keepVersions(
    tx,
    articles.map(({ id, content }) => ({ id, version: 1, content })),
    editor,
  );
}

/** Keeps what articles say from these versions on. */
export async function keepVersions(
  tx: Tx,
  versions: readonly { id: string; version: number; content: ArticleContent }[],
  editor: Editor,
): Promise<void> {
  if (versions.length === 0) return;
  await tx
    .insertInto('article_versions')
    .values(
      versions.map(({ id, version, content }) => ({
        article_id: id,
        version,
        content: JSON.stringify(content),
        actor_identity: editor.identity,
        actor_name: editor.name,
        at: Date.now(),
      })),
    )
    .execute();
}
