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
import { type ChannelPurpose, type WantedChannel, wantedChannels } from '../../community/server-plan.ts';
import type { Guild, GuildQueries } from '../../guilds/guilds.ts';
import { isRefusal, Refused } from '../../relay/errors.ts';
import { callDiscord } from '../errors.ts';
import type { OwnId } from '../own-id.ts';
import { renderPanel } from '../render/panel.ts';
import {
  type Mends,
  mendChannel,
  mendRole,
  type Problem,
  problemsOf,
  problemsOfRole,
  readServer,
  type ServerFacts,
  tryToMend,
} from './fitness.ts';
import {
  MissingPermissionError,
  overwritesOf,
  type Permission,
  permissionsInChannel,
  readOnly,
  requirePermission,
} from './rights.ts';
import { column, findPanel, findRole, isNewsPossible, planFor, roleNameIn } from './setup-plan.ts';

/**
 * What became of one part of a set-up. `plain`: a text channel, where one that others can follow is not possible. `full`:
 * the server has as many as Discord allows.
 */
export type Outcome =
  | { is: 'made' | 'repaired' | 'kept'; id: string; note?: 'plain'; problems?: Problem[] }
  | { is: 'failed'; missing?: Permission; full?: 'channels' | 'roles' };

export interface SetupReport {
  channels: Record<ChannelPurpose, Outcome>;
  role: Outcome;
  panel: Outcome;
}

export interface SetupOptions {
  rest: REST;
  guilds: GuildQueries;
  ownId: OwnId;
  /** Where private threads are opened; empty for none. */
  threadChannelId: string;
}

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#json, codes 30013 and 30005 */
const MAX_CHANNELS = 500;
const MAX_ROLES = 250;

