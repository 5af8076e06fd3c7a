import { truncate } from '@flexcord/shared/messages/truncate';
import { findMember } from '../members/members.ts';
import type { AgentMessage, CanonicalMessage, MessageTexts } from '../messages/canonical.ts';
import {
  findMessage,
  linksOfDiscord,
  type MessageRecord,
  noteDeletion,
  noteEdit,
  saysOther,
} from '../messages/records.ts';
import { defineEntry } from '../relay/entries.ts';
import {
  againKey,
  agentEditedKey,
  agentRemovedKey,
  asideLane,
  carryKey,
  discordEventKey,
  discordLane,
  type EntryKey,
  memberDeletedKey,
  memberEditedKey,
  memberRenamedKey,
  placeLane,
  reactionKey,
} from '../relay/keys.ts';
import { hasPending, laneOf } from '../relay/queries.ts';
import type { Relay } from '../relay/relay.ts';
import { steadyNow } from '../store/clock.ts';
import type { Store, Tx } from '../store/open.ts';
import { agentWrote } from './agent-events.ts';
import { compareVersions, createAgentVersions } from './agent-versions.ts';
import type { ReviseWords } from './changed-words.ts';
import { conversationQueries, placeOf } from './conversations.ts';
import type { TwilioQueries } from './options.ts';
import { deletionToAgent, editToAgent, noteToAgent } from './outgoing.ts';

export interface ChangesOptions {
  store: Store;
  relay: Relay;
  twilioQueries: Pick<TwilioQueries, 'readMessage' | 'lookBack' | 'fetchMessage'>;
  /** Words for agents. */
  texts: MessageTexts;
  /** Takes what a member no longer says out of everything that was made of it. */
  reviseWords: ReviseWords;
  /** What follows from a change in a public thread, heard once. */
  changedInPublic?(
    tx: Tx,
    threadId: string,
    change: { is: 'edited'; message: CanonicalMessage } | { is: 'words-gone'; messageId: string },
    cause: EntryKey,
  ): Promise<void>;
  /** Called once it is certain that a member changed what an agent reads. */
  onChanged(conversationId: string, change: 'edited' | 'deleted'): void;
}

interface ByMember {
  memberId: string;
  /** The public thread that it happened in; absent in private. */
  threadId?: string | undefined;
}

/** A member's message says something else now. `moved`: the entry that came too late, because its message was moved. */
export const memberEdited = defineEntry(
  'in.member-edited',
  ({ memberId, threadId, message }: ByMember & { message: CanonicalMessage }, moved?: EntryKey) => ({
    lane: placeLane(threadId ?? memberId),
    key: moved ? againKey(moved) : memberEditedKey(message.id, message.editedAt ?? ''),
  }),
);

/** A member took a message back; `moved` as for an edit. */
export const memberDeleted = defineEntry(
  'in.member-deleted',
  ({ memberId, threadId, messageId }: ByMember & { messageId: string }, moved?: EntryKey) => ({
    lane: placeLane(threadId ?? memberId),
    key: moved ? againKey(moved) : memberDeletedKey(messageId),
  }),
);

/** A member reacted, or took it back. `emoji` in words: the character, or `:name:` of a custom one; `which`: its id or character. */
export const memberReacted = defineEntry(
  'in.member-reacted',
  (
    { memberId, threadId, messageId, added }: ByMember & { messageId: string; emoji: string; added: boolean },
    which: string,
  ) => ({ lane: placeLane(threadId ?? memberId), key: reactionKey(messageId, memberId, which, added) }),
);

/** A member has another name, as the event with this id shows. */
export const memberRenamed = defineEntry(
  'in.member-renamed',
  ({ memberId }: ByMember & { from: string; to: string }, eventId: string) => ({
    lane: placeLane(memberId),
    key: memberRenamedKey(eventId),
  }),
);

/** Something that a member did and nobody wrote, in words; for example that they pinned a message. */
export const memberDid = defineEntry(
  'in.member-did',
  ({ memberId }: ByMember & { words: string }, messageId: string) => ({
    lane: placeLane(memberId),
    key: discordEventKey(messageId),
  }),
);

interface EditByAgent {
  conversationId: string;
  message: AgentMessage;
  /** It had overtaken its message, and now comes after it. */
  retried?: boolean;
}

