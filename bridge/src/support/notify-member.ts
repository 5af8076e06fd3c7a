import { ERASED_MEMBER_ID } from '../members/erased.ts';
import { TEAM_MEMBER_ID } from '../members/team.ts';
import type { Notice } from '../messages/notices.ts';
import type { EntryKey } from '../relay/keys.ts';
import type { Relay } from '../relay/relay.ts';
import type { Tx } from '../store/open.ts';
import { noticeToMember } from './outgoing.ts';

/** A way for other parts of the bridge to say something to a member; the same key is said once. */
export const createMemberNotifier =
  (relay: Relay) =>
  async (tx: Tx, memberId: string, key: EntryKey, notice: Notice): Promise<void> => {
    if (memberId === ERASED_MEMBER_ID || memberId === TEAM_MEMBER_ID) return;
    await relay.append(tx, noticeToMember({ memberId, notice }, key));
  };
