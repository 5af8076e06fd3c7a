import type { Tx } from '../store/open.ts';

/** Stands in for erased members where a case outlives them; no Discord id is 0. */
export const ERASED_MEMBER_ID = '0';

/** Makes sure that there is somebody for the cases that outlive a member. `name` is what people read there. */
export async function ensureErasedMember(tx: Tx, name: string): Promise<void> {
  await tx
    .insertInto('members')
    .values({
      id: ERASED_MEMBER_ID,
      name,
      locale: null,
      dm_channel_id: null,
      discord_cursor: null,
      thread_id: null,
      thread_cursor: null,
      dm_closed_at: null,
      blocked_at: null,
      blocked_by: null,
      block_reason: null,
      block_told_at: null,
      created_at: 0,
      seen_at: 0,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}
