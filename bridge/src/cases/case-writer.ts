import { indexCase } from '../store/case-search.ts';
import type { Store, Tx } from '../store/open.ts';
import type {
  Actor,
  CaseChange,
  CaseListener,
  CaseRefusal,
  CaseResult,
  Decision,
  TimelineEntry,
} from './case-change.ts';
import { findCase, forgetNewestTitles } from './queries.ts';
import type { CaseRow } from './view.ts';

export interface CaseWriterOptions {
  store: Store;
  /** Called after the commit of a change. */
  changed(memberId: string, caseNumber: number): void;
}

/** The newest comments of a case that are indexed for search. */
const MAX_SEARCHED_COMMENTS = 100;

/** Makes a case be found by what it says now. */
export async function reindexCase(store: Pick<Store, 'dialect'>, tx: Tx, row: CaseRow): Promise<void> {
  const member = await tx
    .selectFrom('members')
    .select('name')
    .where('id', '=', row.member_id)
    .executeTakeFirst();
  const comments = await tx
    .selectFrom('case_events')
    .select('text')
    .where('case_number', '=', row.number)
    .where('kind', 'in', ['comment', 'note'])
    .orderBy('id', 'desc')
    .limit(MAX_SEARCHED_COMMENTS)
    .execute();
  const tags = (JSON.parse(row.tags) as string[]).join(' ');
  const fields = Object.values(JSON.parse(row.fields) as Record<string, string>).join(' ');
  const texts = [row.number, row.title, tags, member?.name ?? '', fields, row.description];
  await indexCase(store, tx, row.number, [...texts, ...comments.map(({ text }) => text)].join('\n'));
}

/** The only writer of cases: keeps version, timeline, search index and listeners together. */
export function createCaseWriter({ store, changed }: CaseWriterOptions) {
  const listeners: CaseListener[] = [];

  async function rewriteTags(tx: Tx, row: CaseRow): Promise<void> {
    await tx.deleteFrom('case_tags').where('case_number', '=', row.number).execute();
    const tags = JSON.parse(row.tags) as string[];
    if (tags.length === 0) return;
    await tx
      .insertInto('case_tags')
      .values(tags.map((tag) => ({ tag, case_number: row.number })))
      .execute();
  }

  async function notify(tx: Tx, change: CaseChange): Promise<void> {
    for (const listener of listeners) await listener(tx, change);
    store.afterCommit(tx, () => {
      forgetNewestTitles(store);
      changed(change.after.member_id, change.after.number);
    });
  }

  async function record(tx: Tx, before: CaseRow | null, after: CaseRow, entry: TimelineEntry, actor: Actor) {
    const { id } = await tx
      .insertInto('case_events')
      .values({
        case_number: after.number,
        kind: entry.kind,
        text: entry.text,
        detail: before && entry.fields ? difference(before, after, entry.fields) : null,
        actor_identity: actor.identity,
        actor_member_id: actor.memberId ?? null,
        actor_name: actor.name,
        at: after.changed_at,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    if (!before || entry.fields?.tags !== undefined) await rewriteTags(tx, after);
    if (['created', 'changed', 'comment', 'note'].includes(entry.kind)) await reindexCase(store, tx, after);
    await notify(tx, { kind: entry.kind, before, after, text: entry.text, actor, eventId: id });
  }

  /** A case that is not deleted, its row locked until the transaction ends. */
  async function lock(tx: Tx, number: number): Promise<CaseRow | undefined> {
    // PostgreSQL rejects what does not fit a 64-bit column.
    if (!Number.isSafeInteger(number)) return undefined;
    return store
      .lockRow(
        tx.selectFrom('cases').selectAll().where('number', '=', number).where('deleted_at', 'is', null),
      )
      .executeTakeFirst();
  }

  /** Writes a change of a locked case. */
  async function write(tx: Tx, row: CaseRow, entry: TimelineEntry, actor: Actor): Promise<CaseRow> {
    const after = await tx
      .updateTable('cases')
      .set({ ...entry.fields, version: row.version + 1, changed_at: Date.now() })
      .where('number', '=', row.number)
      .returningAll()
      .executeTakeFirstOrThrow();
    await record(tx, row, after, entry, actor);
    return after;
  }

  async function done(tx: Tx, number: number): Promise<CaseResult> {
    const found = await findCase(tx, number);
    if (!found) throw new Error(`case ${number} cannot be read although it was just written`);
    return { is: 'done', case: found };
  }

  async function conflict(tx: Tx, number: number): Promise<CaseRefusal> {
    const found = await findCase(tx, number);
    return found ? { is: 'conflict', case: found } : { is: 'missing' };
  }

  return {
    subscribe(listener: CaseListener): void {
      listeners.push(listener);
    },

    notify,
    record,
    lock,
    write,
    done,
    conflict,

    /**
     * Changes one case for somebody who has its version, or null for whatever it is at present: locks it, refuses what
     * cannot be, and writes what `decide` wants. A refusal changes nothing.
     */
    async change(
      tx: Tx,
      number: number,
      version: number | null,
      actor: Actor,
      decide: (row: CaseRow) => Promise<Decision> | Decision,
    ): Promise<CaseResult> {
      const row = await lock(tx, number);
      if (!row) return { is: 'missing' };
      if (version !== null && row.version !== version) return conflict(tx, number);
      if (row.merged_into !== null) return { is: 'merged', into: row.merged_into };
      const decision = await decide(row);
      if (decision.is !== 'write' && decision.is !== 'unchanged') return decision;
      if (decision.is === 'write') await write(tx, row, decision.entry, actor);
      return done(tx, number);
    },
  };
}

export type CaseWriter = ReturnType<typeof createCaseWriter>;

function difference(before: CaseRow, after: CaseRow, fields: object): string {
  const of = (row: CaseRow) =>
    Object.fromEntries(Object.keys(fields).map((name) => [name, row[name as keyof CaseRow]]));
  return JSON.stringify({ before: of(before), after: of(after) });
}
