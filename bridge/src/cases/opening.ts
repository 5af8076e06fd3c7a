import { CASE_LIMITS, type NewCase } from '@flexcord/shared/panel/case';
import type { FieldDefinition } from '@flexcord/shared/panel/case-fields';
import type { Tx } from '../store/open.ts';
import { setFields } from './fields.ts';
import { type Actor, BRIDGE, type Change, invalid, type Ledger } from './ledger.ts';
import { faultOfConversation } from './linking.ts';
import { checkTags, checkText, checkTitle, plainTitle } from './rules.ts';
import type { CaseRow } from './view.ts';

/** A case to open. Without an assignee nobody has it yet. */
export interface CaseDraft extends Omit<NewCase, 'source'> {
  /** The conversation that it comes from, by the bridge's id. */
  conversationId: string | null;
  assignee: { identity: string; name: string } | null;
}

const AUTOMATIC_TITLE = 120;
const UNTITLED = 'Support';

/** How cases come to be. */
export function createOpening(ledger: Ledger, fieldDefinitions: readonly FieldDefinition[]) {
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
  };
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
