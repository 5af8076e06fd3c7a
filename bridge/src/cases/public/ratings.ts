import { defineEntry } from '../../relay/entries.ts';
import { ratingKey, ratingLane } from '../../relay/keys.ts';
import type { Relay } from '../../relay/relay.ts';
import type { Store } from '../../store/open.ts';
import type { Cases } from '../cases.ts';
import type { CaseMember } from '../member-actions.ts';

/** What a member thought of a conversation (CH…), from 1 to 5, for its task; the handler is in twilio/interactions. */
export const taskRating = defineEntry(
  'twilio.rating',
  (
    { conversationId }: { conversationId: string; conversationSid: string; score: number },
    interactionId: string,
  ) => ({ lane: ratingLane(conversationId), key: ratingKey(conversationId, interactionId) }),
);

export interface RatingsOptions {
  store: Store;
  relay: Pick<Relay, 'append'>;
  cases: Pick<Cases, 'rateConversation'>;
  /** Whether the Flex task of the conversation hears of it. */
  onTask: boolean;
}

/** What members think of their conversations; it lands on the conversation, on its case and on its task. */
export function createRatings({ store, relay, cases, onTask }: RatingsOptions) {
  const find = (conversationId: string, memberId: string) =>
    store.db
      .selectFrom('conversations')
      .select(['rating', 'rating_comment', 'twilio_sid'])
      .where('id', '=', conversationId)
      .where('member_id', '=', memberId)
      .executeTakeFirst();

  return {
    /** `score` from 1, bad, to 5, good, as the click with this id says. False for a conversation of somebody else. */
    async rate(
      member: CaseMember,
      conversationId: string,
      score: number,
      interactionId: string,
    ): Promise<boolean> {
      const before = await find(conversationId, member.id);
      if (!before) return false;
      // The same click twice is one rating.
      if (before.rating === score) return true;
      return store.transact(async (tx) => {
        const rated = await cases.rateConversation(tx, member, conversationId, score, before.rating_comment);
        if (rated.is !== 'done') return false;
        if (onTask && before.twilio_sid) {
          const rating = { conversationId, conversationSid: before.twilio_sid, score };
          await relay.append(tx, taskRating(rating, interactionId));
        }
        return true;
      });
    },

    /** Adds a comment to a rating. False where there is none of this member's. */
    async comment(member: CaseMember, conversationId: string, comment: string): Promise<boolean> {
      const { rating } = (await find(conversationId, member.id)) ?? { rating: null };
      if (rating === null) return false;
      const rated = await store.transact((tx) =>
        cases.rateConversation(tx, member, conversationId, rating, comment),
      );
      return rated.is === 'done';
    },
  };
}

export type Ratings = ReturnType<typeof createRatings>;
