import type { REST } from 'discord.js';
import { agentWordsToReview, threadMessagesToReview } from '../../messages/records.ts';
import type { Store } from '../../store/open.ts';
import { MAX_PAGE_SIZE, readPage } from '../history.ts';
import { deletedMessages } from './deleted-messages.ts';
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
  return async function review(threadId: string): Promise<void> {
    const read = await readPage(rest, 'read a thread again', threadId, {});
    for (const message of read) if (message.edited_timestamp) await intake.edited(threadId, message);
    const oldest = read.length < MAX_PAGE_SIZE ? '0' : (read[0]?.id ?? '0');
    const heard = [
      ...(await threadMessagesToReview(store, threadId)),
      ...(await agentWordsToReview(store, { threadId })),
    ];
    for await (const id of deletedMessages(rest, threadId, heard, read, oldest))
      await intake.deleted(threadId, id);
  };
}
