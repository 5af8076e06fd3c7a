import { CASE_LIMITS } from '@flexcord/shared/panel/case';
import { type GoneWords, goneText, goneWordsOf, usable, usableJson } from '../messages/usable-words.ts';
import type { Store, Tx } from '../store/open.ts';
import { reindexCase } from './case-writer.ts';
import { forgetNewestTitles } from './queries.ts';
import { plainTitle } from './rules.ts';
import type { CaseRow } from './view.ts';

/** What may be written into a member's case of a text: an agent's form may hold words that were taken back since. */
export type UsableIn = (tx: Tx, memberId: string, text: string) => Promise<string>;

export const createUsableIn =
  (mark: string): UsableIn =>
  async (tx, memberId, text) =>
    usable(text, await goneWordsOf(tx, memberId), mark);

/** Lets the timeline of a case be changed while `work` runs: words that are gone for good must go from there too. */
export async function inRedaction<T>(tx: Tx, number: number, work: () => Promise<T>): Promise<T> {
  await tx
    .insertInto('case_redactions')
    .values({ case_number: number })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const result = await work();
  await tx.deleteFrom('case_redactions').where('case_number', '=', number).execute();
  return result;
}

/**
 * Takes what a member no longer says out of the member's cases: their titles and descriptions, their timelines, the search,
 * and what other systems are still to be told. `mark` stands in its place. Returns the numbers of the cases that changed;
 * their versions go up, so that nobody writes the old words back from a form that is open.
 */
export async function reviseCases(
  store: Store,
  tx: Tx,
  memberId: string,
  gone: GoneWords,
  mark: string,
): Promise<number[]> {
  const cases = await tx
    .selectFrom('cases')
    .selectAll()
    .where((eb) =>
      eb.or([
        eb('member_id', '=', memberId),
        // The title of an incident is made of the words of one member.
        eb('number', 'in', eb.selectFrom('incidents').select('case_number').where('words_of', '=', memberId)),
      ]),
    )
    .execute();
  return revise(store, tx, cases, gone, mark);
}

/** As reviseCases, after a message was deleted that a case was opened from or linked to; it is known by its quotation alone. */
export async function reviseQuotes(store: Store, messageId: string, mark: string): Promise<void> {
  const quotes = await store.db
    .selectFrom('case_messages')
    .innerJoin('cases', 'cases.number', 'case_messages.case_number')
    .selectAll('cases')
    .select('case_messages.quote')
    .where('message_id', '=', messageId)
    .execute();
  // Most messages are in no case, and a server deletes many.
  if (quotes.length === 0) return;
  await store.transact(async (tx) => {
    for (const { quote, ...row } of quotes) await revise(store, tx, [row], goneText(quote), mark);
  });
}

async function revise(
  store: Store,
  tx: Tx,
  cases: readonly CaseRow[],
  gone: GoneWords,
  mark: string,
): Promise<number[]> {
  if (gone.length === 0) return [];
  const changed: number[] = [];
  for (const row of cases) {
    const left = {
      title: plainTitle(usable(row.title, gone, mark), CASE_LIMITS.title) || mark,
      description: usable(row.description, gone, mark),
      fields: usableJson(row.fields, gone, mark),
    };
    const isChanged =
      left.title !== row.title || left.description !== row.description || left.fields !== row.fields;
    const around = await reviseAround(tx, row.number, gone, mark);
    if (!isChanged && !around) continue;
    const after = await tx
      .updateTable('cases')
      .set({ ...(isChanged ? left : {}), version: row.version + 1 })
      .where('number', '=', row.number)
      .returningAll()
      .executeTakeFirstOrThrow();
    if (after.deleted_at === null) await reindexCase(store, tx, after);
    changed.push(row.number);
  }
  if (changed.length > 0) store.afterCommit(tx, () => void forgetNewestTitles(store));
  return changed;
}

/** What belongs to a case beside its row. Returns whether anything changed. */
async function reviseAround(tx: Tx, number: number, gone: GoneWords, mark: string): Promise<boolean> {
  const [events, deliveries, messages] = [
    await tx
      .selectFrom('case_events')
      .select(['id', 'text', 'detail'])
      .where('case_number', '=', number)
      .execute(),
    await tx
      .selectFrom('webhook_deliveries')
      .select(['id', 'body'])
      .where('case_number', '=', number)
      .execute(),
    await tx
      .selectFrom('case_messages')
      .select(['message_id', 'quote'])
      .where('case_number', '=', number)
      .execute(),
  ];
  let changed = false;
  await inRedaction(tx, number, async () => {
    for (const { id, text, detail } of events) {
      const left = {
        text: usable(text, gone, mark),
        detail: detail === null ? null : usableJson(detail, gone, mark),
      };
      if (left.text === text && left.detail === detail) continue;
      changed = true;
      await tx.updateTable('case_events').set(left).where('id', '=', id).execute();
    }
  });
  for (const { id, body } of deliveries) {
    const left = usableJson(body, gone, mark);
    if (left !== body)
      await tx.updateTable('webhook_deliveries').set({ body: left }).where('id', '=', id).execute();
  }
  for (const { message_id, quote } of messages) {
    const left = usable(quote, gone, mark);
    if (left === quote) continue;
    changed = true;
    await tx
      .updateTable('case_messages')
      .set({ quote: left })
      .where('case_number', '=', number)
      .where('message_id', '=', message_id)
      .execute();
  }
  return changed;
}
