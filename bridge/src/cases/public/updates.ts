import type { CommunityNotice } from '../../messages/notices.ts';
import { defineEntry } from '../../relay/entries.ts';
import { caseMovedKey, type EntryKey, followersKey, followersLane } from '../../relay/keys.ts';
import type { Relay } from '../../relay/relay.ts';
import type { Store, Tx } from '../../store/open.ts';
import type { CaseListener } from '../case-change.ts';
import type { CaseRow } from '../view.ts';
import type { Cards } from './cards.ts';

/** Everybody who follows a case is told, some at a time: those whose ids come after `after`, empty for all. */
export const tellFollowers = defineEntry(
  'community.tell-followers',
  (payload: {
    caseNumber: number;
    title: string;
    memberId: string;
    status: 'elevated' | 'resolved';
    /** The entry of the timeline that it is about. */
    eventId: number;
    after: string;
  }) => ({
    lane: followersLane(payload.caseNumber),
    key: followersKey(payload.eventId, payload.after || undefined),
  }),
);

export interface CaseUpdatesOptions {
  store: Store;
  relay: Pick<Relay, 'append'>;
  cards: Cards;
  /** Sends something to a member; the same key is sent once. */
  tell(tx: Tx, memberId: string, key: EntryKey, notice: CommunityNotice): Promise<void>;
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
      await tell(tx, memberId, caseMovedKey(eventId), { is: 'case-moved', ...about, status });
    }
    // Followers cannot help with a case that waits for its member.
    if (status !== 'elevated' && status !== 'resolved') return;
    const news = { ...about, memberId, status, eventId: Number(eventId), after: '' };
    await relay.append(tx, tellFollowers(news));
  };

  const tellNext = tellFollowers.handledBy({
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
            await tell(tx, follower, caseMovedKey(eventId, follower), notice);
          }
          const last = followers.at(-1);
          if (last === undefined || followers.length < MAX_FOLLOWERS_PER_STEP) return;
          await relay.append(tx, tellFollowers({ ...payload, after: last.member_id }));
        },
      };
    },
  });

  return { listener, handlers: [tellNext] as const };
}

/** Everything that a card shows of a case. */
const shown = ({ title, description, type, status, votes, merged_into, deleted_at }: CaseRow): string =>
  JSON.stringify([title, description, type, status, votes, merged_into, deleted_at]);
