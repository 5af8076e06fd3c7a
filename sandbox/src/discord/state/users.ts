import type { APIUser, UserFlags } from 'discord-api-types/v10';
import { DiscordError } from '../errors.ts';
import type { DiscordState, UserRecord } from './state.ts';

export function getUser(state: DiscordState, id: string): UserRecord {
  const user = state.users.get(id);
  if (!user) throw new DiscordError(10013);
  return user;
}

/** `primary_guild` and `flags` are required by Discord's OpenAPI document though the reference calls them optional. */
export function toApiUser(user: UserRecord): APIUser {
  const known: APIUser & { clan: null; display_name_styles: null } = {
    id: user.id,
    username: user.username,
    // Members have none any more, bots keep theirs: four digits that say nothing.
    discriminator: user.bot ? discriminatorOf(user.id) : '0',
    global_name: user.globalName,
    avatar: user.avatar,
    avatar_decoration_data: null,
    banner: null,
    accent_color: null,
    collectibles: null,
    primary_guild: null,
    clan: null,
    display_name_styles: null,
    public_flags: 0 as UserFlags,
    flags: 0 as UserFlags,
    ...(user.bot && { bot: true }),
  };
  return known;
}

const discriminatorOf = (id: string): string =>
  String(1 + (Number(BigInt(id) >> 22n) % 9999)).padStart(4, '0');

/** True where the two share a server, or where the user installed the app. */
export function canMeetBot(state: DiscordState, user: UserRecord): boolean {
  if (user.userInstalled) return true;
  for (const guild of state.guilds.values()) {
    if (guild.members.has(user.id) && guild.members.has(state.bot.id)) return true;
  }
  return false;
}
