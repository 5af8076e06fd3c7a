import {
  type APIChannel,
  ChannelFlags,
  ChannelType,
  type Client,
  Events,
  type Guild,
  PermissionFlagsBits as P,
  type PermissionsBitField,
} from 'discord.js';
import type { ChannelAccess } from '../../store/schema.ts';
import type { ChannelFacts, PublicChannel } from '../../threads/channels.ts';

/** What Discord says of a channel that is served. */
export function channelFacts(channel: APIChannel, guildId: string): ChannelFacts {
  const isForum = channel.type === ChannelType.GuildForum || channel.type === ChannelType.GuildMedia;
  const tags = isForum && 'available_tags' in channel ? (channel.available_tags ?? []) : [];
  return {
    guildId,
    name: channel.name ?? '',
    isForum,
    tags: tags.map(({ id, name, moderated }) => ({ id, name, moderated })),
    requiresTag: isForum && ((channel.flags ?? 0) & ChannelFlags.RequireTag) !== 0,
  };
}

function accessBy(may: Readonly<PermissionsBitField>): ChannelAccess {
  if (!may.has([P.ViewChannel, P.ReadMessageHistory])) return 'hidden';
  return may.has(P.SendMessagesInThreads) ? 'open' : 'read-only';
}

/**
 * Tells whenever the bot may do something else in a served channel than before. Discord sends no event for that: roles, the
 * bot's own roles and what a channel overwrites of them are compared, which discord.js keeps.
 */
export function watchRights(
  client: Client,
  {
    served,
    accessIs,
    lookThroughServer,
    failed,
  }: {
    served(): Promise<Iterable<PublicChannel>>;
    accessIs(channelId: string, access: ChannelAccess): Promise<void>;
    lookThroughServer(guildId: string): Promise<void>;
    failed(error: unknown): void;
  },
): void {
  async function compare(guild: Guild): Promise<void> {
    const { me } = guild.members;
    if (!me) return;
    for (const { id, access: before } of await served()) {
      const channel = guild.channels.cache.get(id);
      if (!channel) continue;
      const access = accessBy(channel.permissionsFor(me));
      if (access === before) continue;
      await accessIs(id, access);
      if (before === 'hidden') await lookThroughServer(guild.id);
    }
  }
  const look = (guild: Guild | null | undefined): void => {
    if (guild) compare(guild).catch(failed);
  };
  client.on(Events.GuildCreate, look);
  client.on(Events.GuildAvailable, look);
  client.on(Events.ChannelUpdate, (_, channel) => look('guild' in channel ? channel.guild : null));
  client.on(Events.GuildRoleUpdate, (_, role) => look(role.guild));
  client.on(Events.GuildRoleDelete, (role) => look(role.guild));
  client.on(Events.GuildMemberUpdate, (_, member) =>
    look(member.id === client.user?.id ? member.guild : null),
  );
  client.on(Events.GuildDelete, (guild) => {
    const hide = async () => {
      for (const { id, guild_id } of await served()) if (guild_id === guild.id) await accessIs(id, 'hidden');
    };
    hide().catch(failed);
  });
}
