import type { Move } from '../cases/cases.ts';
import type { Handler, Relay } from '../relay/relay.ts';
import type { Tx } from '../store/open.ts';
import type { Cards } from './cards.ts';
import { type CommunityPayloads, followersLane } from './entries.ts';
import type { CommunityNotice } from './notices.ts';
import type { StandingRules } from './standing.ts';

export interface NewsOptions {
  relay: Pick<Relay<CommunityPayloads>, 'append'>;
  cards: Cards;
  standing: StandingRules;
  /** Sends something to a member; the same key is sent once. */
  tell(tx: Tx, memberId: string, key: string, notice: CommunityNotice): Promise<void>;
}

/** Followers who are told in one step; between the steps others have their turn. */
const STEP = 100;

/** Tells of cases that went on: on their cards, to their members and to those who follow them. */
export function createNews({ relay, cards, standing, tell }: NewsOptions) {
  /** In the transaction that moves the case. */
  async function moved(tx: Tx, { number, title, memberId, to, version, byMember }: Move): Promise<void> {
    await cards.touch(tx, number);
    const about = { caseNumber: number, title };
    if (!byMember && (to === 'elevated' || to === 'waiting' || to === 'resolved')) {
      await tell(tx, memberId, `case-moved:${number}:${version}`, { is: 'case-moved', ...about, status: to });
    }
    // That we wait for the member is nothing that others can help.
    if (to !== 'elevated' && to !== 'resolved') return;
    await relay.append(tx, {
      lane: followersLane(number),
      key: `followers:${number}:${version}`,
      kind: 'community.tell-followers',
      payload: { ...about, memberId, status: to, version, after: '' },
    });
  }

  const tellFollowers: Handler<CommunityPayloads['community.tell-followers']> = {
    async run(payload) {
      const { caseNumber, title, memberId, status, version, after } = payload;
      const followers = await standing.followersAfter(caseNumber, after, STEP);
      return {
        commit: async (tx) => {
          for (const follower of followers) {
            if (follower === memberId) continue;
            const notice: CommunityNotice = { is: 'followed-case-moved', caseNumber, title, status };
            await tell(tx, follower, `case-moved:${caseNumber}:${version}:${follower}`, notice);
          }
          const last = followers.at(-1);
          if (last === undefined || followers.length < STEP) return;
          await relay.append(tx, {
            lane: followersLane(caseNumber),
            key: `followers:${caseNumber}:${version}:${last}`,
            kind: 'community.tell-followers',
            payload: { ...payload, after: last },
          });
        },
      };
    },
  };

  return { moved, handlers: { 'community.tell-followers': tellFollowers } };
}
