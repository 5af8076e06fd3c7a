import type { CaseDetail, NewCase } from '@flexcord/shared/panel/case';
import type { Store, Tx } from '../store/open.ts';
import type { CaseEventKind, CaseStatus } from '../store/schema.ts';
import { findCase } from './queries.ts';
import { isUnfinished, mayMove } from './transitions.ts';
import type { CaseRow } from './view.ts';

/** Who changes a case; without an identity it is the bridge itself. */
export interface Actor {
  identity: string | null;
  name: string;
}

/** What a member is told of a case. */
export type CaseNotice =
  | { is: 'case-comment'; caseNumber: number; title: string; author: string; text: string }
  | { is: 'case-check-in'; caseNumber: number; title: string };

/** What became of a change: `conflict` where it was made on another version than the present. */
export type Change =
  | { is: 'done' | 'conflict'; case: CaseDetail }
  | { is: 'missing' }
  | { is: 'illegal'; from: CaseStatus };

export interface CasesOptions {
  store: Store;
  /** Sends something to a member; the same key is sent once. */
  tell(tx: Tx, memberId: string, key: string, notice: CaseNotice): Promise<void>;
  /** Called after a case was changed and that is committed. */
  changed(memberId: string, caseNumber: number): void;
  /** Called in the transaction that moves a case to another status. */
  moved?(tx: Tx, move: Move): Promise<void>;
}

/** A case on its way to another status. */
export interface Move {
  number: number;
  title: string;
  memberId: string;
  to: CaseStatus;
  /** Of the case afterwards; no two moves of a case have the same. */
  version: number;
  /** The member did it, so that nobody need tell them. */
  byMember: boolean;
}

/** What became of something that a member wants of a case; one of somebody else is `missing` to them. */
export type MemberChange = { is: 'done' } | { is: 'missing' } | { is: 'illegal'; from: CaseStatus };

const BRIDGE: Actor = { identity: null, name: 'Flexcord' };
const TITLE_LENGTH = 120;

