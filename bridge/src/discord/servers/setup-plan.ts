import {
  type APIChannel,
  type APIGuild,
  type APIGuildMember,
  type APIMessage,
  type APIRole,
  type REST,
  Routes,
} from 'discord.js';
import {
  type ChannelPlan,
  type ChannelPurpose,
  planChannel,
  type WantedChannel,
  wantedChannels,
} from '../../community/server-plan.ts';
import type { Guild, GuildQueries } from '../../guilds/guilds.ts';
import { isRefusal } from '../../relay/errors.ts';
import { textsFor } from '../../texts/index.ts';
import { callDiscord } from '../errors.ts';
import type { OwnId } from '../own-id.ts';
import { isPanel } from '../render/panel.ts';
import { type Problem, problemsOf, problemsOfRole, type ServerFacts } from './fitness.ts';
import { has, type Permission, permissionsInServer, presentChannel } from './rights.ts';

/** Where the store keeps the channel for a purpose. */
export const column = {
  announcements: 'announcements_id',
  bugs: 'bugs_id',
  features: 'features_id',
  support: 'support_id',
} as const satisfies Record<ChannelPurpose, keyof Guild>;

export const isNewsPossible = ({ features }: APIGuild): boolean =>
  (features as string[]).includes('NEWS') || (features as string[]).includes('COMMUNITY');

export const planFor = (
  wanted: WantedChannel,
  guild: APIGuild,
  stored: Guild | undefined,
  channels: readonly APIChannel[],
): ChannelPlan =>
  planChannel(
    wanted,
    channels.map((channel) => presentChannel(channel, guild.id)),
    { knownId: stored?.[column[wanted.place]] ?? null, newsPossible: isNewsPossible(guild) },
  );

export const roleNameIn = (guild: APIGuild): string =>
  textsFor(guild.preferred_locale).community.setup.roleName;

export const findRole = (guild: APIGuild, stored: Guild | undefined): APIRole | undefined =>
  guild.roles.find(({ id }) => id === stored?.moderator_role_id) ??
  guild.roles.find((role) => role.name === roleNameIn(guild) && !role.managed);

/** The message with the buttons among the latest of a channel. */
export function findPanel(
  recent: readonly APIMessage[],
  stored: Guild | undefined,
  botId: string,
): APIMessage | undefined {
  const ours = recent.filter(({ author }) => author.id === botId);
  return ours.find(({ id }) => id === stored?.panel_message_id) ?? ours.find(isPanel);
}

/** What a set-up would do in a server. */
export interface SetupPlan {
  name: string;
  /** What the bot may do in the server, as a bit set. */
  permissions: bigint;
  channels: { wanted: WantedChannel; plan: ChannelPlan }[];
  /** Null where it is to be made. */
  roleId: string | null;
  roleName: string;
  /** Null where it is to be posted. */
  panelId: string | null;
  /** False where the store does not know what is there. */
  isKnown: boolean;
  /** What the bot lacks for what is to be done. */
  missing: Permission[];
  /** What is there and does not do what it is for, once the rest of the plan is done. */
  unfit: Unfit[];
}

/** `name`: of the channel with its `#`, or of the role. `roles`: the names of those that the problem is about. */
export interface Unfit {
  name: string;
  problem: Problem;
  roles: string[];
}

/** Reads only. Throws where the bot is not in the server. */
export async function planSetup(
  {
    rest,
    guilds,
    ownId,
    threadChannelId,
  }: {
    rest: REST;
    guilds: Pick<GuildQueries, 'find'>;
    ownId: OwnId;
    /** Where private threads are opened; empty for none. */
    threadChannelId: string;
  },
  guildId: string,
): Promise<SetupPlan> {
  const get = async <T>(what: string, route: `/${string}`) =>
    (await callDiscord(what, () => rest.get(route))) as T;
  const botId = await ownId();
  const guild = await get<APIGuild>('read a server', Routes.guild(guildId));
  const [member, all, stored] = await Promise.all([
    get<APIGuildMember>('read the bot', Routes.guildMember(guildId, botId)),
    get<APIChannel[]>('read channels', Routes.guildChannels(guildId)),
    guilds.find(guildId),
  ]);
  const permissions = permissionsIn(guild, member, botId);
  const channels = wantedChannels.map((wanted) => ({ wanted, plan: planFor(wanted, guild, stored, all) }));
  const role = findRole(guild, stored);
  const support = idOfPlan(channels.find(({ wanted }) => wanted.place === 'support')?.plan);
  const recent =
    support && has(permissions, 'see')
      ? await get<APIMessage[]>('read a channel', Routes.channelMessages(support)).catch((error) => {
          // A channel that the bot may not see is among what is unfit.
          if (isRefusal(error)) return [];
          throw error;
        })
      : [];
  const panel = findPanel(recent, stored, botId);
  const changes = channels.filter(({ plan }) => plan.is !== 'keep');
  const needed: Permission[] = [
    'see',
    ...(changes.length > 0 ? (['channels'] as const) : []),
    ...(!role || changes.some(({ wanted }) => !wanted.membersWrite) ? (['roles'] as const) : []),
    ...(panel ? [] : (['send', 'embed'] as const)),
  ];
  return {
    name: guild.name,
    permissions,
    channels,
    roleId: role?.id ?? null,
    roleName: role?.name ?? roleNameIn(guild),
    panelId: panel?.id ?? null,
    isKnown:
      stored !== undefined &&
      stored.moderator_role_id === (role?.id ?? null) &&
      stored.panel_message_id === (panel?.id ?? null) &&
      channels.every(({ wanted, plan }) => stored[column[wanted.place]] === idOfPlan(plan)),
    missing: needed.filter((permission) => !has(permissions, permission)),
    unfit: unfitIn(channels, role, {
      guild,
      channels: all,
      bot: { id: botId, roles: member.roles },
      moderatorRoleId: role?.id ?? null,
      threadChannelId,
    }),
  };
}

function unfitIn(channels: SetupPlan['channels'], role: APIRole | undefined, facts: ServerFacts): Unfit[] {
  const named = (name: string, problem: Problem): Unfit => ({
    name,
    problem,
    roles:
      'roleIds' in problem
        ? facts.guild.roles.flatMap(({ id, name }) => (problem.roleIds.includes(id) ? name : []))
        : [],
  });
  const ofChannels = channels.flatMap(({ wanted, plan }) => {
    if (plan.is === 'make') return [];
    const closes = plan.is === 'repair' && plan.closeToMembers;
    return problemsOf(wanted.place, plan.id, facts)
      .map((problem) =>
        closes && problem.is === 'open'
          ? { ...problem, roleIds: problem.roleIds.filter((id) => id !== facts.guild.id) }
          : problem,
      )
      .filter((problem) => problem.is !== 'open' || problem.roleIds.length > 0)
      .map((problem) => named(`#${wanted.name}`, problem));
  });
  const ofRole = role
    ? problemsOfRole(role.id, facts).map((problem) => named(`role "${role.name}"`, problem))
    : [];
  return [...ofChannels, ...ofRole];
}

/** What a member may do in a server, channels left aside; everything for administrators and the owner. */
export function permissionsIn(guild: APIGuild, member: APIGuildMember, userId: string): bigint {
  return permissionsInServer(guild, { id: userId, roles: member.roles });
}

const idOfPlan = (plan: ChannelPlan | undefined): string | null =>
  plan && plan.is !== 'make' ? plan.id : null;
