import type { Store, Tx } from '../store/open.ts';

/** Blocks a member, or changes why they are. False for somebody who never wrote. */
export async function block(
  store: Store,
  memberId: string,
  by: string,
  reason: string | null,
): Promise<boolean> {
  const { numUpdatedRows } = await store.db
    .updateTable('members')
    .set({ blocked_at: Date.now(), blocked_by: by, block_reason: reason, block_told_at: null })
    .where('id', '=', memberId)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Serves a member again. False for somebody who never wrote. */
export async function unblock(store: Store, memberId: string): Promise<boolean> {
  const { numUpdatedRows } = await store.db
    .updateTable('members')
    .set({ blocked_at: null, blocked_by: null, block_reason: null, block_told_at: null })
    .where('id', '=', memberId)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Whether a member is to be turned away, and whether this is the first time, so that they are told. */
export async function claimBlockNotice(tx: Tx, memberId: string): Promise<'no' | 'first' | 'again'> {
  const member = await tx
    .selectFrom('members')
    .select(['blocked_at', 'block_told_at'])
    .where('id', '=', memberId)
    .executeTakeFirst();
  if (!member?.blocked_at) return 'no';
  if (member.block_told_at) return 'again';
  await tx.updateTable('members').set({ block_told_at: Date.now() }).where('id', '=', memberId).execute();
  return 'first';
}
