/** Whether channels that a set-up made or took over do what they are for: the bot works there, and the right people see it. */
import {
  type APIChannel,
  type APIGuild,
  type APIGuildMember,
  type APIRole,
  OverwriteType,
  PermissionFlagsBits as P,
  type REST,
  Routes,
} from 'discord.js';
import type { ChannelPurpose } from '../../community/server-plan.ts';
import { isRefusal } from '../../relay/errors.ts';
import { callDiscord } from '../errors.ts';
import {
  bits,
  type Overwrite,
  overwritesOf,
  type Permission,
  permissionsInChannel,
  permissionsInServer,
  WRITING,
} from './rights.ts';

/** Why something that is there does not do what it is for. `mendable`: the bot itself may change it, once it is told to. */
export type Problem = { mendable: boolean } & (
  | { is: 'lacking'; permissions: Permission[] }
  /** No member without a post sees it. */
  | { is: 'hidden' }
  /** Only members of these roles see it, which may be meant so. */
  | { is: 'partly'; roleIds: string[] }
  /** Members of these roles write where only moderators should. */
  | { is: 'open'; roleIds: string[] }
  /** Discord does not show moderators' commands to the holders of the role. */
  | { is: 'powerless' }
);

/** What is seen by few may be meant so. */
export const isFault = ({ is }: Problem): boolean => is !== 'partly';

/** What is mended: all of it, or all that shows nobody what they did not see. */
export type Mends = 'all' | 'without showing';
const isToMend = (problem: Problem, mends: Mends): boolean =>
  problem.mendable && (mends === 'all' || problem.is !== 'hidden');

/** A server as it is now, and the bot in it. */
export interface ServerFacts {
  guild: APIGuild;
  channels: readonly APIChannel[];
  bot: { id: string; roles: readonly string[] };
  moderatorRoleId: string | null;
  /** Where private threads are opened. */
  threadChannelId: string;
}

const POSTING: readonly Permission[] = ['see', 'send', 'embed', 'history'];
const NEEDED: Record<ChannelPurpose, readonly Permission[]> = {
  announcements: POSTING,
  // Cards carry screenshots.
  bugs: [...POSTING, 'attach'],
  features: [...POSTING, 'attach'],
  support: POSTING,
};
const FOR_THREADS: readonly Permission[] = ['makeThreads', 'sendInThreads', 'attach', 'manageThreads'];
const READING = P.ViewChannel | P.ReadMessageHistory;
/** Who holds one of these has a post, and is none of the members that a channel is for. */
const POSTS = P.Administrator | P.ManageGuild | P.ManageChannels | P.ManageMessages | P.ModerateMembers;

/** Requests for what a set-up looks at. */
export async function readServer(rest: REST, guildId: string, botId: string) {
  const get = async <T>(what: string, route: `/${string}`) =>
    (await callDiscord(what, () => rest.get(route))) as T;
  const [guild, channels, member] = await Promise.all([
    get<APIGuild>('read a server', Routes.guild(guildId)),
    get<APIChannel[]>('read channels', Routes.guildChannels(guildId)),
    get<APIGuildMember>('read the own roles', Routes.guildMember(guildId, botId)),
  ]);
  return { guild, channels, bot: { id: botId, roles: member.roles } };
}

const neededIn = (purpose: ChannelPurpose, channelId: string, { threadChannelId }: ServerFacts) => [
  ...new Set([...NEEDED[purpose], ...(channelId === threadChannelId ? FOR_THREADS : [])]),
];

/** The roles of ordinary members: neither the moderators' nor a bot's nor one with a post. */
function memberRoles({ guild, moderatorRoleId }: ServerFacts): APIRole[] {
  return guild.roles.filter(
    ({ id, managed, permissions }) =>
      !managed && id !== moderatorRoleId && (BigInt(permissions) & POSTS) === 0n,
  );
}

