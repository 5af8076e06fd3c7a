import type { ArticleStatus, ImportReport } from '@flexcord/shared/panel/library';
import type { Store, Tx } from '../../store/open.ts';
import { type ArticleRow, columnsOf, contentOf, hashOf } from '../articles/content.ts';
import { type Editor, insertArticles, keepVersions } from '../articles/library.ts';
import { nextRevision } from '../revision.ts';
import { baseLanguage } from '../text/language-tag.ts';
import { type Checked, createRecordCheck } from './check-record.ts';
import { createImportReport } from './import-report.ts';
import { type Proposal, propose, whyWait } from './proposing.ts';
import type { ImportOptions, ImportSource, WithdrawnRecord } from './records.ts';
import { findGone, withdrawRows } from './withdrawals.ts';

/** Articles written in one transaction: few enough that nobody waits long. */
const BATCH_SIZE = 50;
/** In a bridge that answers meanwhile. */
const SMALL_BATCH_SIZE = 8;

type Item = Checked | WithdrawnRecord;
type Step =
  | { is: 'create'; item: Checked; status: ArticleStatus }
  | { is: 'update'; item: Checked; row: ArticleRow; status: ArticleStatus }
  | { is: 'withdraw'; item: Item; row: ArticleRow; reason: string }
  | { is: 'propose'; item: Item; row: ArticleRow; why: Proposal['why'] }
  | { is: 'same'; item: Item; row: ArticleRow }
  | { is: 'skip'; item: Item; reason: string };

/**
 * Brings articles of a source into the store, a batch at a time: what is new or changed is written, what is unchanged is
 * not, what is broken is named and the rest goes on. Articles that were deleted here stay deleted; what its source withdrew
 * is unpublished, and what its source has no more is named.
 */
