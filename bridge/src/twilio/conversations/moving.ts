import { addLinks, type NewLink } from '../../messages/records.ts';
import { setAside } from '../../relay/aside.ts';
import type { PayloadOf } from '../../relay/entries.ts';
import { asideLane, type EntryKey, twilioLane } from '../../relay/keys.ts';
import { oldestOf, pendingIn } from '../../relay/queries.ts';
import type { Relay } from '../../relay/relay.ts';
import type { Store, Tx } from '../../store/open.ts';
import { conversationEnded } from '../../support/agent-events.ts';
import { type Conversation, conversationQueries, placeOf } from '../../support/conversations.ts';
import { messagesMoved } from '../../support/member-events.ts';
import { deletionToAgent, editToAgent, messageToAgent } from '../../support/outgoing.ts';

/** Conversations of which is remembered that nothing of the one before is left. */
const MAX_REMEMBERED = 10_000;

/** What a conversation that is over did not take goes on in the next one, in its order and before anything newer. */
export function createMoving({ store, relay }: { store: Store; relay: Relay }) {
  const queries = conversationQueries(store);
  const follows = new Set<string>();

  return {
    /**
     * Sets a message and all that waits behind it aside, and has the place's lane decide where they go. For the settlement
     * of that message, which must not be in doubt; `links` are of its parts that are in this conversation.
     */
    async moveOn(
      tx: Tx,
      conversation: Conversation,
      { key, messageId, links }: { key: EntryKey; messageId: string; links: readonly NewLink[] },
    ): Promise<void> {
      const { id: conversationId } = conversation;
      const placeId = placeOf(conversation);
      // In the order in which a decision locks: the place's lane, the conversation, the lane that it goes out by.
      await relay.append(
        tx,
        conversationEnded({ conversationId }, placeId),
        messagesMoved({ conversationId }, placeId, key),
      );
      await queries.lock(tx, conversationId);
      await addLinks(tx, links);
      const moved = new Set([messageId]);
      const keys = [key];
      for (const waiting of await pendingIn(tx, twilioLane(conversationId))) {
        if (waiting.kind === messageToAgent.kind)
          moved.add((waiting.payload as PayloadOf<typeof messageToAgent>).message.id);
        else if (!changes(waiting.kind, waiting.payload, moved)) continue;
        keys.push(waiting.key);
      }
      await setAside(tx, asideLane(conversationId), keys);
    },

    /** Whether nothing that was written before a message may still come to its conversation from the one that was before. */
    async isNext({ id, previous_id }: Conversation, key: EntryKey): Promise<boolean> {
      if (!previous_id || follows.has(id)) return true;
      const before = [twilioLane(previous_id), asideLane(previous_id)];
      const oldest = await oldestOf(store.db, messageToAgent, ...before, twilioLane(id));
      if (oldest !== key) return false;
      // The conversation before is over, so nothing is decided to go there any more.
      if ((await oldestOf(store.db, messageToAgent, ...before)) === null) {
        if (follows.size >= MAX_REMEMBERED) follows.clear();
        follows.add(id);
      }
      return true;
    },
  };
}

function changes(kind: string, payload: unknown, messages: ReadonlySet<string>): boolean {
  if (kind === editToAgent.kind) return messages.has((payload as PayloadOf<typeof editToAgent>).message.id);
  return (
    kind === deletionToAgent.kind && messages.has((payload as PayloadOf<typeof deletionToAgent>).messageId)
  );
}
