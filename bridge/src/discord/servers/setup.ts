import {
  type APIChannel,
  type APIGuild,
  type APIMessage,
  type APIRole,
  ChannelType,
  PermissionFlagsBits as P,
  type REST,
  Routes,
} from 'discord.js';
import {
  type ChannelPurpose,
  planChannel,
  type WantedChannel,
  wantedChannels,
} from '../../community/server-plan.ts';
import type { Guild, GuildQueries } from '../../guilds/guilds.ts';
import { Refused } from '../../relay/errors.ts';
import { textsFor } from '../../texts/index.ts';
import { callDiscord } from '../errors.ts';
import { isPanel, renderPanel } from '../render/panel.ts';
import {
  MissingPermissionError,
  overwritesOf,
  type Permission,
  presentChannel,
  readOnly,
  requirePermission,
} from './rights.ts';

/** What became of one thing that a server needs. */
export type Outcome =
  | { did: 'made' | 'repaired' | 'kept'; id: string; note?: 'plain' }
  | { did: 'failed'; lacks?: Permission };

export interface SetupReport {
  channels: Record<ChannelPurpose, Outcome>;
  role: Outcome;
  panel: Outcome;
}

export interface SetupOptions {
  rest: REST;
  guilds: GuildQueries;
  /** Also the bot's user id. */
  applicationId: string;
}

const column = {
  announcements: 'announcements_id',
  bugs: 'bugs_id',
  features: 'features_id',
  support: 'support_id',
} as const satisfies Record<ChannelPurpose, keyof Guild>;

