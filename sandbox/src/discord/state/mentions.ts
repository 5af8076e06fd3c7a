import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { channelPermissions } from './permissions.ts';
import type { ChannelRecord, DiscordState } from './state.ts';

export interface Mentions {
  users: string[];
  roles: string[];
  everyone: boolean;
}

interface AllowedMentions {
  parse?: string[];
  users?: string[];
  roles?: string[];
  replied_user?: boolean;
}

/**
 * Whom a text really pings. https://docs.discord.com/developers/resources/message#allowed-mentions-object
 * `repliedTo` is the author of the message that is answered.
 */
export function resolveMentions(
  state: DiscordState,
  channel: ChannelRecord,
  authorId: string,
  text: string,
  allowed: AllowedMentions | null | undefined,
  repliedTo?: string,
): Mentions {
  const may = (kind: 'users' | 'roles', id: string) =>
    !allowed || allowed.parse?.includes(kind) || allowed[kind]?.includes(id) || false;
  const ids = (pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map((m) => m[1] as string))];
  const users = ids(/<@!?(\d+)>/g).filter((id) => state.users.has(id) && may('users', id));
  const guild = channel.guildId ? state.guilds.get(channel.guildId) : undefined;
  const mayAll = (channelPermissions(state, channel, authorId) & P.MentionEveryone) !== 0n;
  const roles = ids(/<@&(\d+)>/g).filter((id) => {
    const role = guild?.roles.get(id);
    return role && (role.mentionable || mayAll) && may('roles', id);
  });
  const everyone =
    Boolean(guild) &&
    mayAll &&
    /@(everyone|here)\b/.test(text) &&
    (!allowed || (allowed.parse?.includes('everyone') ?? false));
  if (repliedTo && (!allowed || allowed.replied_user) && !users.includes(repliedTo)) users.push(repliedTo);
  return { users, roles, everyone };
}
