import type { CaseDetail, CaseEventKind, CaseStatus } from '@flexcord/shared/panel/case';
import type { Updateable } from 'kysely';
import { indexCase } from '../store/case-search.ts';
import type { Store, Tx } from '../store/open.ts';
import type { CasesTable } from '../store/schema.ts';
import { findCase, forgetNewestTitles } from './queries.ts';
import type { CaseFault } from './rules.ts';
import type { CaseRow } from './view.ts';

/** Who changes a case: an agent has an identity, a member a member id, the bridge itself neither. */
export interface Actor {
  identity: string | null;
  name: string;
  memberId?: string;
  /** False for an agent who may only take a case that nobody has, or give their own back. */
  mayAssign?: boolean;
}

export const BRIDGE: Actor = { identity: null, name: 'Flexcord' };

/** Why a change was not made; nothing was written then. */
export type Refusal =
  /** No such case, or one that is not this member's. */
  | { is: 'missing' }
  /** It was made on another version than the present one. */
  | { is: 'conflict'; case: CaseDetail }
  /** The actor may not assign cases to others. */
  | { is: 'may-not-assign' }
  /** It makes no sense in this status. */
  | { is: 'illegal'; from: CaseStatus }
  /** It is a duplicate; what is meant is to be done to the other case. */
  | { is: 'merged'; into: number }
  /** Other cases were merged into it, which must be unmerged first. */
  | { is: 'has-duplicates'; duplicates: number[] }
  /** It cannot be a duplicate of this one: itself, gone, or a duplicate too. */
  | { is: 'bad-target' }
  | { is: 'not-merged' }
  | { is: 'invalid'; fault: CaseFault };

export const invalid = (fault: CaseFault): Refusal => ({ is: 'invalid', fault });

/** What became of a change. */
export type Change = { is: 'done'; case: CaseDetail } | Refusal;

/** What listeners hear of; the row as it was and as it is. */
export interface CaseChange {
  /** `votes`: nothing but the number of votes. */
  kind: CaseEventKind | 'votes';
  /** Null for a new case. */
  before: CaseRow | null;
  after: CaseRow;
  /** The words of a comment or note, otherwise what changed. */
  text: string;
  actor: Actor;
  /** Number of its entry in the timeline, which names the change for ever; null for votes. */
  eventId: number | null;
}

/**
 * Hears of every change, in its transaction and in order: what it writes is kept or lost together with the change. It
 * must do nothing but use the store, and may be called again where the transaction is.
 */
export type CaseListener = (tx: Tx, change: CaseChange) => Promise<void>;

export interface LedgerOptions {
  store: Store;
  /** Called after a case was changed and that is committed. */
  changed(memberId: string, caseNumber: number): void;
}

/** What is changed, and the entry of the timeline that says so. */
export interface Entry {
  kind: CaseEventKind;
  text: string;
  fields?: Updateable<CasesTable>;
}

/** Comments by which a case can be found; of more the newest. */
const SEARCHED_COMMENTS = 100;

/** The one place where cases are written: version, timeline, search and listeners always go together. */
export function createLedger({ store, changed }: LedgerOptions) {
  const listeners: CaseListener[] = [];

  async function reindex(tx: Tx, row: CaseRow): Promise<void> {
    const member = await tx
      .selectFrom('members')
      .select('name')
      .where('id', '=', row.member_id)
      .executeTakeFirst();
    const said = await tx
      .selectFrom('case_events')
      .select('text')
      .where('case_number', '=', row.number)
      .where('kind', 'in', ['comment', 'note'])
      .orderBy('id', 'desc')
      .limit(SEARCHED_COMMENTS)
      .execute();
    const tags = (JSON.parse(row.tags) as string[]).join(' ');
    const fields = Object.values(JSON.parse(row.fields) as Record<string, string>).join(' ');
    const texts = [row.number, row.title, tags, member?.name ?? '', fields, row.description];
    await indexCase(store, tx, row.number, [...texts, ...said.map(({ text }) => text)].join('\n'));
  }

  async function rewriteTags(tx: Tx, row: CaseRow): Promise<void> {
    await tx.deleteFrom('case_tags').where('case_number', '=', row.number).execute();
    const tags = JSON.parse(row.tags) as string[];
    if (tags.length === 0) return;
    await tx
      .insertInto('case_tags')
      .values(tags.map((tag) => ({ tag, case_number: row.number })))
      .execute();
  }

  async function tell(tx: Tx, change: CaseChange): Promise<void> {
    for (const hear of listeners) await hear(tx, change);
    store.afterCommit(tx, () => {
      forgetNewestTitles(store);
      changed(change.after.member_id, change.after.number);
    });
  }

  async function record(tx: Tx, before: CaseRow | null, after: CaseRow, entry: Entry, actor: Actor) {
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
    if (['created', 'changed', 'comment', 'note'].includes(entry.kind)) await reindex(tx, after);
    await tell(tx, { kind: entry.kind, before, after, text: entry.text, actor, eventId: id });
  }

  return {
    subscribe(listener: CaseListener): void {
      listeners.push(listener);
    },

    tell,
    record,

    /** A case that is not deleted, its row locked until the transaction ends. */
    async lock(tx: Tx, number: number): Promise<CaseRow | undefined> {
      // Whatever is no number of a case is refused by a 64-bit column.
      if (!Number.isSafeInteger(number)) return undefined;
      const query = tx
        .selectFrom('cases')
        .selectAll()
        .where('number', '=', number)
        .where('deleted_at', 'is', null);
      return (store.dialect.name === 'postgres' ? query.forNoKeyUpdate() : query).executeTakeFirst();
    },

    /** Writes a change of a locked case. */
    async write(tx: Tx, row: CaseRow, entry: Entry, actor: Actor): Promise<CaseRow> {
      const after = await tx
        .updateTable('cases')
        .set({ ...entry.fields, version: row.version + 1, changed_at: Date.now() })
        .where('number', '=', row.number)
        .returningAll()
        .executeTakeFirstOrThrow();
      await record(tx, row, after, entry, actor);
      return after;
    },

    async done(tx: Tx, number: number): Promise<Change> {
      const found = await findCase(tx, number);
      if (!found) throw new Error(`case ${number} cannot be read although it was just written`);
      return { is: 'done', case: found };
    },

    async conflict(tx: Tx, number: number): Promise<Refusal> {
      const found = await findCase(tx, number);
      return found ? { is: 'conflict', case: found } : { is: 'missing' };
    },
  };
}

export type Ledger = ReturnType<typeof createLedger>;

function difference(before: CaseRow, after: CaseRow, fields: object): string {
  const of = (row: CaseRow) =>
    Object.fromEntries(Object.keys(fields).map((name) => [name, row[name as keyof CaseRow]]));
  return JSON.stringify({ before: of(before), after: of(after) });
}
