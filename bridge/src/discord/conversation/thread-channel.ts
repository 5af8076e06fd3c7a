import { DiscordAPIError, type REST, Routes } from 'discord.js';
import { Refused } from '../../relay/errors.ts';
import { callDiscord } from '../errors.ts';

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
const THREAD_IS_ARCHIVED = 50083;

const isArchived = (error: unknown): boolean =>
  error instanceof Refused &&
  error.cause instanceof DiscordAPIError &&
  Number(error.cause.code) === THREAD_IS_ARCHIVED;

/**
 * Does something in a channel that an archived thread does not take, such as an edit: the thread is opened, and archived again
 * afterwards, so that it does not come up in everybody's list. A locked one stays as it is, and refuses.
 */
export async function inOpenThread<T>(rest: REST, channelId: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isArchived(error)) throw error;
  }
  const archive = (archived: boolean) =>
    callDiscord(archived ? 'archive a thread' : 'open a thread', () =>
      rest.patch(Routes.channel(channelId), { body: { archived } }),
    );
  await archive(false);
  try {
    return await work();
  } finally {
    // What matters is done; a thread that stays open is archived by Discord after a while.
    await archive(true).catch(() => {});
  }
}
