import type { AgentMessage } from '../messages/canonical.ts';
import {
  agentMessagesOf,
  findMessage,
  forgetMessage,
  type MessageRecord,
  recordAgentVersion,
  saysOther,
} from '../messages/records.ts';
import { agentEditedKey, agentRemovedKey, type EntryKey } from '../relay/keys.ts';
import type { Relay } from '../relay/relay.ts';
import type { Store, Tx } from '../store/open.ts';
import { addressOf, type Conversation } from './conversations.ts';
import type { LookBack, TwilioQueries } from './options.ts';
import { deletionToMember, editToMember } from './outgoing.ts';

/** Messages of agents in one conversation that a look back is compared with, newest first. */
const MAX_COMPARED = 500;
/** Messages that are asked for one by one, because a look did not find them; the next look asks for the rest. */
const MAX_ASKED_FOR = 20;

/** What a look back found out about messages that were heard before. */
export interface ChangesFound {
  edited: AgentMessage[];
  removed: string[];
}

/**
 * How a version of a message compares with what was heard last. REST resources tell whole seconds, so what happened in
 * the same second as something read there can be older or newer.
 */
export function compareVersions(
  changedAt: number | undefined,
  known: number | null,
): 'older' | 'newer' | 'unclear' {
  if (changedAt === undefined || known === null) return 'unclear';
  if (changedAt % 1000 !== 0 && known % 1000 !== 0) return changedAt < known ? 'older' : 'newer';
  const seconds = Math.floor(changedAt / 1000) - Math.floor(known / 1000);
  return seconds === 0 ? 'unclear' : seconds < 0 ? 'older' : 'newer';
}

/** Carries what becomes of agents' messages after they were heard. Whoever calls it holds the lane of the place. */
export function createAgentVersions({
  store,
  relay,
  twilioQueries,
}: {
  store: Store;
  relay: Relay;
  twilioQueries: Pick<TwilioQueries, 'lookBack' | 'fetchMessage'>;
}) {
  /** The member reads the words that a message has now; `change` names this version. */
  async function edit(
    tx: Tx,
    conversation: Pick<Conversation, 'id' | 'member_id' | 'thread_id'>,
    now: AgentMessage,
    known: MessageRecord,
    change: EntryKey,
  ): Promise<void> {
    await recordAgentVersion(tx, now);
    // Twilio changes a message for other reasons, too. What is older than the column may have been edited since.
    if (known.changed_at !== null && !saysOther(now, known)) return;
    const { index: _index, changedAt: _changedAt, ...message } = now;
    const author = { id: message.author.id, name: known.author_name };
    await relay.append(
      tx,
      editToMember(
        {
          ...addressOf(conversation),
          conversationId: conversation.id,
          message: { ...message, author },
        },
        change,
      ),
    );
  }

  /** The member does not read a message any more, whether or not it was delivered. */
  async function remove(
    tx: Tx,
    conversation: Pick<Conversation, 'id' | 'member_id' | 'thread_id'>,
    messageSid: string,
  ): Promise<void> {
    const removal = { ...addressOf(conversation), conversationId: conversation.id, messageSid };
    // A removed message is not delivered, should it still come.
    await relay.append(tx, deletionToMember(removal), deletionToMember(removal, agentRemovedKey(messageSid)));
    await forgetMessage(tx, messageSid);
  }

  /** Looks at everything above the cursor, and with `review` also at what was heard before. */
  async function lookBack(conversation: Conversation, review: boolean): Promise<LookBack & ChangesFound> {
    const { twilio_sid: sid, twilio_cursor: cursor } = conversation;
    if (!sid) {
      const nothing = { messages: [], upTo: -1, heard: [], from: Number.POSITIVE_INFINITY, closed: false };
      return { ...nothing, edited: [], removed: [] };
    }
    const known = await agentMessagesOf(store, conversation, MAX_COMPARED);
    const lowest = known.length === 0 ? cursor : Math.min(...known.map(({ place }) => place ?? 0));
    const look = await twilioQueries.lookBack(sid, cursor, review ? lowest : undefined);
    const edited: AgentMessage[] = [];
    const removed: string[] = [];
    const found = new Map([...look.heard, ...look.messages].map((message) => [message.id, message]));
    let asked = 0;
    for (const before of known) {
      let now = found.get(before.id) ?? null;
      if (!now) {
        // What is older than the column has a place only once it was seen again; a look at everything has seen it.
        if ((before.place ?? Number.NEGATIVE_INFINITY) < look.from || asked >= MAX_ASKED_FOR) continue;
        // A list that leaves a message out is no reason to take it from the member.
        asked += 1;
        now = await twilioQueries.fetchMessage(sid, before.id);
      }
      if (!now) removed.push(before.id);
      else if (isNews(now, before)) edited.push(now);
    }
    return { ...look, edited, removed };
  }

  /** Journals what a look back found, for the member. `cause` is the entry that looked. */
  async function appendChanges(
    tx: Tx,
    conversation: Conversation,
    { edited, removed }: ChangesFound,
    cause: EntryKey,
  ): Promise<void> {
    for (const now of edited) {
      const known = await findMessage(tx, now.id);
      if (known) await edit(tx, conversation, now, known, agentEditedKey(now.id, `seen:${cause}`));
    }
    for (const sid of removed) await remove(tx, conversation, sid);
  }

  return { edit, remove, lookBack, appendChanges };
}

export type AgentVersions = ReturnType<typeof createAgentVersions>;

/** A read is later than everything that was heard, unless it says itself that it is older. */
function isNews(now: AgentMessage, before: Pick<MessageRecord, 'text' | 'place' | 'changed_at'>): boolean {
  if (compareVersions(now.changedAt, before.changed_at) === 'older') return false;
  return before.place === null || saysOther(now, before);
}
