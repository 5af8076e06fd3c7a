import {
  type APIChannel,
  type APIGuild,
  type APIGuildForumChannel,
  ChannelType,
  type REST,
  Routes,
} from 'discord.js';
import { solvedTagIn } from '../../forum/decide.ts';
import type { Forum } from '../../forum/forum.ts';
import { isRefusal, Refused } from '../../relay/errors.ts';
import type { Store } from '../../store/open.ts';
import type { PublicRule } from '../../store/schema.ts';
import { languages, textsFor } from '../../texts/index.ts';
import { publicChannels } from '../../threads/channels.ts';
import { callDiscord } from '../errors.ts';
import { has, type Permission } from './rights.ts';

/** What became of a help forum. `tag`: it was given the tag for solved posts, or has no room for one. */
export type ForumOutcome =
  | { is: 'made' | 'taken'; id: string; rule: PublicRule; tag: 'made' | 'there' | 'no-room' }
  | { is: 'failed'; missing?: Permission; because?: 'no-community' | 'by-operator' };

export interface ForumWish {
  rule: PublicRule;
  /** The forum to take; null for one with the name of a help forum, or a new one. */
  forumId: string | null;
}

/** https://docs.discord.com/developers/resources/channel#channel-object */
const MAX_TAGS = 20;

/** Makes or takes a help forum with a tag for solved posts, and begins to serve it. Running it again changes the rule alone. */
export function createForumSetup({
  store,
  rest,
  adoption,
  solvedTag,
  served,
}: {
  store: Store;
  rest: REST;
  adoption: Pick<Forum['adoption'], 'begin'>;
  solvedTag: string;
  /** Called when a channel is served, or by another rule. */
  served(): void;
}) {
  const channels = publicChannels(store);
  const get = async <T>(what: string, route: `/${string}`) =>
    (await callDiscord(what, () => rest.get(route))) as T;

  async function serve(id: string, rule: PublicRule): Promise<void> {
    await store.transact(async (tx) => {
      await channels.serve(tx, { id, rule, setBy: 'server', at: Date.now() });
      const channel = await channels.find(id, tx);
      if (channel) await adoption.begin(tx, [channel]);
    });
    served();
  }

  async function ensureTag(
    forum: APIGuildForumChannel,
    locale: string,
  ): Promise<'made' | 'there' | 'no-room'> {
    const tags = forum.available_tags.map(({ id, name, moderated }) => ({ id, name, moderated }));
    if (solvedTagIn(tags, solvedTag)) return 'there';
    if (tags.length >= MAX_TAGS) return 'no-room';
    await callDiscord('give a forum a tag', () =>
      rest.patch(Routes.channel(forum.id), {
        body: { available_tags: [...forum.available_tags, { name: tagName(locale) }] },
      }),
    );
    return 'made';
  }

  const tagName = (locale: string) => solvedTag || (textsFor(locale).forum.solvedTagNames[0] ?? 'solved');

  async function build(
    guildId: string,
    { rule, forumId }: ForumWish,
    permissions: bigint,
  ): Promise<ForumOutcome> {
    const guild = await get<APIGuild>('read a server', Routes.guild(guildId));
    const all = await get<APIChannel[]>('read channels', Routes.guildChannels(guildId));
    const forums = all.filter((channel) => channel.type === ChannelType.GuildForum) as APIGuildForumChannel[];
    const names: string[] = languages.map(({ forum }) => forum.forumName);
    const found = forums.find(({ id, name }) => (forumId === null ? names.includes(name) : id === forumId));
    const locale = guild.preferred_locale;
    if (found) {
      const known = await channels.find(found.id);
      if (known?.setBy === 'operator' && known.ended_at === null)
        return { is: 'failed', because: 'by-operator' };
      if (!has(permissions, 'channels')) return { is: 'failed', missing: 'channels' };
      const tag = await ensureTag(found, locale);
      await serve(found.id, rule);
      return { is: 'taken', id: found.id, rule, tag };
    }
    if (forumId !== null) return { is: 'failed' };
    if (!has(permissions, 'channels')) return { is: 'failed', missing: 'channels' };
    if (!(guild.features as string[]).includes('COMMUNITY')) return { is: 'failed', because: 'no-community' };
    const made = (await callDiscord('make a forum', () =>
      rest.post(Routes.guildChannels(guildId), {
        body: {
          ...{ name: textsFor(locale).forum.forumName, type: ChannelType.GuildForum },
          available_tags: [{ name: tagName(locale) }],
        },
      }),
    )) as APIGuildForumChannel;
    await serve(made.id, rule);
    return { is: 'made', id: made.id, rule, tag: 'made' };
  }

  /** `permissions`: what the bot may do in the server, as a bit set. */
  return async (guildId: string, wish: ForumWish, permissions: bigint): Promise<ForumOutcome> => {
    try {
      return await build(guildId, wish, permissions);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return {
        is: 'failed',
        ...(error instanceof Refused && error.reason === 'forbidden' ? { missing: 'channels' as const } : {}),
      };
    }
  };
}

export type SetUpForum = ReturnType<typeof createForumSetup>;
