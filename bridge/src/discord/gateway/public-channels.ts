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
import type { Logger } from 'pino';
import type { Store } from '../../store/open.ts';
import type { ChannelAccess } from '../../store/schema.ts';
import type { ChannelFacts, PublicChannel, PublicChannels } from '../../threads/channels.ts';
import { knownThreads, threadsWithTeam } from '../../threads/threads.ts';
import type { createPersistence } from './in-order.ts';
import type { PublicIntake } from './public-intake.ts';

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

/** Notes what the bot may do in a channel; it is told in every thread of it that somebody is at work on. */
export function createChannelAccess({
  store,
  channels,
  intake,
  logger,
  persist,
  noted,
}: {
  store: Store;
  channels: PublicChannels;
  intake: PublicIntake;
  logger: Logger;
  persist: ReturnType<typeof createPersistence>;
  /** Called once it is noted. */
  noted(): void;
}) {
  return async (channelId: string, access: ChannelAccess): Promise<void> => {
    await persist(channelId, 'note what the bot may do', async () => {
      const from = await channels.noteAccess(channelId, access);
      if (from === undefined) return;
      noted();
      logger.warn({ channelId, from, access }, 'what the bot may do in a served channel has changed');
      const withTeam = new Set(await threadsWithTeam(store));
      for (const { id, access: was } of await knownThreads(store, { channelId })) {
        if (access === 'deleted') await intake.removed(id);
        else if (withTeam.has(id) && was !== 'deleted') await intake.channelChanged(id, from, access);
      }
    });
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
