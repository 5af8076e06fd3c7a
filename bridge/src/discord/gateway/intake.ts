import type { APIEmoji, APIMessage, APIUser } from 'discord.js';
import { reviseQuotes } from '../../cases/words.ts';
import {
  type ChannelPosition,
  findMember,
  findMemberOfThread,
  knownThreads,
  type MemberIdentity,
  noteThreadState,
  type ThreadState,
  upsertMember,
} from '../../members/members.ts';
import {
  emojiOf,
  findMessage,
  linksOfDiscord,
  reactionsOf,
  recordMemberMessage,
  recordReaction,
} from '../../messages/records.ts';
import type { Relay } from '../../relay/relay.ts';
import type { Store, Tx } from '../../store/open.ts';
import { memberIsThere } from '../../support/inactivity.ts';
import { memberCame, memberPressed, memberWrote, type Press } from '../../support/member-events.ts';
import {
  memberDeleted,
  memberDid,
  memberEdited,
  memberReacted,
  memberRenamed,
} from '../../support/message-changes.ts';
import { type Moderation, memberModerated } from '../../support/moderation.ts';
import { describeEvent, fromDiscord } from '../format/from-discord.ts';
import { nameOf, type ReaderContext } from '../format/readable.ts';

export const discordUser = (
  user: Pick<APIUser, 'id' | 'username' | 'global_name'>,
  locale: string | null,
): MemberIdentity => ({
  id: user.id,
  name: nameOf(user),
  locale,
});

