import type { Relay } from '../relay/relay.ts';
import type { Store, Tx } from '../store/open.ts';
import type { CommunityPayloads } from './entries.ts';
import { clean } from './reports.ts';

export interface RatingsOptions {
  store: Store;
  relay: Pick<Relay<CommunityPayloads>, 'append' | 'wake'>;
  /** Whether the Flex task of the conversation hears of it. */
  onTask: boolean;
  /** Notes it in the case that the conversation belongs to. */
  rated(tx: Tx, caseNumber: number, words: string, member: { id: string; name: string }): Promise<void>;
}

/** What members think of their conversations: one rating each, which may be given again with a comment. */
export function createRatings({ store, relay, onTask, rated }: RatingsOptions) {
  /** The member's own conversation. */
  const find = (tx: Tx, conversationId: string, memberId: string) =>
    tx
      .selectFrom('conversations')
      .select(['id', 'case_number', 'twilio_sid'])
      .where('id', '=', conversationId)
      .where('member_id', '=', memberId)
      .executeTakeFirst();

  return {
    /** `score` from 1, bad, to 5, good. False for a conversation of somebody else. */
    rate: (member: { id: string; name: string }, conversationId: string, score: number): Promise<boolean> =>
      store.transact(async (tx) => {
        const conversation = await find(tx, conversationId, member.id);
        if (!conversation) return false;
        const values = { score, at: Date.now() };
        const before = await tx
          .selectFrom('ratings')
          .select('score')
          .where('conversation_id', '=', conversationId)
          .executeTakeFirst();
        if (before?.score === score) return true;
        await tx
          .insertInto('ratings')
          .values({ conversation_id: conversationId, ...values })
          .onConflict((conflict) => conflict.column('conversation_id').doUpdateSet(values))
          .execute();
        if (conversation.case_number !== null)
          await rated(tx, conversation.case_number, `${score} of 5`, member);
        if (onTask && conversation.twilio_sid) {
          await relay.append(tx, {
            // Not the lane of the transcript: a task that refuses must not hold up messages.
            lane: `rating:${conversationId}`,
            key: `rating:${conversationId}:${values.at}`,
            kind: 'twilio.rating',
            payload: { conversationSid: conversation.twilio_sid, score },
          });
          store.afterCommit(tx, () => relay.wake());
        }
        return true;
      }),

    /** Adds a comment to a rating. False where there is none of this member's. */
    comment: (
      member: { id: string; name: string },
      conversationId: string,
      given: string,
    ): Promise<boolean> =>
      store.transact(async (tx) => {
        const comment = clean(given);
        const conversation = await find(tx, conversationId, member.id);
        if (!conversation) return false;
        const rating = await tx
          .updateTable('ratings')
          .set({ comment: comment || null })
          .where('conversation_id', '=', conversationId)
          .returning('score')
          .executeTakeFirst();
        if (!rating) return false;
        if (comment && conversation.case_number !== null)
          await rated(tx, conversation.case_number, `${rating.score} of 5: ${comment}`, member);
        return true;
      }),
  };
}

export type Ratings = ReturnType<typeof createRatings>;
