import type { Result } from '@flexcord/shared/result';
import { defineEntry } from '../../relay/entries.ts';
import { ratingKey, ratingLane } from '../../relay/keys.ts';
import type { Relay } from '../../relay/relay.ts';
import type { Store } from '../../store/open.ts';
import type { CaseRefusal } from '../case-change.ts';
import type { Cases } from '../cases.ts';
import type { CaseMember } from '../member-actions.ts';

export type RatingResult = Result<object, CaseRefusal>;

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
  /** Whether the rating is written to the Flex task of the conversation. */
  onTask: boolean;
}

/** Ratings of conversations, stored on the conversation, on its case and on its Flex task. */
export function createRatings({ store, relay, cases, onTask }: RatingsOptions) {
  const find = (conversationId: string, memberId: string) =>
    store.db
      .selectFrom('conversations')
      .select(['rating', 'rating_comment', 'twilio_sid'])
      .where('id', '=', conversationId)
      .where('member_id', '=', memberId)
      .executeTakeFirst();

  return {
    /** `score` from 1, bad, to 5, good, given by the click with this id. Missing: this member has no such conversation. */
    async rate(
      member: CaseMember,
      conversationId: string,
      score: number,
      interactionId: string,
    ): Promise<RatingResult> {
      const before = await find(conversationId, member.id);
      if (!before) return { is: 'missing' };
      // A repeated click is one rating.
      if (before.rating === score) return { is: 'done' };
      return store.transact(async (tx) => {
        const rated = await cases.rateConversation(tx, member, conversationId, score, before.rating_comment);
        if (rated.is !== 'done') return rated;
        if (onTask && before.twilio_sid) {
          const rating = { conversationId, conversationSid: before.twilio_sid, score };
          await relay.append(tx, taskRating(rating, interactionId));
        }
        return { is: 'done' };
      });
    },

    /** Adds a comment to a rating. Missing: this member has not rated the conversation. */
    async comment(member: CaseMember, conversationId: string, comment: string): Promise<RatingResult> {
      const { rating } = (await find(conversationId, member.id)) ?? { rating: null };
      if (rating === null) return { is: 'missing' };
      return store.transact((tx) => cases.rateConversation(tx, member, conversationId, rating, comment));
    },
  };
}

export type Ratings = ReturnType<typeof createRatings>;
