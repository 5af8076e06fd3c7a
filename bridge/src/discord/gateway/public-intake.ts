import { type APIEmoji, type APIMessage, type APIThreadChannel, ChannelType, MessageType } from 'discord.js';
import { reviseQuotes } from '../../cases/words.ts';
import { forgetAnswer, forgetThread } from '../../forum/learning.ts';
import { findMember, upsertSpeaker } from '../../members/members.ts';
import {
  emojiOf,
  findMessage,
  linksOfDiscord,
  reactionsTo,
  recordMemberMessage,
  recordReaction,
} from '../../messages/records.ts';
import { snowflakeTime } from '../../messages/snowflake.ts';
import type { Relay } from '../../relay/relay.ts';
import type { Store } from '../../store/open.ts';
import type { ChannelAccess } from '../../store/schema.ts';
import { memberDeleted, memberEdited, memberReacted } from '../../support/message-changes.ts';
import { memberModerated } from '../../support/moderation.ts';
import { speakerWrote, type ThreadNews, threadChanged } from '../../support/public/thread-events.ts';
import type { PublicChannel } from '../../threads/channels.ts';
import type { Speaker } from '../../threads/desk.ts';
import {
  addThread,
  findThread,
  isWithTeam,
  moveThreadCursor,
  type ThreadFacts,
} from '../../threads/threads.ts';
import { describeEvent, fromDiscord } from '../format/from-discord.ts';
import type { ReaderContext } from '../format/readable.ts';
import { threadState } from './review.ts';

/** How Discord names the picture of somebody who has one (https://docs.discord.com/developers/reference#image-formatting). */
const avatarOf = ({ id, avatar }: APIMessage['author']): string | null =>
  avatar ? `https://cdn.discordapp.com/avatars/${id}/${avatar}.png` : null;

/** What is said of a message that comes over the gateway, and not of one that is read afterwards. */
type HeardMessage = APIMessage & { member?: { roles?: string[] }; moderates?: boolean };

const speakerOf = ({ author, member, moderates }: HeardMessage): Speaker => ({
  id: author.id,
  name: author.global_name || author.username,
  avatar: avatarOf(author),
  roles: member?.roles ?? null,
  ...(moderates ? { moderates } : {}),
});

/** What Discord says of a thread, as it is kept. */
export function threadFacts(thread: APIThreadChannel, guildId: string): ThreadFacts {
  const { id, parent_id, owner_id, name, thread_metadata, rate_limit_per_user, last_message_id } = thread;
  return {
    id,
    guildId,
    channelId: parent_id ?? '',
    authorId: owner_id ?? '',
    title: name ?? '',
    tags: thread.applied_tags ?? [],
    access: threadState(thread_metadata),
    slowMs: (rate_limit_per_user ?? 0) * 1000,
    // Without one it was made before January 2022 (https://docs.discord.com/developers/resources/channel#thread-metadata-object).
    openedAt: Date.parse(thread_metadata?.create_timestamp ?? '') || snowflakeTime(id),
    lastMessageId: last_message_id ?? null,
  };
}

/** A thread that everybody who sees its channel can read. */
export const isPublicThread = ({ type }: { type: ChannelType }): boolean =>
  type === ChannelType.PublicThread || type === ChannelType.AnnouncementThread;

