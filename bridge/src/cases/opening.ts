import { CASE_LIMITS, type NewCase } from '@flexcord/shared/panel/case';
import type { FieldDefinition } from '@flexcord/shared/panel/case-fields';
import type { Tx } from '../store/open.ts';
import { type Actor, BRIDGE_ACTOR, type CaseResult } from './case-change.ts';
import type { CaseWriter } from './case-writer.ts';
import { setFields } from './fields.ts';
import { checkConversation } from './linking.ts';
import { checkTags, checkText, checkTitle, invalid, plainTitle } from './rules.ts';
import type { CaseRow } from './view.ts';
import type { UsableIn } from './words.ts';

/** A case to open. */
export interface CaseDraft extends Omit<NewCase, 'source'> {
  /** The conversation that it comes from, by the bridge's id. */
  conversationId: string | null;
  assignee: { identity: string; name: string } | null;
}

const MAX_AUTOMATIC_TITLE_LENGTH = 120;
const DEFAULT_TITLE = 'Support';

/** Opens cases. */
export function createOpening(
  writer: CaseWriter,
  fieldDefinitions: readonly FieldDefinition[],
  usableIn: UsableIn,
) {
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
    await writer.record(tx, null, made, { kind: 'created', text }, actor);
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
          title: plainTitle(title, MAX_AUTOMATIC_TITLE_LENGTH) || DEFAULT_TITLE,
        },
        'Opened when the member asked for a person',
        BRIDGE_ACTOR,
      );
      return number;
    },

    /** Opens a case. Refused: what does not fit, an unknown member, a conversation that is not theirs. */
    async open(tx: Tx, draft: CaseDraft, actor: Actor): Promise<CaseResult> {
      // Only an agent writes what somebody else has said.
      const words = (text: string) => (actor.identity === null ? text : usableIn(tx, draft.memberId, text));
      const title = checkTitle(await words(draft.title));
      if (title.is !== 'done') return title;
      const description = checkText(
        'description',
        await words(draft.description),
        CASE_LIMITS.description,
        false,
      );
      if (description.is !== 'done') return description;
      const tags = checkTags(draft.tags);
      if (tags.is !== 'done') return tags;
      const fields = setFields(fieldDefinitions, {}, draft.fields);
      if (fields.is !== 'done') return fields;
      const member = await tx
        .selectFrom('members')
        .select('id')
        .where('id', '=', draft.memberId)
        .executeTakeFirst();
      if (!member) return invalid({ of: 'member', reason: 'unknown-member' });
      if (draft.conversationId) {
        const conversation = await checkConversation(tx, draft.conversationId, draft.memberId);
        if (conversation.is !== 'done') return conversation;
      }
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
      return writer.done(tx, made.number);
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
