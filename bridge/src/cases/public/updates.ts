import type { CommunityNotice } from '../../community/notices.ts';
import type { Handler, Relay } from '../../relay/relay.ts';
import type { Store, Tx } from '../../store/open.ts';
import type { CaseListener } from '../case-change.ts';
import type { CaseRow } from '../view.ts';
import type { Cards } from './cards.ts';
import { followersLane, type PublicCasePayloads } from './entries.ts';

export interface CaseUpdatesOptions {
  store: Store;
  relay: Pick<Relay<PublicCasePayloads>, 'append'>;
  cards: Cards;
  /** Sends something to a member; the same key is sent once. */
  tell(tx: Tx, memberId: string, key: string, notice: CommunityNotice): Promise<void>;
}

/** Followers who are notified in one journal entry, so that other lanes are not kept waiting. */
const MAX_FOLLOWERS_PER_STEP = 100;

/** Announces changes of cases: on their cards, to their members and to their followers. */
export function createCaseUpdates({ store, relay, cards, tell }: CaseUpdatesOptions) {
  const listener: CaseListener = async (tx, { kind, before, after, actor, eventId }) => {
    if (!before) return;
    if (shown(before) !== shown(after)) await cards.touch(tx, after.number);
    // A merge closes a case and an unmerge reopens it; neither is news to its member.
    if (kind === 'merged' || kind === 'unmerged' || before.status === after.status) return;
    const { number, title, member_id: memberId, status } = after;
    const about = { caseNumber: number, title };
    const byMember = actor.memberId === memberId;
    if (!byMember && (status === 'elevated' || status === 'waiting' || status === 'resolved')) {
      await tell(tx, memberId, `case-moved:${eventId}`, { is: 'case-moved', ...about, status });
    }
    // Followers cannot help with a case that waits for its member.
    if (status !== 'elevated' && status !== 'resolved') return;
    await relay.append(tx, {
      lane: followersLane(number),
      key: `followers:${eventId}`,
      kind: 'community.tell-followers',
      payload: { ...about, memberId, status, eventId: Number(eventId), after: '' },
    });
  };

  const tellFollowers: Handler<PublicCasePayloads['community.tell-followers']> = {
    async run(payload) {
      const { caseNumber, title, memberId, status, eventId, after } = payload;
      const followers = await store.db
        .selectFrom('case_followers')
        .select('member_id')
        .where('case_number', '=', caseNumber)
        .where('member_id', '>', after)
        .orderBy('member_id')
        .limit(MAX_FOLLOWERS_PER_STEP)
        .execute();
      return {
        commit: async (tx) => {
          for (const { member_id: follower } of followers) {
            if (follower === memberId) continue;
            const notice: CommunityNotice = { is: 'followed-case-moved', caseNumber, title, status };
            await tell(tx, follower, `case-moved:${eventId}:${follower}`, notice);
          }
          const last = followers.at(-1);
          if (last === undefined || followers.length < MAX_FOLLOWERS_PER_STEP) return;
          await relay.append(tx, {
            lane: followersLane(caseNumber),
            key: `followers:${eventId}:${last.member_id}`,
            kind: 'community.tell-followers',
            payload: { ...payload, after: last.member_id },
          });
        },
      };
    },
  };

  return { listener, handlers: { 'community.tell-followers': tellFollowers } };
}

/** Everything that a card shows of a case. */
const shown = ({ title, description, type, status, votes, merged_into, deleted_at }: CaseRow): string =>
  JSON.stringify([title, description, type, status, votes, merged_into, deleted_at]);
