import { truncate } from '@flexcord/shared/messages/truncate';
import type { MessageTexts } from '../../messages/canonical.ts';
import { findMessage } from '../../messages/records.ts';
import type { EntryKey } from '../../relay/keys.ts';
import type { Relay } from '../../relay/relay.ts';
import { steadyNow } from '../../store/clock.ts';
import type { Tx } from '../../store/open.ts';
import type { Speaker } from '../../threads/desk.ts';
import type { ApplyEvent, ConversationActions } from '../conversations.ts';
import { botMessage } from '../outgoing.ts';
import type { ThreadRelay } from './thread-events.ts';

/** How much of what somebody wrote last is kept, and of words that were changed is told, in UTF-16 units. */
const MAX_LATEST_LENGTH = 500;

/** Carries what happens in a public thread to the agents, where one is with them. */
export function createTeam(
  { relay, texts }: { relay: Relay; texts: MessageTexts },
  { conversations, contextOf }: ConversationActions,
  applyEvent: ApplyEvent,
): ThreadRelay {
  async function note(tx: Tx, threadId: string, words: string, cause: EntryKey): Promise<void> {
    const conversation = await conversations.lockOpenIn(tx, threadId);
    if (!conversation?.twilio_sid) return;
    const to = { conversationId: conversation.id, after: conversation.twilio_cursor };
    await relay.append(tx, botMessage({ ...to, body: `[${words}]` }, 'moderation-note', cause));
  }

  async function remember(tx: Tx, conversationId: string, { id, name, avatar }: Speaker): Promise<void> {
    const spoken = { name, avatar, spoke_at: steadyNow() };
    await tx
      .insertInto('thread_speakers')
      .values({ conversation_id: conversationId, member_id: id, ...spoken })
      .onConflict((conflict) => conflict.columns(['conversation_id', 'member_id']).doUpdateSet(spoken))
      .execute();
  }

  return {
    async wrote(tx, thread, speaker, message, cause) {
      const found = await conversations.lockOpenIn(tx, thread.id);
      const context = found && (await contextOf(tx, found.id, cause));
      if (!context) return;
      await remember(tx, context.conversation.id, speaker);
      await conversations.note(tx, context.conversation.id, {
        latest_text: truncate(message.text, MAX_LATEST_LENGTH),
      });
      const { id, name, avatar } = speaker;
      context.message = message;
      context.speaker = { id, name, avatar };
      // Only buttons and commands ask for somebody in public; words there are for everybody.
      await applyEvent(context, { is: 'member-wrote', wantsPerson: false });
    },

    async changed(tx, thread, news, cause) {
      const words = texts.inPublic;
      if (news.is === 'channel') return note(tx, thread.id, words.channel[news.to], cause);
      if (news.to === 'open') {
        if (thread.access === 'locked') await note(tx, thread.id, words.unlocked, cause);
        return;
      }
      await note(tx, thread.id, words[news.to], cause);
    },

    /** What was said before the thread was brought stands in one message, which an edit does not change. */
    async changedEarlier(tx, threadId, { messageId, now }, cause) {
      const message = await findMessage(tx, messageId);
      if (message?.direction !== 'to-agent' || message.conversation_id !== null) return;
      const { author_name: name } = message;
      const { deletedEarlier, editedEarlier } = texts.inPublic;
      const words =
        now === null
          ? deletedEarlier(name)
          : editedEarlier(name, truncate(now, MAX_LATEST_LENGTH, { ellipsis: '…' }));
      await note(tx, threadId, words, cause);
    },
  };
}