/** What is wrong with a channel. */
export function problemsOf(purpose: ChannelPurpose, channelId: string, facts: ServerFacts): Problem[] {
  const { guild, bot } = facts;
  const channel = facts.channels.find(({ id }) => id === channelId);
  if (!channel) return [];
  const own = permissionsInChannel(guild, channel, bot);
  const given = permissionsInServer(guild, bot);
  // Nobody hands out what they do not have (https://docs.discord.com/developers/topics/permissions#permission-hierarchy).
  const mayGive = (wanted: bigint) => (own & P.ManageRoles) !== 0n && (wanted & ~given) === 0n;

  const problems: Problem[] = [];
  const permissions = neededIn(purpose, channelId, facts).filter((each) => (own & bits[each]) === 0n);
  if (permissions.length > 0)
    problems.push({
      is: 'lacking',
      permissions,
      mendable: mayGive(permissions.reduce((all, each) => all | bits[each], 0n)),
    });
  const as = ({ id }: APIRole) => permissionsInChannel(guild, channel, { id: null, roles: [id] });
  const members = memberRoles(facts);
  const readers = members.filter((role) => (as(role) & READING) === READING).map(({ id }) => id);
  if (readers.length === 0) problems.push({ is: 'hidden', mendable: mayGive(READING) });
  else if (!readers.includes(guild.id)) problems.push({ is: 'partly', roleIds: readers, mendable: false });
  const writers = purpose === 'announcements' ? members.filter((role) => as(role) & P.SendMessages) : [];
  if (writers.length > 0)
    problems.push({ is: 'open', roleIds: writers.map(({ id }) => id), mendable: mayGive(WRITING) });
  return problems;
}

/** What is wrong with the moderators' role. */
export function problemsOfRole(roleId: string, { guild, bot }: ServerFacts): Problem[] {
  const role = guild.roles.find(({ id }) => id === roleId);
  if (!role || BigInt(role.permissions) & (P.ManageMessages | P.Administrator)) return [];
  const given = permissionsInServer(guild, bot);
  const highest = Math.max(
    0,
    ...guild.roles.filter(({ id }) => bot.roles.includes(id)).map(({ position }) => position),
  );
  const mayChange = (given & P.ManageRoles) !== 0n && (given & P.ManageMessages) !== 0n;
  return [{ is: 'powerless', mendable: mayChange && (role.position < highest || guild.owner_id === bot.id) }];
}

/** Mends what the bot may mend in a channel, with the least change of its overwrites. */
export async function mendChannel(
  rest: REST,
  purpose: ChannelPurpose,
  channelId: string,
  facts: ServerFacts,
  mends: Mends,
): Promise<void> {
  const channel = facts.channels.find(({ id }) => id === channelId);
  const before = overwritesOf(channel);
  const put = async (id: string, type: OverwriteType, allow: bigint, deny: bigint, neutral = 0n) => {
    const known = before.find((each) => each.id === id);
    const body: Omit<Overwrite, 'id'> = {
      type,
      allow: String((BigInt(known?.allow ?? 0) | allow) & ~deny & ~neutral),
      deny: String((BigInt(known?.deny ?? 0) | deny) & ~allow),
    };
    await callDiscord('mend a channel', () => rest.put(Routes.channelPermission(channelId, id), { body }));
  };
  const everyone = facts.guild.id;
  const found = problemsOf(purpose, channelId, facts).filter((problem) => isToMend(problem, mends));
  for (const problem of found) {
    if (problem.is === 'lacking')
      await put(
        facts.bot.id,
        OverwriteType.Member,
        neededIn(purpose, channelId, facts).reduce((all, each) => all | bits[each], 0n),
        0n,
      );
    if (problem.is === 'open')
      for (const id of problem.roleIds)
        await put(id, OverwriteType.Role, 0n, id === everyone ? WRITING : 0n, WRITING);
  }
  // In one overwrite with what is closed there: the second would undo the first.
  if (found.some(({ is }) => is === 'hidden'))
    await put(everyone, OverwriteType.Role, READING, purpose === 'announcements' ? WRITING : 0n);
}

/** Gives the moderators' role what Discord shows their commands by. */
export async function mendRole(rest: REST, roleId: string, facts: ServerFacts): Promise<void> {
  const role = facts.guild.roles.find(({ id }) => id === roleId);
  if (!role || !problemsOfRole(roleId, facts).some(({ mendable }) => mendable)) return;
  const permissions = String(BigInt(role.permissions) | P.ManageMessages);
  await callDiscord('mend a role', () =>
    rest.patch(Routes.guildRole(facts.guild.id, roleId), { body: { permissions } }),
  );
}

/** Runs a mend; what Discord refuses stays as it is, and the next look finds it. */
export async function tryToMend(mend: () => Promise<void>): Promise<boolean> {
  try {
    await mend();
    return true;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return false;
  }
}
