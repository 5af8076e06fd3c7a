import {
  type APIGuildMember,
  type APIRole,
  type APIUser,
  CDNRoutes,
  DiscordAPIError,
  ImageFormat,
  type REST,
  RouteBases,
  Routes,
} from 'discord.js';
import { LRUCache } from 'lru-cache';
import type { DirectoryEntry, DirectoryLookup } from '../../members/directory.ts';
import { Refused } from '../../relay/errors.ts';
import { callDiscord } from '../errors.ts';

export interface DirectoryOptions {
  rest: REST;
  /** The servers in which a member is looked for, in this order. */
  guildIds(): Promise<string[]>;
  /**
   * Called when every server was asked and none has this member. Discord tells of somebody's leaving by itself only to
   * bots with the privileged Server Members intent
   * (https://docs.discord.com/developers/events/gateway#privileged-intents), so it is noticed at the next look.
   */
  onNotMember?(memberId: string): void;
}

const MAX_CACHED_MEMBERS = 2000;
const MAX_CACHED_GUILDS = 50;
/** How old an answer may be, in milliseconds. */
const MAX_AGE_MS = 5 * 60_000;
/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
const UNKNOWN_MEMBER = 10007;
/** Servers that are asked for one member at most. */
const MAX_GUILDS = 3;

/** Looks members up over Discord's REST API; answers are kept a while, and the same question is asked once at a time. */
export function createDirectory({ rest, guildIds, onNotMember }: DirectoryOptions): DirectoryLookup {
  const roles = new LRUCache<string, APIRole[]>({
    max: MAX_CACHED_GUILDS,
    ttl: MAX_AGE_MS,
    fetchMethod: (guildId) => get<APIRole[]>('roles of a server', Routes.guildRoles(guildId)),
  });
  const members = new LRUCache<string, { entry: DirectoryEntry | null }>({
    max: MAX_CACHED_MEMBERS,
    ttl: MAX_AGE_MS,
    fetchMethod: async (memberId) => ({ entry: await find(memberId) }),
  });

  const get = <T>(what: string, route: `/${string}`) =>
    callDiscord(what, () => rest.get(route)) as Promise<T>;

  /** Null where Discord answers that there is no such thing. */
  async function findOrNull<T>(
    what: string,
    route: `/${string}`,
    onRefused?: (code: unknown) => void,
  ): Promise<T | null> {
    try {
      return await get<T>(what, route);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      onRefused?.(error.cause instanceof DiscordAPIError ? error.cause.code : undefined);
      return null;
    }
  }

  async function find(memberId: string): Promise<DirectoryEntry | null> {
    const guilds = await guildIds();
    let isInNoGuild = guilds.length > 0 && guilds.length <= MAX_GUILDS;
    for (const guildId of guilds.slice(0, MAX_GUILDS)) {
      const member = await findOrNull<APIGuildMember>(
        'member of a server',
        Routes.guildMember(guildId, memberId),
        (code) => {
          if (code !== UNKNOWN_MEMBER) isInNoGuild = false;
        },
      );
      if (member) return describeMember(guildId, member, (await roles.fetch(guildId)) ?? []);
    }
    if (isInNoGuild) onNotMember?.(memberId);
    const user = await findOrNull<APIUser>('user', Routes.user(memberId));
    return user && { ...describeUser(user), joinedAt: null, boostingSince: null, roles: [] };
  }

  return async (memberId) => (await members.fetch(memberId))?.entry ?? null;
}

const describeUser = (user: APIUser) => ({
  username: user.username,
  displayName: user.global_name || user.username,
  avatarUrl: user.avatar
    ? `${RouteBases.cdn}${CDNRoutes.userAvatar(user.id, user.avatar, ImageFormat.PNG)}`
    : null,
});

function describeMember(guildId: string, member: APIGuildMember, known: readonly APIRole[]): DirectoryEntry {
  const { user } = member;
  const own = describeUser(user);
  return {
    username: own.username,
    displayName: member.nick || own.displayName,
    avatarUrl: member.avatar
      ? `${RouteBases.cdn}${CDNRoutes.guildMemberAvatar(guildId, user.id, member.avatar, ImageFormat.PNG)}`
      : own.avatarUrl,
    joinedAt: member.joined_at ? Date.parse(member.joined_at) : null,
    boostingSince: member.premium_since ? Date.parse(member.premium_since) : null,
    roles: known
      .filter(({ id }) => member.roles.includes(id))
      .sort((a, b) => b.position - a.position)
      .map(({ id, name, color }) => ({
        id,
        name,
        // 0 is Discord's way to say that a role has no colour of its own.
        color: color === 0 ? null : `#${color.toString(16).padStart(6, '0')}`,
      })),
  };
}
