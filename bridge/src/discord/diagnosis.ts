/** What `bun run doctor` asks of Discord. Reads only. */
import {
  type APIApplication,
  type APIChannel,
  type APIGuild,
  type APIGuildMember,
  ApplicationFlags,
  PermissionFlagsBits as P,
  type REST,
  Routes,
} from 'discord.js';
import { callDiscord } from './errors.ts';
import { permissionsInChannel } from './servers/rights.ts';

export interface ApplicationFacts {
  id: string;
  name: string;
  /** Where this is set, no interaction reaches the gateway. */
  interactionsEndpoint: string | null;
  /** Whether Message Content is switched on; up to a hundred servers a flag of its own says so. */
  messageContent: boolean;
}

/** The application to which the token belongs. */
export async function readApplication(rest: REST): Promise<ApplicationFacts> {
  const found = (await callDiscord('application', () =>
    rest.get(Routes.currentApplication()),
  )) as APIApplication & {
    interactions_endpoint_url?: string | null;
  };
  const content = ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited;
  return {
    id: found.id,
    name: found.name,
    interactionsEndpoint: found.interactions_endpoint_url || null,
    messageContent: ((found.flags ?? 0) & content) !== 0,
  };
}

/** Names of servers that the bot is in, at most 200. */
export async function readServers(rest: REST): Promise<string[]> {
  const found = (await callDiscord('servers', () => rest.get(Routes.userGuilds()))) as APIGuild[];
  return found.map(({ name }) => name);
}

/** True where Discord refused the token itself. */
export function isTokenRefused(error: unknown): boolean {
  return ((error as { cause?: { status?: unknown } })?.cause?.status ?? 0) === 401;
}

export const PERMISSIONS = {
  'View Channel': P.ViewChannel,
  'Send Messages': P.SendMessages,
  'Embed Links': P.EmbedLinks,
  'Attach Files': P.AttachFiles,
  'Read Message History': P.ReadMessageHistory,
  'Create Private Threads': P.CreatePrivateThreads,
  'Send Messages in Threads': P.SendMessagesInThreads,
  'Manage Threads': P.ManageThreads,
  'Manage Messages': P.ManageMessages,
};
export type PermissionName = keyof typeof PERMISSIONS;

/** What the bot needs where it opens private threads, and where it posts cards, news or the panel. */
export const THREAD_PERMISSIONS: readonly PermissionName[] = [
  'View Channel',
  'Send Messages',
  'Create Private Threads',
  'Send Messages in Threads',
  'Manage Threads',
  'Read Message History',
  'Attach Files',
  'Embed Links',
];
export const POST_PERMISSIONS: readonly PermissionName[] = [
  'View Channel',
  'Send Messages',
  'Embed Links',
  'Attach Files',
  'Read Message History',
];

/** Name of a channel and which of these permissions the bot lacks there. */
export async function missingPermissions(
  rest: REST,
  channelId: string,
  botId: string,
  wanted: readonly PermissionName[],
): Promise<{ channel: string; missing: PermissionName[] }> {
  const channel = (await callDiscord('channel', () => rest.get(Routes.channel(channelId)))) as APIChannel;
  const guildId = 'guild_id' in channel ? channel.guild_id : undefined;
  const name = `#${channel.name ?? channelId}`;
  if (!guildId) return { channel: name, missing: [...wanted] };
  const [guild, member] = (await Promise.all([
    callDiscord('server', () => rest.get(Routes.guild(guildId))),
    callDiscord('member', () => rest.get(Routes.guildMember(guildId, botId))),
  ])) as [APIGuild, APIGuildMember];
  const allowed = permissionsInChannel(guild, channel, { id: botId, roles: member.roles });
  return {
    channel: name,
    missing: wanted.filter((permission) => (allowed & PERMISSIONS[permission]) === 0n),
  };
}
