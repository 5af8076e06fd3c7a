import { truncate } from '@flexcord/shared/messages/truncate';
import { CASE_LIMITS } from '@flexcord/shared/panel/case';
import type { Result } from '@flexcord/shared/result';
import type { Tx } from '../store/open.ts';
import { type Actor, write } from './case-change.ts';
import type { CaseWriter } from './case-writer.ts';
import { type Invalid, invalid } from './rules.ts';

/** What a case is linked to: conversations, and messages of servers. */
export function createLinking({ change }: Pick<CaseWriter, 'change'>) {
  return {
    /** Links a conversation of the same member. */
    linkConversation: (
      tx: Tx,
      number: number,
      version: number | null,
      conversation: { id: string; twilioSid: string },
      actor: Actor,
    ) =>
      change(tx, number, version, actor, async (row) => {
        const checked = await checkConversation(tx, conversation.id, row.member_id);
        if (checked.is !== 'done') return checked;
        await tx
          .updateTable('conversations')
          .set({ case_number: number })
          .where('id', '=', conversation.id)
          .execute();
        return write({ kind: 'conversation', text: conversation.twilioSid });
      }),

    /** Links a Discord message; one that is linked already changes nothing. */
    linkMessage: (
      tx: Tx,
      number: number,
      message: {
        id: string;
        channelId: string;
        guildId: string | null;
        authorId: string;
        authorName: string;
        text: string;
      },
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
            quote: truncate(message.text.replaceAll('\0', ''), CASE_LIMITS.comment),
            author_id: message.authorId,
            author_name: message.authorName,
            at: Date.now(),
          })
          .onConflict((conflict) => conflict.columns(['case_number', 'message_id']).doNothing())
          .executeTakeFirstOrThrow();
        return numInsertedOrUpdatedRows === 0n
          ? { is: 'unchanged' }
          : write({ kind: 'message', text: message.authorName });
      }),
  };
}

/** Refuses a conversation that cannot be that of a case of this member. */
export async function checkConversation(
  tx: Tx,
  id: string,
  memberId: string,
): Promise<Result<object, Invalid>> {
  const found = await tx
    .selectFrom('conversations')
    .select('member_id')
    .where('id', '=', id)
    .executeTakeFirst();
  if (!found) return invalid({ of: 'conversation', reason: 'unknown-conversation' });
  return found.member_id === memberId
    ? { is: 'done' }
    : invalid({ of: 'conversation', reason: 'foreign-conversation' });
}
