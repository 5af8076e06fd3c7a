import { type APIGuildForumChannel, type APIGuildForumTag, ChannelType } from 'discord-api-types/v10';
import type { ClientChannel, ClientGuild } from '../../discord/index.ts';
import type { View } from '../view.ts';

/** A post of a forum, which is a thread (https://docs.discord.com/developers/topics/threads#forums). */
export interface Post {
  id: string;
  title: string;
  authorId: string;
  tags: APIGuildForumTag[];
  /** Without the first one. */
  messages: number;
  lastMessageId: string;
}

type Forum = APIGuildForumChannel & { permissions: string };

const isForum = (channel: ClientChannel): channel is Forum => channel.type === ChannelType.GuildForum;

export const forums = (view: View): Forum[] =>
  view.guilds.flatMap(({ channels }) => channels.filter(isForum));

/** The forum that is open itself; undefined where something else is. */
export const openedForum = (view: View): Forum | undefined =>
  forums(view).find(({ id }) => id === view.channelId);

/** The forum that a thread is a post of. */
export const forumOf = (guild: ClientGuild, thread: ClientChannel): Forum | undefined =>
  guild.channels.filter(isForum).find(({ id }) => 'parent_id' in thread && id === thread.parent_id);

/** The post that is open, with its forum. */
export function openedPost(view: View): { post: Post; forum: Forum } | undefined {
  for (const guild of view.guilds) {
    const thread = guild.threads.find(({ id }) => id === view.channelId);
    const forum = thread && forumOf(guild, thread);
    if (forum) return { post: toPost(thread, forum), forum };
  }
  return undefined;
}

/** The posts of a forum, the latest first; a view has no archived ones. */
export const postsIn = (view: View, forum: Forum): Post[] =>
  view.guilds
    .flatMap(({ threads }) => threads)
    .filter((thread) => 'parent_id' in thread && thread.parent_id === forum.id)
    .map((thread) => toPost(thread, forum))
    .sort((one, other) => Number(BigInt(other.lastMessageId) - BigInt(one.lastMessageId)));

function toPost(thread: ClientChannel, forum: Forum): Post {
  const { applied_tags: applied = [], ...rest } = thread as Partial<{
    applied_tags: string[];
    owner_id: string;
    message_count: number;
    last_message_id: string | null;
  }>;
  return {
    id: thread.id,
    title: thread.name ?? '',
    authorId: rest.owner_id ?? '',
    tags: forum.available_tags.filter(({ id }) => applied.includes(id)),
    messages: rest.message_count ?? 0,
    lastMessageId: rest.last_message_id ?? thread.id,
  };
}