/** Builds or repairs what a server needs for support. Running it again changes nothing more. */
export function createSetup({ rest, guilds, ownId, threadChannelId }: SetupOptions) {
  /** One at a time in a server, or two people at once would create everything twice. */
  const running = new Map<string, Promise<SetupReport>>();

  const get = async <T>(what: string, route: `/${string}`) =>
    (await callDiscord(what, () => rest.get(route))) as T;

  async function build(guildId: string, permissions: bigint): Promise<SetupReport> {
    const stored = await guilds.find(guildId);
    const { guild, channels, bot } = await readServer(rest, guildId, await ownId());
    const role = await attempt('roles', permissions, () => ensureRole(guild, stored, permissions));
    const outcomes = {} as Record<ChannelPurpose, Outcome>;
    for (const wanted of wantedChannels) {
      outcomes[wanted.place] = await attempt('channels', permissions, () =>
        ensureChannel(wanted, { guild, stored, channels, bot, permissions, roleId: idOf(role) }),
      );
    }
    const supportId = idOf(outcomes.support);
    const panel: Outcome = supportId
      ? await attempt('send', permissions, () => ensurePanel(guild, stored, supportId))
      : { is: 'failed' };
    const ids = Object.fromEntries(
      wantedChannels.flatMap(({ place }) => {
        const id = idOf(outcomes[place]);
        return id ? [[column[place], id]] : [];
      }),
    );
    await guilds.keep(guildId, {
      locale: guild.preferred_locale,
      ...ids,
      ...(idOf(role) ? { moderator_role_id: idOf(role) } : {}),
      ...(idOf(panel) ? { panel_message_id: idOf(panel) } : {}),
    });
    return examine(guildId, { channels: outcomes, role, panel });
  }

  async function factsOf(guildId: string, moderatorRoleId: string | null): Promise<ServerFacts> {
    return { ...(await readServer(rest, guildId, await ownId())), moderatorRoleId, threadChannelId };
  }

  /** That something is there is no proof that it does what it is for. */
  async function examine(guildId: string, report: SetupReport): Promise<SetupReport> {
    const facts = await factsOf(guildId, idOf(report.role));
    const channels = { ...report.channels };
    for (const { place } of wantedChannels) {
      const outcome = channels[place];
      if (outcome.is !== 'failed')
        channels[place] = { ...outcome, problems: problemsOf(place, outcome.id, facts) };
    }
    const role =
      report.role.is === 'failed'
        ? report.role
        : { ...report.role, problems: problemsOfRole(report.role.id, facts) };
    return { ...report, channels, role };
  }

  /** Mends what the bot may mend. What it may not, or Discord refuses, stays in the report of the next set-up. */
  async function mendAll(guildId: string, mends: Mends): Promise<void> {
    const stored = await guilds.find(guildId);
    if (!stored) return;
    const facts = await factsOf(guildId, stored.moderator_role_id);
    for (const { place } of wantedChannels) {
      const id = stored[column[place]];
      if (id) await tryToMend(() => mendChannel(rest, place, id, facts, mends));
    }
    const roleId = stored.moderator_role_id;
    if (roleId) await tryToMend(() => mendRole(rest, roleId, facts));
  }

  async function ensureRole(
    guild: APIGuild,
    stored: Guild | undefined,
    permissions: bigint,
  ): Promise<Outcome> {
    const found = findRole(guild, stored);
    if (found) return { is: 'kept', id: found.id };
    requirePermission(permissions, 'roles');
    if (guild.roles.length >= MAX_ROLES) throw new FullError('roles');
    const created = (await callDiscord('make a role', () =>
      rest.post(Routes.guildRoles(guild.id), {
        // Nobody can give a role what they do not have. Discord shows moderators' commands to who manages messages.
        body: {
          name: roleNameIn(guild),
          permissions: String(P.ManageMessages & permissions),
          mentionable: false,
        },
      }),
    )) as APIRole;
    return { is: 'made', id: created.id };
  }

  interface GuildContext {
    guild: APIGuild;
    stored: Guild | undefined;
    channels: readonly APIChannel[];
    bot: ServerFacts['bot'];
    permissions: bigint;
    roleId: string | null;
  }

  async function ensureChannel(wanted: WantedChannel, context: GuildContext): Promise<Outcome> {
    const { guild, stored, channels, bot, permissions, roleId } = context;
    const rights = { guildId: guild.id, botId: await ownId(), roleId, permissions };
    const note = wanted.news && !isNewsPossible(guild) ? { note: 'plain' as const } : {};
    const plan = planFor(wanted, guild, stored, channels);
    if (plan.is === 'keep') return { is: 'kept', id: plan.id, ...note };
    requirePermission(permissions, 'channels');
    if (!wanted.membersWrite) requirePermission(permissions, 'roles');
    if (plan.is === 'make') {
      if (channels.length >= MAX_CHANNELS) throw new FullError('channels');
      const created = (await callDiscord('make a channel', () =>
        rest.post(Routes.guildChannels(guild.id), {
          body: {
            name: wanted.name,
            type: plan.news ? ChannelType.GuildAnnouncement : ChannelType.GuildText,
            ...(wanted.membersWrite ? {} : { permission_overwrites: readOnly([], rights) }),
          },
        }),
      )) as APIChannel;
      return { is: 'made', id: created.id, ...note };
    }
    const channel = channels.find(({ id }) => id === plan.id);
    // Discord refuses whatever is done to a channel that the bot does not see; the look afterwards says so.
    if (channel && permissionsInChannel(guild, channel, bot) === 0n)
      return { is: 'kept', id: plan.id, ...note };
    await callDiscord('repair a channel', () =>
      rest.patch(Routes.channel(plan.id), {
        body: {
          ...(plan.toNews ? { type: ChannelType.GuildAnnouncement } : {}),
          ...(plan.closeToMembers ? { permission_overwrites: readOnly(overwritesOf(channel), rights) } : {}),
        },
      }),
    );
    return { is: 'repaired', id: plan.id, ...note };
  }

  async function ensurePanel(
    guild: APIGuild,
    stored: Guild | undefined,
    channelId: string,
  ): Promise<Outcome> {
    const body = renderPanel(guild.preferred_locale);
    const recent = await get<APIMessage[]>('read a channel', Routes.channelMessages(channelId));
    const found = findPanel(recent, stored, await ownId());
    const id = found?.id ?? (stored?.support_id === channelId ? stored.panel_message_id : null);
    if (id) {
      try {
        await callDiscord('repair the panel', () =>
          rest.patch(Routes.channelMessage(channelId, id), { body }),
        );
        return { is: 'kept', id };
      } catch (error) {
        if (!(error instanceof Refused) || error.reason !== 'gone') throw error;
      }
    }
    const created = (await callDiscord('post the panel', () =>
      rest.post(Routes.channelMessages(channelId), { body }),
    )) as APIMessage;
    return { is: 'made', id: created.id };
  }

  /** `permissions`: what the bot may do in the server, as a bit set. `mends`: what is there but unfit is changed too, where the bot may. */
  function setUp(guildId: string, permissions: bigint, mends?: Mends): Promise<SetupReport> {
    const before = running.get(guildId);
    if (before) return before;
    const all = permissions & P.Administrator ? ~0n : permissions;
    const begin = async () => {
      if (mends) await mendAll(guildId, mends);
      return build(guildId, all);
    };
    const begun = begin().finally(() => running.delete(guildId));
    running.set(guildId, begun);
    return begun;
  }
  return setUp;
}

/** Thrown where a server has as many of something as Discord allows. */
class FullError extends Error {
  override name = 'FullError';

  constructor(readonly of: 'channels' | 'roles') {
    super(`the server is full of ${of}`);
  }
}

export type SetUp = ReturnType<typeof createSetup>;

/** Runs one part. A part that fails is reported, and the others go on. `needed`: the permission that it needs. */
async function attempt(
  needed: Permission,
  permissions: bigint,
  part: () => Promise<Outcome>,
): Promise<Outcome> {
  try {
    requirePermission(permissions, 'see');
    return await part();
  } catch (error) {
    if (error instanceof FullError) return { is: 'failed', full: error.of };
    if (error instanceof MissingPermissionError) return { is: 'failed', missing: error.permission };
    if (!isRefusal(error)) throw error;
    return {
      is: 'failed',
      ...(error instanceof Refused && error.reason === 'forbidden' ? { missing: needed } : {}),
    };
  }
}

const idOf = (outcome: Outcome | undefined): string | null =>
  outcome && outcome.is !== 'failed' ? outcome.id : null;
