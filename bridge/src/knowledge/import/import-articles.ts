import type { ArticleStatus, ImportReport } from '@flexcord/shared/panel/library';
import type { Store, Tx } from '../../store/open.ts';
import {
  type ArticleRow,
  ContentError,
  checkContent,
  columnsOf,
  contentOf,
  hashOf,
  isPublishable,
} from '../articles/content.ts';
import { type Editor, insertArticles, keepVersions } from '../articles/library.ts';
import { nextRevision } from '../revision.ts';
import { languageOf } from '../text/terms.ts';
import type { ArticleRecord, ImportOptions, ImportSource } from './records.ts';

/** Articles written in one transaction: few enough that nobody waits long. */
const BATCH_SIZE = 50;
/** Of each kind, so that a report stays readable; the numbers are whole. */
const MAX_NOTES = 10_000;

interface Checked extends ArticleRecord {
  content: ReturnType<typeof checkContent>;
  hash: string;
}

type Step = { is: 'create' | 'update'; item: Checked; row?: ArticleRow } | { is: 'same' | 'deleted' };

/**
 * Brings articles of a source into the store, a batch at a time: what is new or changed is written, what is unchanged is
 * not, what is broken is named and the rest goes on. Articles that were deleted here stay deleted.
 */
export async function importArticles(
  store: Store,
  { source, keepsEdits, records }: ImportSource,
  options: ImportOptions,
  editor: Editor,
  onProgress: (report: ImportReport) => void = () => {},
): Promise<ImportReport> {
  const report: ImportReport = {
    dryRun: options.dryRun === true,
    created: 0,
    updated: 0,
    unchanged: 0,
    skipped: [],
    broken: [],
  };
  const note = (list: 'skipped' | 'broken', where: string, reason: string) => {
    if (report[list].length < MAX_NOTES) report[list].push({ where, reason });
  };
  const whereIs = new Map<string, string>();

  function check(found: ArticleRecord): Checked | null {
    try {
      const { fields, id, where } = found;
      const other = whereIs.get(id);
      if (other) throw new ContentError('id', `is "${id}", which ${other} has too.`);
      if (id.length > 200) throw new ContentError('id', 'is longer than 200 characters.');
      whereIs.set(id, where);
      const labels = [...(Array.isArray(fields.labels) ? fields.labels : []), ...(options.labels ?? [])];
      const language =
        fields.language ?? options.language ?? languageOf(`${fields.title ?? ''} ${fields.text ?? ''}`);
      const content = checkContent({ ...fields, language, labels });
      if (!isPublishable(content)) throw new ContentError('text', 'is missing, and there is no link either.');
      return { ...found, content, hash: hashOf(content) };
    } catch (error) {
      if (!(error instanceof ContentError)) throw error;
      note('broken', found.where, error.message);
      return null;
    }
  }

  function stepFor(item: Checked, row: ArticleRow | undefined): Step {
    if (!row) return { is: 'create', item };
    if (row.deleted_at !== null) return { is: 'deleted' };
    const status = statusFor(item, row.status);
    const same =
      hashOf(contentOf(row)) === item.hash ||
      (keepsEdits && row.source === source && row.import_hash === item.hash);
    return same && status === row.status ? { is: 'same' } : { is: 'update', item, row };
  }

  const statusFor = (item: ArticleRecord, present: ArticleStatus) => options.status ?? item.status ?? present;

  async function stepsFor(db: Store['db'] | Tx, batch: readonly Checked[]): Promise<Step[]> {
    const rows = await db
      .selectFrom('articles')
      .selectAll()
      .where(
        'id',
        'in',
        batch.map(({ id }) => id),
      )
      .execute();
    const byId = new Map(rows.map((row) => [row.id, row]));
    return batch.map((item) => stepFor(item, byId.get(item.id)));
  }

  async function write(tx: Tx, steps: readonly Step[], revision: number): Promise<void> {
    const created = steps.flatMap((step) => (step.is === 'create' ? [step.item] : []));
    await insertArticles(
      tx,
      revision,
      editor,
      created.map((item) => ({
        id: item.id,
        content: item.content,
        status: statusFor(item, 'published'),
        source,
        sourceId: item.sourceId,
        importHash: item.hash,
      })),
    );
    const now = Date.now();
    for (const step of steps) {
      if (step.is !== 'update' || !step.row) continue;
      const { item, row } = step;
      const version = row.version + 1;
      await tx
        .updateTable('articles')
        .set({
          ...columnsOf(item.content),
          status: statusFor(item, row.status),
          version,
          revision,
          changed_at: now,
          changed_by: editor.name,
          ...(row.source === source ? { import_hash: item.hash, imported_at: now } : {}),
        })
        .where('id', '=', row.id)
        .execute();
      await keepVersions(tx, [{ id: row.id, version, content: item.content }], editor);
    }
  }

  async function take(batch: readonly Checked[]): Promise<void> {
    if (batch.length === 0) return;
    let steps = await stepsFor(store.db, batch);
    if (!options.dryRun && steps.some(({ is }) => is === 'create' || is === 'update')) {
      steps = await store.transact(async (tx) => {
        // Nobody else changes articles from here on, so what is read now is what is changed.
        const revision = await nextRevision(tx);
        const present = await stepsFor(tx, batch);
        await write(tx, present, revision);
        return present;
      });
    }
    steps.forEach((step, index) => {
      if (step.is === 'create') report.created += 1;
      else if (step.is === 'update') report.updated += 1;
      else if (step.is === 'same') report.unchanged += 1;
      else note('skipped', batch[index]?.where ?? '', 'was deleted here. Bring it back first to import it.');
    });
    onProgress(report);
  }

  let batch: Checked[] = [];
  for await (const record of records) {
    if (record.is === 'same') report.unchanged += 1;
    else if (record.is !== 'article') note(record.is, record.where, record.reason);
    else {
      const checked = check(record);
      if (checked) batch.push(checked);
    }
    if (batch.length < BATCH_SIZE) continue;
    await take(batch);
    batch = [];
  }
  await take(batch);
  return report;
}
