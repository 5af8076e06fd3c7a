import { UNFINISHED_CASE_STATUSES } from '@flexcord/shared/panel/case-status';
import type { MemberProfile } from '@flexcord/shared/panel/member';
import { toTimestamp, toTimestampOrNull } from '@flexcord/shared/time';
import pTimeout from 'p-timeout';
import { snowflakeTime } from '../messages/snowflake.ts';
import type { Store } from '../store/open.ts';
import type { DirectoryEntry, DirectoryLookup } from './directory.ts';

export interface ProfileOptions {
  store: Store;
  lookup: DirectoryLookup;
  /** An account younger than this is flagged, in milliseconds. */
  newAccountMs: number;
  /** Called when Discord's part of a profile came too late for the answer. */
  onLate(memberId: string): void;
  /** How long an answer waits for Discord, in milliseconds. Default 1000. */
  timeoutMs?: number;
}

/**
 * Puts together what is known of a member: undefined for somebody who never wrote. When Discord takes longer than the
 * patience, or fails, its part is left empty rather than keeping an agent waiting.
 */
export function createProfiles({ store, lookup, newAccountMs, onLate, timeoutMs = 1000 }: ProfileOptions) {
  async function fromDiscord(memberId: string): Promise<DirectoryEntry | null> {
    const asked = lookup(memberId).catch(() => null);
    const first = await pTimeout<DirectoryEntry | null, 'late'>(asked, {
      milliseconds: timeoutMs,
      fallback: () => 'late',
    });
    if (first !== 'late') return first;
    void asked.then((entry) => entry && onLate(memberId));
    return null;
  }

  return async function profileOf(memberId: string): Promise<MemberProfile | undefined> {
    const member = await store.db
      .selectFrom('members')
      .select(['id', 'name', 'locale', 'blocked_at', 'blocked_by', 'block_reason'])
      .where('id', '=', memberId)
      .executeTakeFirst();
    if (!member) return undefined;
    const [entry, { open }] = await Promise.all([
      fromDiscord(memberId),
      store.db
        .selectFrom('cases')
        .select((eb) => eb.fn.countAll<number>().as('open'))
        .where('member_id', '=', memberId)
        .where('status', 'in', UNFINISHED_CASE_STATUSES)
        .executeTakeFirstOrThrow(),
    ]);
    const createdAt = snowflakeTime(memberId);
    return {
      id: memberId,
      username: entry?.username ?? member.name,
      displayName: entry?.displayName ?? member.name,
      avatarUrl: entry?.avatarUrl ?? null,
      accountCreatedAt: toTimestamp(createdAt),
      isNewAccount: Date.now() - createdAt < newAccountMs,
      joinedServerAt: toTimestampOrNull(entry?.joinedAt ?? null),
      boostingSince: toTimestampOrNull(entry?.boostingSince ?? null),
      locale: member.locale,
      roles: entry?.roles ?? [],
      openCases: open,
      blocked: member.blocked_at
        ? {
            at: toTimestamp(member.blocked_at),
            by: member.blocked_by ?? '',
            reason: member.block_reason,
          }
        : null,
    };
  };
}
