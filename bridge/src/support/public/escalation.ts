import { truncate } from '@flexcord/shared/messages/truncate';
import { findMember, upsertSpeaker } from '../../members/members.ts';
import type { CanonicalMessage } from '../../messages/canonical.ts';
import { compareSnowflakes } from '../../messages/snowflake.ts';
import { catchUpAtEndKey, type EntryKey, placeLane } from '../../relay/keys.ts';
import { pendingOf } from '../../relay/queries.ts';
import { steadyNow } from '../../store/clock.ts';
import type { Tx } from '../../store/open.ts';
import { publicChannels } from '../../threads/channels.ts';
import { type EscalationReason, escalateThread, releaseThread } from '../../threads/requests.ts';
import { changeThread, findThread, lockThread, type PublicThread } from '../../threads/threads.ts';
import { catchUp } from '../agent-events.ts';
import { type ConversationActions, placeOf } from '../conversations.ts';
import type { SupportOptions } from '../options.ts';
import { botMessage, closeConversation, nameMember } from '../outgoing.ts';
import type { Turns } from '../turns.ts';
import { speakerWrote } from './thread-events.ts';
import { threadSoFar } from './thread-so-far.ts';

/** How much of the question stands in the conversation's row, in UTF-16 units. */
const MAX_MATTER_LENGTH = 500;
const MAX_TOPIC_LENGTH = 200;

/** Brings public threads to the team, and takes them back. */
export function createEscalation(
  options: Pick<SupportOptions, 'store' | 'relay' | 'openCase' | 'texts' | 'readThread'>,
  { conversations, contextOf }: ConversationActions,
  { bringToFlex }: Turns,
) {
  const { store, relay, texts } = options;
  const channels = publicChannels(store);

  /** What is still to be decided, or not heard yet, comes as a message of its own. */
  async function decidedOf(tx: Tx, thread: PublicThread, read: readonly CanonicalMessage[]) {
    const waiting = await pendingOf(tx, placeLane(thread.id), speakerWrote);
    const undecided = new Set(waiting.map(({ message }) => message.id));
    return read.filter(({ id }) => !undecided.has(id) && compareSnowflakes(id, thread.cursor) <= 0);
  }

  async function open(
    tx: Tx,
    threadId: string,
    reason: EscalationReason,
    read: readonly CanonicalMessage[],
    cause: EntryKey,
  ): Promise<void> {
    const thread = await lockThread(tx, threadId);
    if (!thread || thread.access === 'deleted' || thread.author_id === null) return;
    if (await conversations.lockOpenIn(tx, threadId)) return;
    await upsertSpeaker(tx, { id: thread.author_id, name: thread.author_name || thread.author_id });
    const { id } = await conversations.open(tx, thread.author_id, threadId);
    const matter = thread.question || thread.title;
    await conversations.change(tx, id, {
      phase: 'queued',
      case_number: thread.case_number,
      topic: truncate(thread.title, MAX_TOPIC_LENGTH),
      matter_text: truncate(matter, MAX_MATTER_LENGTH),
      latest_text: truncate(matter, MAX_MATTER_LENGTH),
    });
    const context = await contextOf(tx, id, cause);
    if (!context) return;
    const { conversation } = context;
    if (conversation.case_number === null) {
      conversation.case_number = await options.openCase(tx, conversation, thread.title);
      await changeThread(tx, threadId, { case_number: conversation.case_number });
    }
    const channel = await channels.find(thread.channel_id, tx);
    const body = threadSoFar(
      { thread, channelName: channel?.name ?? '', reason, messages: await decidedOf(tx, thread, read) },
      texts,
    );
    await relay.append(
      tx,
      nameMember({ conversationId: id }, cause),
      botMessage({ conversationId: id, body }, 'transcript', cause),
    );
    await bringToFlex(context, false);
  }

  async function release(
    tx: Tx,
    { threadId, words, unlessAnswering }: { threadId: string; words: string; unlessAnswering?: boolean },
    cause: EntryKey,
  ): Promise<void> {
    const found = await conversations.lockOpenIn(tx, threadId);
    if (!found || (unlessAnswering && found.phase === 'agent')) return;
    const { id: conversationId } = found;
    await conversations.change(tx, conversationId, { phase: 'closed', closed_at: steadyNow() });
    await relay.append(
      tx,
      botMessage({ conversationId, after: found.twilio_cursor, body: `[${words}]` }, 'withdrawn-note', cause),
      catchUp({ conversationId }, placeOf(found), catchUpAtEndKey(conversationId)),
      closeConversation({ conversationId, reason: words }, cause),
    );
  }

  return [
    escalateThread.handledBy({
      async run({ threadId, reason }, { key }) {
        const thread = await findThread(store.db, threadId);
        const author = thread?.author_id ? await findMember(store.db, thread.author_id) : undefined;
        // Whom the team does not serve in private is not served in public.
        if (!thread || author?.blocked_at) return undefined;
        const read = await options.readThread(threadId);
        return { commit: (tx) => open(tx, threadId, reason, read, key) };
      },
    }),
    releaseThread.handledBy({
      decide: async (tx, payload, { key }) => {
        await release(tx, payload, key);
      },
    }),
  ] as const;
}
