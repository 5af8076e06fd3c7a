import { truncate } from '@flexcord/shared/messages/truncate';
import type { DiscordThreadAttributes } from '@flexcord/shared/public-thread';
import type { Member } from '../../members/members.ts';
import type { Store } from '../../store/open.ts';
import { publicChannels } from '../../threads/channels.ts';
import { findThread, threadLink } from '../../threads/threads.ts';
import type { Conversation } from '../conversations.ts';
import { taskAttributes } from '../turns.ts';

/** As `taskAttributes`, with what Flex says of a public thread: that it is one, and which. */
export async function attributesOfTask(
  store: Store,
  conversation: Conversation,
  member: Member,
  summary: string,
): Promise<Record<string, unknown>> {
  const attributes = taskAttributes(conversation, member, summary);
  if (conversation.thread_id === null) return attributes;
  const thread = await findThread(store.db, conversation.thread_id);
  if (!thread) return attributes;
  const channel = await publicChannels(store).find(thread.channel_id);
  const discordThread: DiscordThreadAttributes = {
    id: thread.id,
    title: truncate(thread.title, 100),
    channel: channel?.name ?? '',
    channelId: thread.channel_id,
    serverId: thread.guild_id,
    link: threadLink(thread),
    tags: thread.tags.flatMap((id) => channel?.tags.find((tag) => tag.id === id)?.name ?? []),
    authorId: member.id,
  };
  return { ...attributes, customerAddress: `discord_thread_${thread.id}`, discordThread };
}
