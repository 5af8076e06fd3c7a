import type { Store, Tx } from '../store/open.ts';

/** Names a channel without saying which it is. */
const digestOf = (channelId: string): string =>
  new Bun.CryptoHasher('sha256').update(`channel ${channelId}`).digest('base64url');

/**
 * From now on nothing of a channel is heard that was written up to the message `cursor`: Discord keeps what a member wrote
 * to the bot, and whoever was erased and writes again would bring it back.
 */
export async function forgetChannel(tx: Tx, channelId: string, cursor: string): Promise<void> {
  const row = { cursor, at: Date.now() };
  await tx
    .insertInto('forgotten_channels')
    .values({ digest: digestOf(channelId), ...row })
    .onConflict((conflict) => conflict.column('digest').doUpdateSet(row))
    .execute();
}

/** The last message of a channel that is not heard any more; null where there is none. */
export async function forgottenUpTo({ db }: Store, channelId: string): Promise<string | null> {
  const row = await db
    .selectFrom('forgotten_channels')
    .select('cursor')
    .where('digest', '=', digestOf(channelId))
    .executeTakeFirst();
  return row?.cursor ?? null;
}

/** Forgets which channels were forgotten before `before`, in milliseconds since the epoch: nothing that old is read back. */
export async function dropForgottenChannels({ db }: Store, before: number): Promise<void> {
  await db.deleteFrom('forgotten_channels').where('at', '<', before).execute();
}
