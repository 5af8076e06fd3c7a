import type { PayloadOf } from '../../relay/entries.ts';
import { movedCause } from '../../relay/keys.ts';
import type { Waiting } from '../../relay/queries.ts';
import type { Tx } from '../../store/open.ts';
import { lockThread } from '../../threads/threads.ts';
import type { ApplyEvent, ConversationActions } from '../conversations.ts';
import type { SupportOptions } from '../options.ts';
import { messageToAgent } from '../outgoing.ts';

/**
 * What a public conversation that is over did not take. In public nobody begins a conversation by writing: whoever decides about
 * threads hears of the words once more, now that the team is not there any longer. Unless it is there again.
 */
export function createGoingOn(
  { desk }: Pick<SupportOptions, 'desk'>,
  { conversations, contextOf }: ConversationActions,
  applyEvent: ApplyEvent,
) {
  return async (
    tx: Tx,
    { threadId, from }: { threadId: string; from: string },
    { key, kind, payload }: Waiting,
  ): Promise<void> => {
    if (kind !== messageToAgent.kind) return;
    const { message, speaker } = payload as PayloadOf<typeof messageToAgent>;
    if (!speaker) return;
    const cause = movedCause(from, key);
    const open = await conversations.lockOpenIn(tx, threadId);
    const context = open && (await contextOf(tx, open.id, cause));
    if (context) {
      const written = { is: 'member-wrote', wantsPerson: false } as const;
      return applyEvent({ ...context, message, speaker, moved: key }, written);
    }
    const thread = await lockThread(tx, threadId);
    if (!thread) return;
    const event = {
      is: 'continued',
      speaker: { ...speaker, roles: null },
      message,
      isReadable: true,
    } as const;
    await desk.heard(tx, thread, event, cause);
  };
}