/** Builds what a server needs for support, or mends it. Doing it again changes nothing more. */
export function createSetup({ rest, guilds, applicationId }: SetupOptions) {
  /** One at a time in a server, or two people at once would make everything twice. */
  const underWay = new Map<string, Promise<SetupReport>>();

  const get = async <T>(what: string, route: `/${string}`) =>
    (await callDiscord(what, () => rest.get(route))) as T;

  async function work(guildId: string, permissions: bigint): Promise<SetupReport> {
    const known = await guilds.find(guildId);
    const guild = await get<APIGuild>('read a server', Routes.guild(guildId));
    const channels = await get<APIChannel[]>('read channels', Routes.guildChannels(guildId));
    const role = await attempt('roles', permissions, () => ensureRole(guild, known, permissions));
    const done = {} as Record<ChannelPurpose, Outcome>;
    for (const wanted of wantedChannels) {
      done[wanted.place] = await attempt('channels', permissions, () =>
        ensureChannel(wanted, { guild, known, channels, permissions, roleId: idOf(role) }),
      );
    }
    const supportId = idOf(done.support);
    const panel: Outcome = supportId
      ? await attempt('send', permissions, () => ensurePanel(guild, known, supportId))
      : { did: 'failed' };
    const ids = Object.fromEntries(
      wantedChannels.flatMap(({ place }) => {
        const id = idOf(done[place]);
        return id ? [[column[place], id]] : [];
      }),
    );
    await guilds.keep(guildId, {
      locale: guild.preferred_locale,
      ...ids,
      ...(idOf(role) ? { moderator_role_id: idOf(role) } : {}),
      ...(idOf(panel) ? { panel_message_id: idOf(panel) } : {}),
    });
    return { channels: done, role, panel };
  }

  async function ensureRole(
    guild: APIGuild,
    known: Guild | undefined,
    permissions: bigint,
  ): Promise<Outcome> {
    const name = textsFor(guild.preferred_locale).community.setup.roleName;
    const found =
      guild.roles.find(({ id }) => id === known?.moderator_role_id) ??
      guild.roles.find((role) => role.name === name && !role.managed);
    if (found) return { did: 'kept', id: found.id };
    requirePermission(permissions, 'roles');
    const made = (await callDiscord('make a role', () =>
      rest.post(Routes.guildRoles(guild.id), {
        // Nobody can give a role what they do not have. Discord shows moderators' commands to who manages messages.
        body: { name, permissions: String(P.ManageMessages & permissions), mentionable: false },
      }),
    )) as APIRole;
    return { did: 'made', id: made.id };
  }

  interface Site {
    guild: APIGuild;
    known: Guild | undefined;
    channels: readonly APIChannel[];
    permissions: bigint;
    roleId: string | null;
  }

  async function ensureChannel(wanted: WantedChannel, site: Site): Promise<Outcome> {
    const { guild, known, channels, permissions, roleId } = site;
    const rights = { guildId: guild.id, botId: applicationId, roleId, permissions };
    const newsPossible =
      (guild.features as string[]).includes('NEWS') || (guild.features as string[]).includes('COMMUNITY');
    const note = wanted.news && !newsPossible ? { note: 'plain' as const } : {};
    const plan = planChannel(
      wanted,
      channels.map((channel) => presentChannel(channel, guild.id)),
      { knownId: known?.[column[wanted.place]] ?? null, newsPossible },
    );
    if (plan.is === 'keep') return { did: 'kept', id: plan.id, ...note };
    requirePermission(permissions, 'channels');
    if (!wanted.membersWrite) requirePermission(permissions, 'roles');
    if (plan.is === 'make') {
      const made = (await callDiscord('make a channel', () =>
        rest.post(Routes.guildChannels(guild.id), {
          body: {
            name: wanted.name,
            type: plan.news ? ChannelType.GuildAnnouncement : ChannelType.GuildText,
            ...(wanted.membersWrite ? {} : { permission_overwrites: readOnly([], rights) }),
          },
        }),
      )) as APIChannel;
      return { did: 'made', id: made.id, ...note };
    }
    const channel = channels.find(({ id }) => id === plan.id);
    await callDiscord('repair a channel', () =>
      rest.patch(Routes.channel(plan.id), {
        body: {
          ...(plan.toNews ? { type: ChannelType.GuildAnnouncement } : {}),
          ...(plan.closeToMembers ? { permission_overwrites: readOnly(overwritesOf(channel), rights) } : {}),
        },
      }),
    );
    return { did: 'repaired', id: plan.id, ...note };
  }

  async function ensurePanel(guild: APIGuild, known: Guild | undefined, channelId: string): Promise<Outcome> {
    const body = renderPanel(guild.preferred_locale);
    const recent = await get<APIMessage[]>('read a channel', Routes.channelMessages(channelId));
    const ours = recent.filter(({ author }) => author.id === applicationId);
    const found = ours.find(({ id }) => id === known?.panel_message_id) ?? ours.find(isPanel);
    const id = found?.id ?? (known?.support_id === channelId ? known.panel_message_id : null);
    if (id) {
      try {
        await callDiscord('repair the panel', () =>
          rest.patch(Routes.channelMessage(channelId, id), { body }),
        );
        return { did: 'kept', id };
      } catch (error) {
        if (!(error instanceof Refused) || error.reason !== 'gone') throw error;
      }
    }
    const made = (await callDiscord('post the panel', () =>
      rest.post(Routes.channelMessages(channelId), { body }),
    )) as APIMessage;
    return { did: 'made', id: made.id };
  }

  /** `permissions`: what the bot may do in the server, as a bit set. */
  return function setUp(guildId: string, permissions: bigint): Promise<SetupReport> {
    const before = underWay.get(guildId);
    if (before) return before;
    const all = permissions & P.Administrator ? ~0n : permissions;
    const begun = work(guildId, all).finally(() => underWay.delete(guildId));
    underWay.set(guildId, begun);
    return begun;
  };
}

export type SetUp = ReturnType<typeof createSetup>;

/** Carries one part out. A part that fails is reported and holds up no other. */
async function attempt(
  usual: Permission,
  permissions: bigint,
  part: () => Promise<Outcome>,
): Promise<Outcome> {
  try {
    requirePermission(permissions, 'see');
    return await part();
  } catch (error) {
    if (error instanceof MissingPermissionError) return { did: 'failed', lacks: error.lack };
    if (!(error instanceof Refused)) throw error;
    return { did: 'failed', ...(error.reason === 'forbidden' ? { lacks: usual } : {}) };
  }
}

const idOf = (outcome: Outcome | undefined): string | null =>
  outcome && outcome.did !== 'failed' ? outcome.id : null;
