import type { Result } from '@flexcord/shared/result';
import type { Relay } from '../../relay/relay.ts';
import type { Store } from '../../store/open.ts';
import type { CaseRefusal } from '../case-change.ts';
import type { Cases } from '../cases.ts';
import type { CaseMember } from '../member-actions.ts';
import type { PublicCasePayloads } from './entries.ts';

export type RatingResult = Result<object, CaseRefusal>;

export interface RatingsOptions {
  store: Store;
  relay: Pick<Relay<PublicCasePayloads>, 'append' | 'wake'>;
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
    /** `score` from 1, bad, to 5, good. Missing: the conversation is somebody else's, or is not. */
    async rate(member: CaseMember, conversationId: string, score: number): Promise<RatingResult> {
      const before = await find(conversationId, member.id);
      if (!before) return { is: 'missing' };
      // The same click twice is one rating.
      if (before.rating === score) return { is: 'done' };
      return store.transact(async (tx) => {
        const rated = await cases.rateConversation(tx, member, conversationId, score, before.rating_comment);
        if (rated.is !== 'done') return rated;
        if (onTask && before.twilio_sid) {
          await relay.append(tx, {
            // Not the lane of the transcript: a task that refuses must not hold up messages.
            lane: `rating:${conversationId}`,
            key: `rating:${conversationId}:${Date.now()}`,
            kind: 'twilio.rating',
            payload: { conversationSid: before.twilio_sid, score },
          });
          store.afterCommit(tx, () => relay.wake());
        }
        return { is: 'done' };
      });
    },

    /** Adds a comment to a rating. Missing: there is none of this member's. */
    async comment(member: CaseMember, conversationId: string, comment: string): Promise<RatingResult> {
      const { rating } = (await find(conversationId, member.id)) ?? { rating: null };
      if (rating === null) return { is: 'missing' };
      return store.transact((tx) => cases.rateConversation(tx, member, conversationId, rating, comment));
    },
  };
}

export type Ratings = ReturnType<typeof createRatings>;
