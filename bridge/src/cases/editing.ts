import { CASE_LIMITS, type CaseEdit, type NewCase } from '@flexcord/shared/panel/case';
import type { FieldDefinition } from '@flexcord/shared/panel/case-fields';
import type { Updateable } from 'kysely';
import { forgetCase } from '../store/case-search.ts';
import type { Store, Tx } from '../store/open.ts';
import type { CaseStatus, CasesTable } from '../store/schema.ts';
import { setFields } from './fields.ts';
import { type Actor, BRIDGE, type Change, type Entry, type Ledger, type Refusal } from './ledger.ts';
import { duplicatesOf } from './queries.ts';
import { type CaseFault, checkTags, checkText, checkTitle, plainTitle } from './rules.ts';
import { isUnfinished, mayMove } from './transitions.ts';
import type { CaseRow } from './view.ts';

/** What a member is told of a case. */
export type CaseNotice =
  | { is: 'case-comment'; caseNumber: number; title: string; author: string; text: string }
  | { is: 'case-check-in'; caseNumber: number; title: string };

/** Sends something to a member; the same key is sent once. */
export type TellMember = (tx: Tx, memberId: string, key: string, notice: CaseNotice) => Promise<void>;

/** A case to open. Without an assignee nobody has it yet. */
export interface CaseDraft extends Omit<NewCase, 'source'> {
  /** The conversation that it comes from, by the bridge's id. */
  conversationId: string | null;
  assignee: { identity: string; name: string } | null;
}

/** A change of what a case says; what is absent stays. */
export type CaseContent = Omit<CaseEdit, 'version' | 'assignee'> & {
  assignee?: { identity: string; name: string } | null;
};

const AUTOMATIC_TITLE = 120;
const UNTITLED = 'Support';

const invalid = (fault: CaseFault): Refusal => ({ is: 'invalid', fault });

/** When a case that moves was finished: the first time counts until it is opened again. */
export const finishedAt = (row: Pick<CaseRow, 'resolved_at'>, to: CaseStatus): number | null =>
  isUnfinished(to) ? null : (row.resolved_at ?? Date.now());