/** Everything that changes cases. Each change is one transaction with its entry in the timeline. */
export function createCases({ store, tell, changed, moved = async () => {} }: CasesOptions) {
  const write = (tx: Tx, number: number, kind: CaseEventKind, text: string, actor: Actor) =>
    tx
      .insertInto('case_events')
      .values({
        case_number: number,
        kind,
        text,
        actor_identity: actor.identity,
        actor_name: actor.name,
        at: Date.now(),
      })
      .execute();

  const present = async (number: number): Promise<CaseDetail> => {
    const found = await findCase(store.db, number);
    if (!found) throw new Error(`case ${number} vanished although cases are never removed`);
    return found;
  };

  /**
   * Moves a case from `version` to the next one, in one statement, so that of two changes on the same version one
   * wins. `work` adds what else belongs to the change, and may refuse it before anything is written.
   */
  async function change(
    number: number,
    version: number,
    fields: Partial<Pick<CaseRow, 'status'>>,
    work: (tx: Tx, row: CaseRow) => Promise<void>,
    refuse: (row: CaseRow) => boolean = () => false,
  ): Promise<Change> {
    const outcome = await store.transact(async (tx): Promise<'done' | 'conflict' | Change> => {
      const row = await tx.selectFrom('cases').selectAll().where('number', '=', number).executeTakeFirst();
      if (!row) return { is: 'missing' };
      if (row.version !== version) return 'conflict';
      if (refuse(row)) return { is: 'illegal', from: row.status };
      const { numUpdatedRows } = await tx
        .updateTable('cases')
        .set({ ...fields, version: version + 1, changed_at: Date.now() })
        .where('number', '=', number)
        .where('version', '=', version)
        .executeTakeFirst();
      if (Number(numUpdatedRows) === 0) return 'conflict';
      await work(tx, row);
      store.afterCommit(tx, () => changed(row.member_id, number));
      return 'done';
    });
    return typeof outcome === 'string' ? { is: outcome, case: await present(number) } : outcome;
  }

  /**
   * A member's step with their own case: to the status that `next` says, or none. Returns the case as it was, with its
   * version afterwards; undefined where it is not theirs.
   */
  async function step(
    tx: Tx,
    member: { id: string },
    number: number,
    next: (from: CaseStatus) => CaseStatus | null,
  ): Promise<{ status: CaseStatus; title: string; version: number } | undefined> {
    const query = tx
      .selectFrom('cases')
      .select(['status', 'title', 'version'])
      .where('number', '=', number)
      .where('member_id', '=', member.id);
    const row = await (store.dialect.name === 'postgres' ? query.forNoKeyUpdate() : query).executeTakeFirst();
    const to = row && next(row.status);
    if (!row || to === null || to === undefined) return row;
    const version = row.version + 1;
    await tx
      .updateTable('cases')
      .set({ status: to, version, changed_at: Date.now() })
      .where('number', '=', number)
      .execute();
    store.afterCommit(tx, () => changed(member.id, number));
    return { ...row, version };
  }

  return {
    /** Opens a case for a conversation that has none; the conversation's row is locked by the caller. */
    async openForConversation(
      tx: Tx,
      conversation: { id: string; member_id: string },
      title: string,
    ): Promise<number> {
      const now = Date.now();
      const { number } = await tx
        .insertInto('cases')
        .values({
          conversation_id: conversation.id,
          member_id: conversation.member_id,
          title: title.slice(0, TITLE_LENGTH),
          status: 'open',
          created_at: now,
          changed_at: now,
        })
        .returning('number')
        .executeTakeFirstOrThrow();
      await tx
        .updateTable('conversations')
        .set({ case_number: number })
        .where('id', '=', conversation.id)
        .execute();
      await write(tx, number, 'created', 'Opened when the member asked for a person', BRIDGE);
      store.afterCommit(tx, () => changed(conversation.member_id, number));
      return number;
    },

    /** Opens a case that an agent filled in. The member exists, and the source is one of theirs. */
    async create(given: NewCase, sourceConversationId: string | null, actor: Actor): Promise<CaseDetail> {
      const number = await store.transact(async (tx) => {
        const now = Date.now();
        const { number } = await tx
          .insertInto('cases')
          .values({
            conversation_id: sourceConversationId,
            member_id: given.memberId,
            title: given.title,
            description: given.description,
            type: given.type,
            priority: given.priority,
            tags: JSON.stringify(given.tags),
            fields: JSON.stringify(given.fields),
            status: 'open',
            assignee_identity: actor.identity,
            assignee_name: actor.name,
            created_at: now,
            changed_at: now,
          })
          .returning('number')
          .executeTakeFirstOrThrow();
        await write(tx, number, 'created', given.title, actor);
        if (sourceConversationId) {
          await tx
            .updateTable('conversations')
            .set({ case_number: number })
            .where('id', '=', sourceConversationId)
            .where('case_number', 'is', null)
            .execute();
          await write(tx, number, 'conversation', given.source?.conversationSid ?? '', actor);
        }
        store.afterCommit(tx, () => changed(given.memberId, number));
        return number;
      });
      return present(number);
    },

    /** Opens a case that somebody asked for on Discord. */
    async open(
      tx: Tx,
      given: { memberId: string; type: CaseRow['type']; title: string; description: string },
      actor: Actor,
    ): Promise<number> {
      const now = Date.now();
      const { number } = await tx
        .insertInto('cases')
        .values({
          member_id: given.memberId,
          title: given.title,
          description: given.description,
          type: given.type,
          status: 'open',
          created_at: now,
          changed_at: now,
        })
        .returning('number')
        .executeTakeFirstOrThrow();
      await write(tx, number, 'created', given.title, actor);
      store.afterCommit(tx, () => changed(given.memberId, number));
      return number;
    },

    /** A member adds to their case. Where we waited for it, it is our turn again. */
    async commentByMember(
      tx: Tx,
      member: { id: string; name: string },
      number: number,
      text: string,
    ): Promise<MemberChange> {
      const row = await step(tx, member, number, (status) => (status === 'waiting' ? 'open' : status));
      if (!row) return { is: 'missing' };
      await write(tx, number, 'comment', text, { identity: null, name: member.name });
      if (row.status === 'waiting') {
        await write(tx, number, 'status', 'waiting → open', { identity: null, name: member.name });
        await moved(tx, { ...row, number, memberId: member.id, to: 'open', byMember: true });
      }
      return { is: 'done' };
    },

    /** A member closes their case, or opens a finished one again. */
    async moveByMember(
      tx: Tx,
      member: { id: string; name: string },
      number: number,
      to: 'closed' | 'open',
    ): Promise<MemberChange> {
      const legal = (from: CaseStatus) => mayMove(from, to) && isUnfinished(from) === (to === 'closed');
      const row = await step(tx, member, number, (from) => (legal(from) ? to : null));
      if (!row) return { is: 'missing' };
      if (!legal(row.status)) return { is: 'illegal', from: row.status };
      await write(tx, number, 'status', `${row.status} → ${to}`, { identity: null, name: member.name });
      await moved(tx, { ...row, number, memberId: member.id, to, byMember: true });
      return { is: 'done' };
    },

    /** A public comment is sent to the member; an internal one stays in the team. */
    comment: (
      number: number,
      { text, visibility, version }: { text: string; visibility: 'public' | 'internal'; version: number },
      actor: Actor,
    ) =>
      change(number, version, {}, async (tx, row) => {
        await write(tx, number, visibility === 'public' ? 'comment' : 'note', text, actor);
        if (visibility === 'internal') return;
        await tell(tx, row.member_id, `case-comment:${number}:${version}`, {
          is: 'case-comment',
          caseNumber: number,
          title: row.title,
          author: actor.name,
          text,
        });
      }),

    transition: (number: number, { to, version }: { to: CaseStatus; version: number }, actor: Actor) =>
      change(
        number,
        version,
        { status: to },
        async (tx, row) => {
          await write(tx, number, 'status', `${row.status} → ${to}`, actor);
          await moved(tx, {
            number,
            title: row.title,
            memberId: row.member_id,
            to,
            version: version + 1,
            byMember: false,
          });
        },
        (row) => !mayMove(row.status, to),
      ),

    /** Asks the member whether it is solved; a finished case is not asked about. */
    checkIn: (number: number, { version }: { version: number }, actor: Actor) =>
      change(
        number,
        version,
        {},
        async (tx, row) => {
          await write(tx, number, 'check-in', 'Asked the member whether it is solved', actor);
          await tell(tx, row.member_id, `case-check-in:${number}:${version}`, {
            is: 'case-check-in',
            caseNumber: number,
            title: row.title,
          });
        },
        (row) => !isUnfinished(row.status),
      ),

    /** The member says that it is solved; false for a case that is not theirs or finished already. */
    async solvedByMember(tx: Tx, member: { id: string; name: string }, number: number): Promise<boolean> {
      const row = await tx
        .updateTable('cases')
        .set((eb) => ({ status: 'resolved', version: eb('version', '+', 1), changed_at: Date.now() }))
        .where('number', '=', number)
        .where('member_id', '=', member.id)
        .where('status', 'in', ['open', 'elevated', 'waiting'])
        .returning(['title', 'version'])
        .executeTakeFirst();
      if (!row) return false;
      const actor = { identity: null, name: member.name };
      await write(tx, number, 'status', 'The member says that it is solved', actor);
      await moved(tx, { number, ...row, memberId: member.id, to: 'resolved', byMember: true });
      store.afterCommit(tx, () => changed(member.id, number));
      return true;
    },

    /** Keeps what the member thought of a conversation that belongs to the case. */
    async rated(tx: Tx, number: number, words: string, member: { id: string; name: string }): Promise<void> {
      await write(tx, number, 'rating', words, { identity: null, name: member.name });
      await tx
        .updateTable('cases')
        .set((eb) => ({ version: eb('version', '+', 1), changed_at: Date.now() }))
        .where('number', '=', number)
        .execute();
      store.afterCommit(tx, () => changed(member.id, number));
    },

    /** Notes in a case that what was sent to the member did not arrive and why, in the transaction that found it out. */
    async undelivered(tx: Tx, number: number, words: string): Promise<void> {
      await write(tx, number, 'note', words, BRIDGE);
      const row = await tx
        .updateTable('cases')
        .set((eb) => ({ version: eb('version', '+', 1), changed_at: Date.now() }))
        .where('number', '=', number)
        .returning('member_id')
        .executeTakeFirst();
      if (row) store.afterCommit(tx, () => changed(row.member_id, number));
    },
  };
}

export type Cases = ReturnType<typeof createCases>;