/** A message of an agent's says something else now. `version` names the edit; a key, the edit that came too early. */
export const agentEdited = defineEntry(
  'in.agent-edited',
  (
    { message }: EditByAgent,
    placeId: string,
    { version, after }: { version?: string; after?: EntryKey },
  ) => ({
    lane: placeLane(placeId),
    key: after ? againKey(after) : agentEditedKey(message.id, version ?? ''),
  }),
);

/** A message of an agent's is gone. */
export const agentRemoved = defineEntry(
  'in.agent-removed',
  ({ messageSid }: { conversationId: string; messageSid: string }, placeId: string) => ({
    lane: placeLane(placeId),
    key: agentRemovedKey(messageSid),
  }),
);

/** How long a reaction waits for the message that it is on to be settled, in milliseconds. */
const REACTION_TIMEOUT_MS = 10_000;
const MAX_EXCERPT_LENGTH = 80;

/**
 * What becomes of a message after it was written: edits, deletions, reactions. They follow their message in the same
 * lanes, so that a change never overtakes what it changes.
 */
export function createChanges(options: ChangesOptions) {
  const { store, relay, texts, twilioQueries } = options;
  const versions = createAgentVersions(options);
  const conversations = conversationQueries(store);

  /**
   * A member's message in the conversation that it is in now, where that is open or the message still on its way.
   * `moving`: it is known in which conversation once what waits in the member's lane is decided.
   */
  async function delivered(tx: Tx, messageId: string) {
    const message = await findMessage(tx, messageId);
    if (message?.direction !== 'to-agent' || !message.conversation_id) return undefined;
    const conversationId = message.conversation_id;
    const open = await isOpen(tx, conversationId);
    const lane = await laneOf(tx, carryKey(messageId));
    if (lane === asideLane(conversationId)) return 'moving';
    return open || lane ? { ...message, conversationId } : undefined;
  }

  async function isOpen(tx: Tx, conversationId: string): Promise<boolean> {
    const conversation = await conversations.lock(tx, conversationId);
    return conversation !== undefined && conversation.phase !== 'closed';
  }

  /** Says something in the transcript of the member's open conversation. */
  async function note(tx: Tx, memberId: string, body: string, cause: EntryKey): Promise<void> {
    const conversation = await conversations.lockOpenOf(tx, memberId);
    if (!conversation?.twilio_sid) return;
    await relay.append(tx, noteToAgent({ conversationId: conversation.id, body }, cause));
  }

  /**
   * An agent's edit takes effect where it is newer than what was heard. Webhooks come in any order, so an older one must
   * not bring older words back. `asked`: what Twilio has now, null where it is gone; `run`: that must be asked for first.
   */
  async function takeEdit(
    tx: Tx,
    payload: EditByAgent,
    key: EntryKey,
    asked?: AgentMessage | null,
  ): Promise<'run' | undefined> {
    const { conversationId } = payload;
    const conversation = await conversations.lock(tx, conversationId);
    if (!conversation) return undefined;
    const placeId = placeOf(conversation);
    const { twilio_cursor } = conversation;
    const message = twilioQueries.readMessage(payload.message);
    if (message.index > twilio_cursor && !payload.retried) {
      // The edit has overtaken its message: that one first, then this again.
      const early = { conversationId, message };
      await relay.append(
        tx,
        agentWrote(early, placeId),
        agentEdited({ ...early, retried: true }, placeId, { after: key }),
      );
      return undefined;
    }
    const known = await findMessage(tx, message.id);
    if (!known) return undefined;
    if (asked === null) {
      await versions.remove(tx, conversation, message.id);
    } else if (asked) {
      await versions.edit(tx, conversation, asked, known, key);
    } else if (isUnclear(message, known)) {
      return 'run';
    } else if (compareVersions(message.changedAt, known.changed_at) === 'newer') {
      await versions.edit(tx, conversation, message, known, key);
    }
    return undefined;
  }

  return [
    memberEdited.handledBy({
      decide: async (tx, payload, { key }) => {
        const { message, memberId, threadId } = payload;
        const known = await findMessage(tx, message.id);
        if (known?.direction !== 'to-agent') return;
        // Versions may come out of order: from the gateway, and from a look back at what it missed. The one that was decided
        // about last comes again where its message was moved.
        const editedAt = message.editedAt ?? '';
        const isLate = known.deleted_at !== null || (known.edited_at ?? '') > editedAt;
        if (isLate && known.edited_at !== editedAt) return;
        const before = await delivered(tx, message.id);
        if (!isLate) {
          await noteEdit(tx, known, message);
          await options.reviseWords(tx, memberId, key);
          if (threadId) await options.changedInPublic?.(tx, threadId, { is: 'edited', message }, key);
        }
        if (!before) return;
        if (before === 'moving') {
          await relay.append(tx, memberEdited(payload, key));
          return;
        }
        const { conversationId } = before;
        const removedFiles = before.files.filter((name) => !message.files.some((file) => file.name === name));
        const speaker = threadId ? { speaker: { id: memberId, name: before.author_name } } : {};
        const edit = { conversationId, message, before: before.text, removedFiles, ...speaker };
        await relay.append(tx, editToAgent(edit, key));
        store.afterCommit(tx, () => options.onChanged(conversationId, 'edited'));
      },
    }),

    memberDeleted.handledBy({
      decide: async (tx, payload, { key }) => {
        const { messageId, memberId, threadId } = payload;
        await noteDeletion(tx, messageId);
        await options.reviseWords(tx, memberId, key);
        if (threadId) await options.changedInPublic?.(tx, threadId, { is: 'words-gone', messageId }, key);
        const before = await delivered(tx, messageId);
        if (!before) return;
        if (before === 'moving') {
          await relay.append(tx, memberDeleted(payload, key));
          return;
        }
        const { conversationId, author_name: name } = before;
        await relay.append(tx, deletionToAgent({ conversationId, messageId, name }, key));
        store.afterCommit(tx, () => options.onChanged(conversationId, 'deleted'));
      },
    }),

    memberReacted.handledBy({
      async run({ memberId, threadId, messageId, emoji, added }, { key, createdAt }) {
        const [link] = await linksOfDiscord(store.db, messageId);
        if (!link) {
          const early = steadyNow() - createdAt < REACTION_TIMEOUT_MS;
          return early && (await hasPending(store.db, discordLane(threadId ?? memberId)))
            ? { againInMs: 100 }
            : undefined;
        }
        if (link.direction !== 'to-member') return undefined;
        const words = ((await findMessage(store.db, link.twilio_sid))?.text ?? '').replace(/\s+/g, ' ');
        const excerpt = truncate(words, MAX_EXCERPT_LENGTH, { ellipsis: '…' });
        const member = await findMember(store.db, memberId);
        const conversationId = link.conversation_id;
        return {
          commit: async (tx) => {
            if (!(await isOpen(tx, conversationId))) return;
            const what = excerpt ? `“${excerpt}”` : texts.aFile;
            const describe = added ? texts.reacted : texts.unreacted;
            const body = `[${describe(member?.name ?? '', emoji, what)}]`;
            const reaction = { emoji, added, to: what };
            const by = threadId ? { speakerId: memberId } : {};
            await relay.append(tx, noteToAgent({ conversationId, body, reaction, ...by }, key));
          },
        };
      },
    }),

    memberRenamed.handledBy({
      decide: async (tx, { memberId, from, to }, { key }) => {
        await note(tx, memberId, `[${texts.renamed(from, to)}]`, key);
      },
    }),

    memberDid.handledBy({
      decide: async (tx, { memberId, words }, { key }) => {
        await note(tx, memberId, words, key);
      },
    }),

    agentEdited.handledBy({
      decide: (tx, payload, { key }) => takeEdit(tx, payload, key),
      async run(payload, { key }) {
        const message = twilioQueries.readMessage(payload.message);
        const sid = (await conversations.find(payload.conversationId))?.twilio_sid;
        const known = await findMessage(store.db, message.id);
        const ask = sid && known && isUnclear(message, known);
        const asked = ask ? await twilioQueries.fetchMessage(sid, message.id) : undefined;
        return { commit: async (tx) => void (await takeEdit(tx, payload, key, asked)) };
      },
    }),

    agentRemoved.handledBy({
      decide: async (tx, { conversationId, messageSid }) => {
        const conversation = await conversations.lock(tx, conversationId);
        if (conversation) await versions.remove(tx, conversation, messageSid);
      },
    }),
  ] as const;
}

/** Whether only Twilio can say if these words are older or newer than those that were heard. */
const isUnclear = (message: AgentMessage, known: MessageRecord): boolean =>
  compareVersions(message.changedAt, known.changed_at) === 'unclear' &&
  (known.changed_at === null || saysOther(message, known));