export async function importArticles(
  store: Store,
  { source, origin, keepsEdits, records, columns, isWhole }: ImportSource,
  options: ImportOptions,
  editor: Editor,
  onProgress: (report: ImportReport) => void = () => {},
): Promise<ImportReport> {
  const { report, note, noteChange } = createImportReport(options.dryRun === true);
  const check = createRecordCheck(options, note);
  const seen = new Set<string>();
  const { proposing } = options;
  const newStatus = proposing?.rule === 'propose' ? 'draft' : 'published';

  function stepFor(item: Item, row: ArticleRow | undefined): Step {
    if (item.is === 'withdrawn') return withdrawalOf(item, row);
    if (!row)
      return {
        is: 'create',
        item,
        status: options.status ?? (newStatus === 'draft' ? newStatus : (item.status ?? newStatus)),
      };
    if (row.deleted_at !== null)
      return { is: 'skip', item, reason: 'was deleted here. Bring it back first to import it.' };
    const isBack = row.withdrawn_at !== null && row.status === 'draft';
    const status =
      options.status ??
      (proposing ? undefined : item.status) ??
      (isBack && newStatus === 'published' ? 'published' : row.status);
    const same =
      (hashOf(contentOf(row)) === item.hash && keptWith(item.content, row)) ||
      (keepsEdits && row.source === source && row.import_hash === item.hash);
    if (same && status === row.status) return { is: 'same', item, row };
    const why = proposing && !same ? whyWait(row, proposing) : null;
    return why ? { is: 'propose', item, row, why } : { is: 'update', item, row, status };
  }

  function withdrawalOf(item: WithdrawnRecord, row: ArticleRow | undefined): Step {
    if (row?.status !== 'published' || row.deleted_at !== null || options.status === 'published')
      return { is: 'skip', item, reason: item.reason };
    // Somebody published it although its source has withdrawn it.
    if (row.withdrawn_at !== null)
      return { is: 'skip', item, reason: `${item.reason} It was published here all the same, and stays so.` };
    const why = proposing ? whyWait(row, proposing, 'withdrawn') : null;
    return why ? { is: 'propose', item, row, why } : { is: 'withdraw', item, row, reason: item.reason };
  }

  async function stepsFor(db: Store['db'] | Tx, batch: readonly Item[]): Promise<Step[]> {
    const ids = batch.flatMap((item) => [item.id, ...otherIdsOf(item)]);
    const rows = await db.selectFrom('articles').selectAll().where('id', 'in', ids).execute();
    const byId = new Map(rows.map((row) => [row.id, row]));
    return batch.map((item) => stepFor(...placed(item, byId)));
  }

  /** The item under the id that it has here, and the article of that id. */
  function placed<T extends Item>(
    item: T,
    byId: ReadonlyMap<string, ArticleRow>,
  ): [T, ArticleRow | undefined] {
    const row = byId.get(item.id);
    if (item.is === 'article' && item.idIsDerived && row && isOther(item, row)) {
      const id = languageId(item);
      return [{ ...item, id }, byId.get(id)];
    }
    const former = item.former && byId.get(item.former.id);
    const isFormer = !row && former && former.source === source && former.url === item.former?.url;
    return isFormer ? [{ ...item, id: former.id }, former] : [item, row];
  }

  /** The same path in another language is another article. */
  const isOther = (item: Checked, row: ArticleRow) =>
    row.source === source && baseLanguage(row.language) !== baseLanguage(item.content.language);

  async function write(tx: Tx, steps: readonly Step[], revision: number): Promise<void> {
    await insertArticles(
      tx,
      revision,
      editor,
      steps.flatMap((step) =>
        step.is === 'create'
          ? [
              {
                id: step.item.id,
                content: step.item.content,
                status: step.status,
                source,
                sourceId: step.item.sourceId,
                importHash: step.item.hash,
                importOrigin: origin,
              },
            ]
          : [],
      ),
    );
    const now = Date.now();
    for (const step of steps) {
      if (step.is === 'withdraw') await withdrawRows(tx, [step.row.id], revision, editor);
      if (step.is === 'propose' && proposing)
        await propose(tx, proposing.sourceId, proposalOf(step.row, step.why, step.item));
      if (step.is !== 'update') continue;
      const { item, row } = step;
      const version = row.version + 1;
      await tx
        .updateTable('articles')
        .set({
          ...columnsOf(item.content),
          status: step.status,
          version,
          revision,
          changed_at: now,
          changed_by: editor.name,
          withdrawn_at: null,
          ...(row.source === source ? { import_hash: item.hash, imported_at: now } : {}),
        })
        .where('id', '=', row.id)
        .execute();
      await keepVersions(tx, [{ id: row.id, version, content: item.content }], editor);
    }
  }

  /** Where articles were last found; no change that anybody sees. */
  async function keepOrigin(steps: readonly Step[]): Promise<void> {
    const back = steps.flatMap((step) =>
      step.is === 'same' && step.item.is === 'article' && step.row.withdrawn_at !== null ? [step.row.id] : [],
    );
    if (back.length > 0)
      await store.db
        .updateTable('articles')
        .set({ withdrawn_at: null })
        .where('id', 'in', back)
        .where('status', '=', 'published')
        .execute();
    // Somebody wrote here what its source says: from here on the source changes it again.
    for (const step of proposing ? steps : [])
      if (step.is === 'same' && step.item.is === 'article' && hashOf(contentOf(step.row)) === step.item.hash)
        if (step.row.source === source && step.row.import_hash !== step.item.hash)
          await store.db
            .updateTable('articles')
            .set({ import_hash: step.item.hash })
            .where('id', '=', step.row.id)
            .execute();
    const ids = steps.flatMap((step) =>
      'row' in step && step.row.source === source && step.row.import_origin !== origin ? [step.row.id] : [],
    );
    if (ids.length > 0)
      await store.db.updateTable('articles').set({ import_origin: origin }).where('id', 'in', ids).execute();
  }

  async function take(batch: readonly Item[]): Promise<void> {
    if (batch.length === 0) return;
    let steps = await stepsFor(store.db, batch);
    if (!options.dryRun && steps.some(({ is }) => is !== 'same' && is !== 'skip')) {
      steps = await store.transact(async (tx) => {
        // Nobody else changes articles from here on, so what is read now is what is changed.
        const revision = await nextRevision(tx);
        const present = await stepsFor(tx, batch);
        await write(tx, present, revision);
        return present;
      });
    }
    if (!options.dryRun) await keepOrigin(steps);
    for (const step of steps) {
      seen.add('row' in step ? step.row.id : step.item.id);
      const { where } = step.item;
      if (step.is === 'create' || step.is === 'update') noteChange(step.is, step.item, step.status);
      else if (step.is === 'same') report.unchanged += 1;
      else if (step.is === 'propose') noteProposal(proposalOf(step.row, step.why, step.item), step.row.title);
      else note(step.is === 'withdraw' ? 'withdrawn' : 'skipped', where, step.reason);
      if (step.is === 'update' && step.status === 'draft' && step.row.status === 'published')
        note(
          'withdrawn',
          where,
          step.item.status === 'draft' ? 'is a draft there.' : 'is imported as a draft.',
        );
    }
    onProgress(report);
  }

  let batch: Item[] = [];
  for await (const record of records) {
    if (record.is === 'article') {
      const checked = check(record);
      if (checked) batch.push(checked);
      else seen.add(record.id);
    } else if (record.is === 'withdrawn') batch.push(record);
    else {
      if (record.id) seen.add(record.id);
      if (record.is === 'same') report.unchanged += 1;
      else note(record.is, record.where, record.reason);
    }
    if (batch.length < (proposing ? SMALL_BATCH_SIZE : BATCH_SIZE)) continue;
    await take(batch);
    batch = [];
  }
  await take(batch);
  report.columns = columns?.() ?? [];
  if (isWhole?.() !== false) await settleGone();
  return report;

  function noteProposal({ articleId, kind, why }: Proposal, title: string): void {
    proposing?.proposed.set(articleId, kind);
    const reason = kind === 'changed' ? 'has changed there' : 'is no longer there';
    const waits = { edited: 'was changed here', rule: 'waits for a person', many: 'is one of too many' }[why];
    note('proposed', `"${title}" (${articleId})`, `${reason}, and ${waits}.`);
  }

  async function settleGone(): Promise<void> {
    const found = await findGone(store, { source, origin, seen });
    // Somebody published it again although its source has it no more.
    const gone = proposing ? found.filter(({ withdrawn_at }) => withdrawn_at === null) : found;
    if (gone.length === 0) return;
    const waiting = gone.flatMap((row) => {
      const why = proposing ? whyWait(row, proposing, 'withdrawn') : null;
      return why ? [{ row, proposal: proposalOf(row, why) }] : [];
    });
    const leaving = gone.filter((row) => !waiting.some((one) => one.row === row));
    if ((options.withdrawGone || proposing) && !options.dryRun)
      await store.transact(async (tx) => {
        if (options.withdrawGone)
          await withdrawRows(
            tx,
            leaving.map(({ id }) => id),
            await nextRevision(tx),
            editor,
          );
        for (const { proposal } of waiting) await propose(tx, proposing?.sourceId ?? 0, proposal);
      });
    for (const { row, proposal } of waiting) noteProposal(proposal, row.title);
    const reason = 'is published here, and no longer at its source.';
    for (const { id, title } of leaving)
      note(options.withdrawGone ? 'withdrawn' : 'gone', `"${title}" (${id})`, reason);
  }
}

/** Whether whoever answers for it stays the same; what a source does not say stays. */
const keptWith = ({ owner, reviewOn }: Checked['content'], row: ArticleRow): boolean =>
  (owner === undefined || owner === row.owner) && (reviewOn === undefined || reviewOn === row.review_on);

const proposalOf = (row: ArticleRow, why: Proposal['why'], item?: Item): Proposal =>
  item?.is === 'article'
    ? { articleId: row.id, kind: 'changed', why, content: item.content, hash: item.hash }
    : { articleId: row.id, kind: 'withdrawn', why, content: null, hash: null };

const languageId = ({ id, content }: Checked) => `${id}-${content.language.toLowerCase()}`;

const otherIdsOf = (item: Item): string[] => [
  ...(item.former ? [item.former.id] : []),
  ...(item.is === 'article' && item.idIsDerived ? [languageId(item)] : []),
];
