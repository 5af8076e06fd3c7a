import type { Tx } from '../store/open.ts';

/** Whose the cases are that the team has for itself, of no member; no Discord id is as small. */
export const TEAM_MEMBER_ID = '000000000000001';

/** Makes sure that the team can have cases. `name` is what people read there. */
export async function ensureTeamMember(tx: Tx, name: string): Promise<void> {
  await tx
    .insertInto('members')
    .values({
      ...{ id: TEAM_MEMBER_ID, name, locale: null, dm_channel_id: null, discord_cursor: null },
      ...{ thread_id: null, thread_cursor: null, dm_closed_at: null, blocked_at: null, blocked_by: null },
      ...{ block_reason: null, block_told_at: null, public_only: 1, created_at: 0, seen_at: 0 },
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}
