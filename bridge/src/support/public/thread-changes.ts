import type { ForumDesk } from '../../threads/desk.ts';
import { changeThread, lockThread } from '../../threads/threads.ts';
import type { ChangesOptions } from '../message-changes.ts';
import { questionOf, type ThreadRelay } from './thread-events.ts';

/** What follows where words in a public thread are changed or taken back: the question is what it says now. */
export function createThreadChanges({
  desk,
  team,
}: {
  desk: ForumDesk;
  team: Pick<ThreadRelay, 'changedEarlier'>;
}): NonNullable<ChangesOptions['changedInPublic']> {
  return async (tx, threadId, change, cause) => {
    const before = await lockThread(tx, threadId);
    if (!before) return;
    const isQuestion = before.question_id === (change.is === 'edited' ? change.message.id : change.messageId);
    if (isQuestion) {
      const question = change.is === 'edited' ? questionOf(change.message) : '';
      await changeThread(tx, threadId, { question });
    }
    const messageId = change.is === 'edited' ? change.message.id : change.messageId;
    const now = change.is === 'edited' ? change.message.text : null;
    await team.changedEarlier(tx, threadId, { messageId, now }, cause);
    const thread = await lockThread(tx, threadId);
    if (thread) await desk.heard(tx, thread, { ...change, isQuestion }, cause);
  };
}
