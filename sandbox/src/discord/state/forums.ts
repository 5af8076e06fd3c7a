import { ChannelFlags, ChannelType, PermissionFlagsBits as P } from 'discord-api-types/v10';
import { DiscordError } from '../errors.ts';
import type { Form } from '../validate/form.ts';
import { channelPermissions } from './permissions.ts';
import type { ChannelRecord, DiscordState, ForumState } from './state.ts';

/** https://docs.discord.com/developers/resources/channel#channel-object: a post has at most five of a forum's twenty tags. */
const MAX_APPLIED_TAGS = 5;
const MAX_TAGS = 20;

export interface NewForum {
  tags?: readonly { name: string; moderated?: boolean }[];
  requiresTag?: boolean;
}

/** Channels in which every message is in a post. */
export const forumTypes: ReadonlySet<ChannelType> = new Set([ChannelType.GuildForum, ChannelType.GuildMedia]);

export function newForum(state: DiscordState, { tags = [], requiresTag = false }: NewForum): ForumState {
  if (tags.length > MAX_TAGS) throw new Error(`A forum has at most ${MAX_TAGS} tags.`);
  return {
    requiresTag,
    tags: tags.map(({ name, moderated = false }) => ({ id: state.nextId(), name, moderated })),
  };
}

/** The fields of a forum channel that no other channel has. */
export const toApiForum = ({ tags, requiresTag }: ForumState) => ({
  flags: requiresTag ? ChannelFlags.RequireTag : 0,
  available_tags: tags.map((tag) => ({ ...tag, emoji_id: null, emoji_name: null })),
  default_reaction_emoji: null,
  default_sort_order: null,
  default_forum_layout: 0,
  default_tag_setting: 'match_some',
});

/** The tags that a body gives a forum; undefined where it says nothing of them. Those that are known keep their ids. */
export function readForumTags(state: DiscordState, form: Form, before: ForumState): ForumState | undefined {
  if (!form.has('available_tags')) return undefined;
  const given = form.list('available_tags');
  if (given.length > MAX_TAGS)
    form.fail('available_tags', 'BASE_TYPE_BAD_LENGTH', `Must be ${MAX_TAGS} or fewer in length.`);
  const tags = given.map((tag) => {
    const name = tag.string('name', { required: true, min: 1, max: 20 }) ?? '';
    const id = tag.string('id');
    const known = before.tags.find((each) => each.id === id);
    return { id: known?.id ?? state.nextId(), name, moderated: tag.boolean('moderated') ?? false };
  });
  return { ...before, tags };
}

/** The tags that a body gives a post; undefined where it says nothing of them. Refused by Discord's rules for them. */
export function readAppliedTags(
  state: DiscordState,
  forum: ChannelRecord | undefined,
  userId: string,
  form: Form,
  before: readonly string[] | null,
): string[] | undefined {
  const given = form.value.applied_tags;
  if (given === undefined && before !== null) return undefined;
  const tags = [...new Set(Array.isArray(given) ? given.map(String) : [])];
  if (!forum?.forum) {
    if (tags.length > 0) form.fail('applied_tags', 'INVALID_THREAD_TAGS', 'This channel has no tags.');
    return undefined;
  }
  if (tags.length > MAX_APPLIED_TAGS)
    form.fail('applied_tags', 'BASE_TYPE_BAD_LENGTH', `Must be ${MAX_APPLIED_TAGS} or fewer in length.`);
  const known = new Map(forum.forum.tags.map((tag) => [tag.id, tag]));
  if (tags.some((id) => !known.has(id))) form.fail('applied_tags', 'INVALID_THREAD_TAGS', 'Unknown tag');
  form.check();
  if (forum.forum.requiresTag && tags.length === 0) throw new DiscordError(40067);
  const changed = [...known.keys()].filter((id) => tags.includes(id) !== (before ?? []).includes(id));
  const mayModerate = (channelPermissions(state, forum, userId) & P.ManageThreads) !== 0n;
  if (!mayModerate && changed.some((id) => known.get(id)?.moderated)) throw new DiscordError(50013);
  return tags;
}