/** Journals what members do. Every event is committed before Discord's cursor moves on. */
export function createIntake(relay: Relay, store: Store, reading: ReaderContext) {
  /** Remembers who somebody is, and journals that they have another name now. */
  async function recordMember(
    tx: Tx,
    author: MemberIdentity,
    eventId: string,
    at: ChannelPosition | null,
  ): Promise<void> {
    const former = await upsertMember(tx, author, at);
    if (former === undefined || former === author.name) return;
    const renamed = { memberId: author.id, from: former, to: author.name };
    await relay.append(tx, memberRenamed(renamed, eventId));
  }

  /** A direct message. The channel's cursor moves in the same commit. */
  async function message(message: APIMessage, locale: string | null): Promise<void> {
    const author = discordUser(message.author, locale);
    const memberId = author.id;
    const event = describeEvent(message, author.name, reading.texts);
    const written = event === null ? fromDiscord(message, reading) : null;
    await relay.commit(
      [
        written
          ? memberWrote({ memberId, message: written })
          : memberDid({ memberId, words: event ?? '' }, message.id),
      ],
      async (tx, added) => {
        if (added > 0 && written) await recordMemberMessage(tx, memberId, written);
        if (added > 0 && !written) await memberIsThere(tx, memberId);
        await recordMember(tx, author, message.id, { channelId: message.channel_id, cursor: message.id });
      },
    );
  }

  /** The member who wrote a message that is known; undefined for any other message. */
  async function writerOf(messageId: string): Promise<string | undefined> {
    const message = await findMessage(store.db, messageId);
    return message?.direction === 'to-agent' ? message.member_id : undefined;
  }

  /** An edit. Discord also updates messages to add previews; those leave the time of the edit as it was. */
  async function edited(message: APIMessage): Promise<void> {
    const version = message.edited_timestamp;
    if (!version) return;
    const known = await findMessage(store.db, message.id);
    if (known?.direction !== 'to-agent' || (known.edited_at ?? '') >= version) return;
    const edit = { memberId: message.author.id, message: fromDiscord(message, reading) };
    await relay.commit([memberEdited(edit)], async (tx, isNew) => {
      if (isNew > 0) await memberIsThere(tx, edit.memberId);
    });
  }

  /** `byModerators`: in a place where others may take messages away, an agent's may be gone as well. */
  async function deleted(messageId: string, byModerators = false): Promise<void> {
    const memberId = await writerOf(messageId);
    if (memberId)
      await relay.commit([memberDeleted({ memberId, messageId })], async (tx, isNew) => {
        if (isNew > 0 && !byModerators) await memberIsThere(tx, memberId);
      });
    else if (byModerators) await othersWordsGone(messageId);
  }

  /** An agent's words in a thread; or a message of a server, which a case may quote. */
  async function othersWordsGone(messageId: string): Promise<void> {
    await reviseQuotes(store, messageId, reading.texts.wordsGone);
    const [link] = await linksOfDiscord(store.db, messageId);
    if (link?.direction !== 'to-member') return;
    const message = await findMessage(store.db, link.twilio_sid);
    if (message) await moderated(message.member_id, { is: 'words-removed', messageId }, messageId);
  }

  /**
   * A reaction, or its end. The same one on the same message is told once, however often it comes and goes. `byOthers`: one that is
   * taken away may have been taken by somebody else.
   */
  async function reacted(
    memberId: string,
    messageId: string,
    emoji: Pick<APIEmoji, 'id' | 'name'>,
    added: boolean,
    byOthers = false,
  ): Promise<void> {
    if (!(await findMember(store.db, memberId))) return;
    const which = emoji.id ?? emoji.name ?? '';
    const words = emoji.id ? `:${emoji.name ?? 'emoji'}:` : which;
    const reaction = {
      message_id: messageId,
      member_id: memberId,
      emoji: which,
      emoji_name: emoji.id ? (emoji.name ?? 'emoji') : null,
    };
    await relay.commit(
      [memberReacted({ memberId, messageId, emoji: words, added }, which)],
      async (tx, isNew) => {
        await recordReaction(tx, reaction, added);
        if (isNew > 0 && !byOthers) await memberIsThere(tx, memberId);
      },
    );
  }

  /** Somebody else took reactions off a message: all of them, or all with one emoji. */
  async function reactionsCleared(
    memberId: string,
    messageId: string,
    emoji?: Pick<APIEmoji, 'id' | 'name'>,
  ): Promise<void> {
    const which = emoji && (emoji.id ?? emoji.name);
    for (const reaction of await reactionsOf(store, memberId, [messageId])) {
      if (emoji === undefined || reaction.emoji === which)
        await reacted(memberId, messageId, emojiOf(reaction), false, true);
    }
  }

  /** `/helpme`. The token answers the command later, for 15 minutes. */
  async function came(
    author: MemberIdentity,
    interactionId: string,
    interactionToken: string,
    question: string | null,
  ): Promise<void> {
    const asked = question
      ? {
          id: interactionId,
          author: { id: author.id, name: author.name },
          text: question,
          files: [],
          notes: [],
        }
      : null;
    await relay.commit(
      [memberCame({ memberId: author.id, interactionToken, question: asked }, interactionId)],
      (tx) => recordMember(tx, author, interactionId, null),
    );
  }

  /** A button under a message of the bot's; `label` is what the member read on it. */
  async function pressed(
    author: MemberIdentity,
    interactionId: string,
    pressed: { press: Press; caseNumber?: number; choice?: string; conversationId?: string },
    label: string,
  ): Promise<void> {
    await relay.commit(
      [memberPressed({ memberId: author.id, ...pressed, label, pressId: interactionId })],
      (tx) => recordMember(tx, author, interactionId, null),
    );
  }

  const ownerOfThread = async (channelId: string): Promise<string | undefined> =>
    (await findMemberOfThread(store.db, channelId))?.id;

  /** What became of a member's thread; nothing where that is known already. */
  async function threadIs(threadId: string, state: ThreadState): Promise<void> {
    const member = await findMemberOfThread(store.db, threadId);
    const from = member?.thread_state ?? 'open';
    if (!member || from === state) return;
    const done = { is: 'thread', from, to: state } as const;
    await relay.commit(
      [memberModerated({ memberId: member.id, done }, `${threadId}:${Bun.randomUUIDv7()}`)],
      (tx) => noteThreadState(tx, member.id, threadId, state),
    );
  }

  /** The channel in which private threads are opened was deleted, and with it every thread. */
  async function threadsGone(): Promise<void> {
    for (const threadId of await knownThreads(store)) await threadIs(threadId, 'deleted');
  }

  /** What moderators did to somebody who is known; `event` is the same whenever the same is heard again. */
  async function moderated(memberId: string, done: Moderation, event: string): Promise<void> {
    if (await findMember(store.db, memberId))
      await relay.commit([memberModerated({ memberId, done }, event)]);
  }

  /** What is no entry of the journal, such as typing: it says nothing but that somebody is there now. */
  const gaveSignOfLife = (memberId: string): Promise<void> => memberIsThere(store.db, memberId);

  return {
    gaveSignOfLife,
    threadIs,
    threadsGone,
    moderated,
    recordMember,
    ownerOfThread,
    message,
    edited,
    deleted,
    reacted,
    reactionsCleared,
    came,
    pressed,
  };
}

export type Intake = ReturnType<typeof createIntake>;
