import type { Store, Tx } from '../../store/open.ts';
import type { ArticleRow } from '../articles/content.ts';
import type { Editor } from '../articles/library.ts';

/** Unpublishes articles whose source has withdrawn them; they come back when it has them again. */
export async function withdrawRows(
  tx: Tx,
  ids: readonly string[],
  revision: number,
  editor: Editor,
): Promise<void> {
  const now = Date.now();
  for (const id of ids)
    await tx
      .updateTable('articles')
      .set((eb) => ({
        status: 'draft',
        withdrawn_at: now,
        version: eb('version', '+', 1),
        revision,
        changed_at: now,
        changed_by: editor.name,
      }))
      .where('id', '=', id)
      .execute();
}

/** Ids in one statement. */
const CHUNK_SIZE = 500;
/** Sources of one kind of file each: which file an article came from is only known from its origin. */
const FILES = ['markdown', 'spreadsheet', 'sample'];

/** Articles that are published here, came from a source, and were not in it now. */
export async function findGone(
  store: Store,
  { source, origin, seen }: { source: string; origin: string; seen: ReadonlySet<string> },
): Promise<ArticleRow[]> {
  const rows = await store.db
    .selectFrom('articles')
    .select(['id', 'import_origin'])
    .where('source', '=', source)
    .where('status', '=', 'published')
    .where('deleted_at', 'is', null)
    .where('import_hash', 'is not', null)
    .orderBy('id')
    .execute();
  const gone = rows.filter(
    ({ id, import_origin }) =>
      !seen.has(id) && (import_origin === origin || (import_origin === null && !FILES.includes(source))),
  );
  const found: ArticleRow[] = [];
  for (let at = 0; at < gone.length; at += CHUNK_SIZE) {
    const ids = gone.slice(at, at + CHUNK_SIZE).map(({ id }) => id);
    found.push(...(await store.db.selectFrom('articles').selectAll().where('id', 'in', ids).execute()));
  }
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}