/** What is done to one case by somebody who has its version, or null for whatever it is at present. */
export function createEditing(
  store: Store,
  ledger: Ledger,
  tellMember: TellMember,
  fieldDefinitions: readonly FieldDefinition[],
) {
  /** Locks a case, refuses what cannot be, and writes what `work` wants; a refusal of `work` changes nothing. */
  async function change(
    tx: Tx,
    number: number,
    version: number | null,
    actor: Actor,
    work: (row: CaseRow) => Promise<Entry | Refusal | 'nothing'> | Entry | Refusal | 'nothing',
  ): Promise<Change> {
    const row = await ledger.lock(tx, number);
    if (!row) return { is: 'missing' };
    if (version !== null && row.version !== version) return ledger.conflict(tx, number);
    if (row.merged_into !== null) return { is: 'merged', into: row.merged_into };
    const wanted = await work(row);
    if (wanted !== 'nothing' && 'is' in wanted) return wanted;
    if (wanted !== 'nothing') await ledger.write(tx, row, wanted, actor);
    return ledger.done(tx, number);
  }

  async function insert(
    tx: Tx,
    values: Omit<Parameters<typeof row>[0], 'now'>,
    text: string,
    actor: Actor,
  ): Promise<CaseRow> {
    const made = await tx
      .insertInto('cases')
      .values(row({ ...values, now: Date.now() }))
      .returningAll()
      .executeTakeFirstOrThrow();
    if (made.conversation_id !== null) {
      await tx
        .updateTable('conversations')
        .set({ case_number: made.number })
        .where('id', '=', made.conversation_id)
        .where('case_number', 'is', null)
        .execute();
    }
    await ledger.record(tx, null, made, { kind: 'created', text }, actor);
    return made;
  }

  return {
    change,

    /** Opens a case for a conversation that has none; the conversation's row is locked by the caller. */
    async openForConversation(
      tx: Tx,
      conversation: { id: string; member_id: string },
      title: string,
    ): Promise<number> {
      const { number } = await insert(
        tx,
        {
          memberId: conversation.member_id,
          conversationId: conversation.id,
          title: plainTitle(title, AUTOMATIC_TITLE) || UNTITLED,
        },
        'Opened when the member asked for a person',
        BRIDGE,
      );
      return number;
    },

    /** Opens a case. Refused: what does not fit, an unknown member, a conversation that is not theirs. */
    async open(tx: Tx, draft: CaseDraft, actor: Actor): Promise<Change> {
      const title = checkTitle(draft.title);
      if ('fault' in title) return invalid(title.fault);
      const description = checkText('description', draft.description, CASE_LIMITS.description, false);
      if ('fault' in description) return invalid(description.fault);
      const tags = checkTags(draft.tags);
      if ('fault' in tags) return invalid(tags.fault);
      const fields = setFields(fieldDefinitions, {}, draft.fields);
      if ('fault' in fields) return invalid(fields.fault);
      const member = await tx
        .selectFrom('members')
        .select('id')
        .where('id', '=', draft.memberId)
        .executeTakeFirst();
      if (!member) return invalid({ of: 'member', why: 'unknown-member' });
      const fault = draft.conversationId
        ? await faultOfConversation(tx, draft.conversationId, draft.memberId)
        : null;
      if (fault) return invalid(fault);
      const made = await insert(
        tx,
        {
          memberId: draft.memberId,
          conversationId: draft.conversationId,
          title: title.value,
          description: description.value,
          type: draft.type,
          priority: draft.priority,
          tags: JSON.stringify(tags.value),
          fields: JSON.stringify(fields.value),
          assignee: draft.assignee,
        },
        title.value,
        actor,
      );
      return ledger.done(tx, made.number);
    },

    /** Changes what a case says or who has it. Nothing is written where nothing differs. */
    edit: (tx: Tx, number: number, version: number | null, content: CaseContent, actor: Actor) =>
      change(tx, number, version, actor, (row): Entry | Refusal | 'nothing' => {
        const set: Updateable<CasesTable> = {};
        if (content.title !== undefined) {
          const checked = checkTitle(content.title);
          if ('fault' in checked) return invalid(checked.fault);
          set.title = checked.value;
        }
        if (content.description !== undefined) {
          const checked = checkText('description', content.description, CASE_LIMITS.description, false);
          if ('fault' in checked) return invalid(checked.fault);
          set.description = checked.value;
        }
        if (content.tags !== undefined) {
          const checked = checkTags(content.tags);
          if ('fault' in checked) return invalid(checked.fault);
          set.tags = JSON.stringify(checked.value);
        }
        if (content.fields !== undefined) {
          const checked = setFields(fieldDefinitions, JSON.parse(row.fields), content.fields);
          if ('fault' in checked) return invalid(checked.fault);
          set.fields = JSON.stringify(checked.value);
        }
        if (content.type !== undefined) set.type = content.type;
        if (content.priority !== undefined) set.priority = content.priority;
        if (content.assignee !== undefined) {
          const next = content.assignee?.identity ?? null;
          const own = [row.assignee_identity, next].every((its) => its === null || its === actor.identity);
          if (actor.mayAssign === false && next !== row.assignee_identity && !own)
            return { is: 'may-not-assign' };
          set.assignee_identity = content.assignee?.identity ?? null;
          set.assignee_name = content.assignee?.name ?? null;
        }
        const changed = Object.entries(set).filter(([name, value]) => row[name as keyof CaseRow] !== value);
        const names = changed.map(([name]) => name);
        if (names.length === 0) return 'nothing';
        const fields: Updateable<CasesTable> = Object.fromEntries(changed);
        return names.every((name) => name.startsWith('assignee_'))
          ? { kind: 'assigned', text: content.assignee?.name ?? '', fields }
          : {
              kind: 'changed',
              text: names.filter((name) => name !== 'assignee_identity').join(', '),
              fields,
            };
      }),

    /** Refused as illegal where `to` cannot follow the present status. */
    transition: (tx: Tx, number: number, version: number | null, to: CaseStatus, actor: Actor) =>
      change(tx, number, version, actor, (row) =>
        mayMove(row.status, to)
          ? {
              kind: 'status',
              text: `${row.status} → ${to}`,
              fields: { status: to, resolved_at: finishedAt(row, to) },
            }
          : { is: 'illegal', from: row.status },
      ),

    /** A public comment of an agent is sent to the member; an internal one stays in the team. */
    comment: (
      tx: Tx,
      number: number,
      version: number | null,
      { text, visibility }: { text: string; visibility: 'public' | 'internal' },
      actor: Actor,
    ) =>
      change(tx, number, version, actor, async (row) => {
        const checked = checkText('comment', text, CASE_LIMITS.comment, true);
        if ('fault' in checked) return invalid(checked.fault);
        if (visibility === 'internal') return { kind: 'note', text: checked.value };
        if (actor.memberId !== row.member_id) {
          await tellMember(tx, row.member_id, `case-comment:${number}:${row.version}`, {
            is: 'case-comment',
            caseNumber: number,
            title: row.title,
            author: actor.name,
            text: checked.value,
          });
        }
        const first = actor.identity !== null && row.first_response_at === null;
        return {
          kind: 'comment',
          text: checked.value,
          ...(first ? { fields: { first_response_at: Date.now() } } : {}),
        };
      }),

    /** Asks the member whether it is solved; a finished case is not asked about. */
    checkIn: (tx: Tx, number: number, version: number | null, actor: Actor) =>
      change(tx, number, version, actor, async (row) => {
        if (!isUnfinished(row.status)) return { is: 'illegal', from: row.status };
        await tellMember(tx, row.member_id, `case-check-in:${number}:${row.version}`, {
          is: 'case-check-in',
          caseNumber: number,
          title: row.title,
        });
        return { kind: 'check-in', text: 'Asked the member whether it is solved' };
      }),

    /** Links a conversation of the same member. */
    linkConversation: (
      tx: Tx,
      number: number,
      version: number | null,
      conversation: { id: string; twilioSid: string },
      actor: Actor,
    ) =>
      change(tx, number, version, actor, async (row) => {
        const fault = await faultOfConversation(tx, conversation.id, row.member_id);
        if (fault) return invalid(fault);
        await tx
          .updateTable('conversations')
          .set({ case_number: number })
          .where('id', '=', conversation.id)
          .execute();
        return { kind: 'conversation', text: conversation.twilioSid };
      }),

    /** Links a Discord message; one that is linked already changes nothing. */
    linkMessage: (
      tx: Tx,
      number: number,
      message: { id: string; channelId: string; guildId: string | null; authorName: string; text: string },
      actor: Actor,
    ) =>
      change(tx, number, null, actor, async () => {
        const { numInsertedOrUpdatedRows } = await tx
          .insertInto('case_messages')
          .values({
            case_number: number,
            message_id: message.id,
            channel_id: message.channelId,
            guild_id: message.guildId,
            quote: message.text.replaceAll('\0', '').slice(0, CASE_LIMITS.comment),
            author_name: message.authorName,
            at: Date.now(),
          })
          .onConflict((conflict) => conflict.columns(['case_number', 'message_id']).doNothing())
          .executeTakeFirstOrThrow();
        return numInsertedOrUpdatedRows === 0n ? 'nothing' : { kind: 'message', text: message.authorName };
      }),

    /** Takes a case from everybody's sight. What was written stays in the store. */
    async remove(
      tx: Tx,
      number: number,
      version: number | null,
      actor: Actor,
    ): Promise<Exclude<Change, { is: 'done' }> | 'removed'> {
      const row = await ledger.lock(tx, number);
      if (!row) return { is: 'missing' };
      if (version !== null && row.version !== version) return ledger.conflict(tx, number);
      const duplicates = await duplicatesOf(tx, number);
      if (duplicates.length > 0) return { is: 'has-duplicates', duplicates };
      await ledger.write(
        tx,
        row,
        { kind: 'deleted', text: row.title, fields: { deleted_at: Date.now() } },
        actor,
      );
      await tx
        .updateTable('conversations')
        .set({ case_number: null })
        .where('case_number', '=', number)
        .execute();
      await tx.deleteFrom('case_tags').where('case_number', '=', number).execute();
      await forgetCase(store, tx, number);
      return 'removed';
    },

    /** Notes in a case that what was sent to the member did not arrive and why, in the transaction that found it out. */
    async undelivered(tx: Tx, number: number, words: string): Promise<void> {
      const row = await ledger.lock(tx, number);
      if (row) await ledger.write(tx, row, { kind: 'note', text: words }, BRIDGE);
    },

    /** Somebody of the team has turned to the member of a conversation; counts the first time. */
    async answered(tx: Tx, conversationId: string): Promise<void> {
      await tx
        .updateTable('cases')
        .set({ first_response_at: Date.now() })
        .where('conversation_id', '=', conversationId)
        .where('first_response_at', 'is', null)
        .execute();
    },
  };
}

export type Editing = ReturnType<typeof createEditing>;

async function faultOfConversation(tx: Tx, id: string, memberId: string): Promise<CaseFault | null> {
  const found = await tx
    .selectFrom('conversations')
    .select('member_id')
    .where('id', '=', id)
    .executeTakeFirst();
  if (!found) return { of: 'conversation', why: 'unknown-conversation' };
  return found.member_id === memberId ? null : { of: 'conversation', why: 'foreign-conversation' };
}

function row({
  memberId,
  conversationId,
  assignee,
  now,
  ...content
}: {
  memberId: string;
  conversationId: string | null;
  title: string;
  description?: string;
  type?: NewCase['type'];
  priority?: NewCase['priority'];
  tags?: string;
  fields?: string;
  assignee?: CaseDraft['assignee'];
  now: number;
}) {
  return {
    ...content,
    member_id: memberId,
    conversation_id: conversationId,
    status: 'open' as const,
    assignee_identity: assignee?.identity ?? null,
    assignee_name: assignee?.name ?? null,
    created_at: now,
    changed_at: now,
  };
}
