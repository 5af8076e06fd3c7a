import { truncate } from '@flexcord/shared/messages/truncate';
import { CASE_LIMITS } from '@flexcord/shared/panel/case';
import type { Tx } from '../store/open.ts';
import type { ChangeCase } from './changing.ts';
import { type Actor, invalid } from './ledger.ts';
import type { CaseFault } from './rules.ts';

/** What a case is linked to: conversations, and messages of servers. */
export function createLinking(change: ChangeCase) {
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
            quote: truncate(message.text.replaceAll('\0', ''), CASE_LIMITS.comment),
            author_name: message.authorName,
            at: Date.now(),
          })
          .onConflict((conflict) => conflict.columns(['case_number', 'message_id']).doNothing())
          .executeTakeFirstOrThrow();
        return numInsertedOrUpdatedRows === 0n ? 'nothing' : { kind: 'message', text: message.authorName };
      }),
  };
}

/** Why a conversation cannot be that of a case of this member; null when it can. */
export async function faultOfConversation(tx: Tx, id: string, memberId: string): Promise<CaseFault | null> {
  const found = await tx
    .selectFrom('conversations')
    .select('member_id')
    .where('id', '=', id)
    .executeTakeFirst();
  if (!found) return { of: 'conversation', why: 'unknown-conversation' };
  return found.member_id === memberId ? null : { of: 'conversation', why: 'foreign-conversation' };
}
