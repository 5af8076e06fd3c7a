import { type REST, Routes } from 'discord.js';
import { threadMessagesToReview } from '../../messages/records.ts';
import { compareSnowflakes } from '../../messages/snowflake.ts';
import { Refused } from '../../relay/errors.ts';
import type { Store } from '../../store/open.ts';
import { callDiscord } from '../errors.ts';
import { MAX_PAGE_SIZE, readPage } from '../history.ts';
import type { PublicIntake } from './public-intake.ts';

/**
 * Compares the latest hundred messages of a thread that the team has open with what was heard of them: Discord replays no edits
 * and deletions into a new gateway session. What the journal has already is journalled once only.
 */
export function createThreadReview({
  store,
  rest,
  intake,
}: {
  store: Store;
  rest: REST;
  intake: PublicIntake;
}) {
  /** One odd answer must not make a message look deleted: Discord is asked for each that seems to be. */
  async function isGone(threadId: string, messageId: string): Promise<boolean> {
    try {
      await callDiscord('look for a message', () => rest.get(Routes.channelMessage(threadId, messageId)));
      return false;
    } catch (error) {
      if (error instanceof Refused && error.reason === 'gone') return true;
      throw error;
    }
  }

  return async function review(threadId: string): Promise<void> {
    const read = await readPage(rest, 'read a thread again', threadId, {});
    for (const message of read) if (message.edited_timestamp) await intake.edited(threadId, message);
    const there = new Set(read.map(({ id }) => id));
    const oldest = read.length < MAX_PAGE_SIZE ? '0' : (read[0]?.id ?? '0');
    for (const id of await threadMessagesToReview(store, threadId)) {
      if (there.has(id) || compareSnowflakes(id, oldest) < 0) continue;
      if (await isGone(threadId, id)) await intake.deleted(threadId, id);
    }
  };
}