/** Journals what happens in public threads. Every event is committed before the thread's cursor moves on. */
export function createPublicIntake(relay: Relay, store: Store, reading: ReaderContext) {
  const moved = (threadId: string, messageId: string) =>
    store.transact((tx) => moveThreadCursor(tx, threadId, messageId), { lazy: () => true });

  /**
   * A message in a public thread. Of bots and of what nobody wrote it is only noted that it was seen. `hasContent`: whether
   * Discord lets the bot read what it is not mentioned in.
   */
  async function message(threadId: string, heard: HeardMessage, hasContent: boolean): Promise<void> {
    const starter = heard.type === MessageType.ThreadStarterMessage ? heard.referenced_message : undefined;
    const said: HeardMessage = starter
      ? { ...starter, id: heard.id, channel_id: heard.channel_id, edited_timestamp: null }
      : heard;
    const speaker = speakerOf(said);
    const isWritten = describeEvent(said, speaker.name, reading.texts) === null;
    if (said.author.bot || heard.webhook_id || !isWritten) return moved(threadId, heard.id);
    const written = fromDiscord(said, reading);
    const isReadable =
      hasContent ||
      said.content !== '' ||
      said.attachments.length + said.embeds.length + (said.sticker_items?.length ?? 0) > 0 ||
      said.poll !== undefined;
    const shown = isReadable ? written : { ...written, notes: [`[${reading.texts.contentHidden}]`] };
    const entry = speakerWrote({
      ...{ threadId, speaker, message: shown, isReadable },
      ...(starter ? { isStarter: true } : {}),
    });
    await relay.commit([entry], async (tx, added) => {
      await upsertSpeaker(tx, speaker);
      if (added > 0) await recordMemberMessage(tx, speaker.id, shown);
      await moveThreadCursor(tx, threadId, heard.id);
    });
  }

  /** An edit; see `edited` in intake.ts. */
  async function edited(threadId: string, message: APIMessage): Promise<void> {
    const version = message.edited_timestamp;
    if (!version || !message.author || message.author.bot) return;
    const known = await findMessage(store.db, message.id);
    if (known?.direction !== 'to-agent' || (known.edited_at ?? '') >= version) return;
    const change = { memberId: known.member_id, threadId, message: fromDiscord(message, reading) };
    await relay.commit([memberEdited(change)]);
  }

  /** A message is gone, whoever took it away: somebody's own, or an agent's that moderators removed. */
  async function deleted(threadId: string, messageId: string): Promise<void> {
    const known = await findMessage(store.db, messageId);
    if (known?.direction === 'to-agent') {
      await relay.commit([memberDeleted({ memberId: known.member_id, threadId, messageId })]);
      return;
    }
    await reviseQuotes(store, messageId, reading.texts.wordsGone);
    await forgetAnswer(store, messageId);
    const [link] = await linksOfDiscord(store.db, messageId);
    const agents = link?.direction === 'to-member' ? await findMessage(store.db, link.twilio_sid) : undefined;
    if (!agents) return;
    const done = { is: 'words-removed', messageId } as const;
    await relay.commit([memberModerated({ memberId: agents.member_id, threadId, done }, messageId)]);
  }

  /** A thread is there. One that is older than the service of its channel is adopted. */
  async function appeared(facts: ThreadFacts, channel: Pick<PublicChannel, 'served_since'>): Promise<void> {
    await store.transact((tx) => addThread(tx, facts, facts.openedAt < channel.served_since));
  }

  /** What a thread is like now; nothing where that is known. */
  async function changed(facts: ThreadFacts): Promise<void> {
    const known = await findThread(store.db, facts.id);
    if (!known) return;
    const news: ThreadNews[] = [
      ...(known.title === facts.title ? [] : [{ is: 'titled', title: facts.title } as const]),
      ...(String(known.tags) === String(facts.tags) ? [] : [{ is: 'tagged', tags: facts.tags } as const]),
      ...(known.slow_ms === facts.slowMs ? [] : [{ is: 'slow', ms: facts.slowMs } as const]),
      ...(known.access === facts.access ? [] : [{ is: 'thread', to: facts.access } as const]),
    ];
    if (news.length > 0)
      await relay.commit([threadChanged({ threadId: facts.id, news }, Bun.randomUUIDv7())]);
  }

  /** A thread is gone. */
  async function removed(threadId: string): Promise<void> {
    const known = await findThread(store.db, threadId);
    // One of before may have been learned from without being known otherwise.
    if (!known) await store.transact((tx) => forgetThread(tx, threadId));
    if (!known || known.access === 'deleted') return;
    const news = [{ is: 'thread', to: 'deleted' } as const];
    await relay.commit([threadChanged({ threadId, news }, Bun.randomUUIDv7())]);
  }

  /** What the bot may do in the channel of a thread has changed. */
  async function channelChanged(threadId: string, from: ChannelAccess, to: ChannelAccess): Promise<void> {
    const news = [{ is: 'channel', from, to } as const];
    await relay.commit([threadChanged({ threadId, news }, Bun.randomUUIDv7())]);
  }

  /** A reaction on what an agent wrote, or its end. `name` where Discord says it. */
  async function reacted(
    threadId: string,
    member: { id: string; name: string | undefined },
    messageId: string,
    emoji: Pick<APIEmoji, 'id' | 'name'>,
    added: boolean,
  ): Promise<void> {
    if (!(await isWithTeam(store, threadId))) return;
    const known = await findMember(store.db, member.id);
    if (!known && member.name === undefined) return;
    const which = emoji.id ?? emoji.name ?? '';
    const reaction = {
      ...{ message_id: messageId, member_id: member.id, emoji: which },
      emoji_name: emoji.id ? (emoji.name ?? 'emoji') : null,
    };
    const words = emoji.id ? `:${emoji.name ?? 'emoji'}:` : which;
    const entry = memberReacted({ memberId: member.id, threadId, messageId, emoji: words, added }, which);
    await relay.commit([entry], async (tx) => {
      await upsertSpeaker(tx, { id: member.id, name: member.name ?? known?.name ?? member.id });
      await recordReaction(tx, reaction, added);
    });
  }

  /** Somebody took everybody's reactions off a message: all of them, or all with one emoji. */
  async function reactionsCleared(
    threadId: string,
    messageId: string,
    emoji?: Pick<APIEmoji, 'id' | 'name'>,
  ): Promise<void> {
    const which = emoji && (emoji.id ?? emoji.name);
    for (const one of await reactionsTo(store, messageId))
      if (which === undefined || one.emoji === which)
        await reacted(threadId, { id: one.member_id, name: undefined }, messageId, emojiOf(one), false);
  }

  return { reacted, reactionsCleared, message, edited, deleted, appeared, changed, removed, channelChanged };
}

export type PublicIntake = ReturnType<typeof createPublicIntake>;
