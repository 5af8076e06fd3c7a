import type { APIGuild, GuildFeature } from 'discord-api-types/v10';
import { DiscordError } from '../errors.ts';
import { addMember, newMember } from './members.ts';
import { everyonePermissions, newRole, usualBotPermissions } from './roles.ts';
import type { DiscordState, GuildRecord, UserRecord } from './state.ts';

export interface GuildOptions {
  name: string;
  owner: UserRecord;
  preferredLocale?: string;
  features?: string[];
  everyonePermissions?: bigint;
  premiumTier?: GuildRecord['premiumTier'];
}

/** The guild as the bot may see it: 10004 where it does not exist or the bot is not in it. */
export function getGuild(state: DiscordState, id: string): GuildRecord {
  const guild = state.guilds.get(id);
  if (!guild?.members.has(state.bot.id)) throw new DiscordError(10004);
  return guild;
}

/** Creates a server with @everyone and its owner, without channels and without the bot. */
export function createGuild(state: DiscordState, options: GuildOptions): GuildRecord {
  const id = state.nextId();
  const guild: GuildRecord = {
    id,
    name: options.name,
    icon: null,
    description: null,
    ownerId: options.owner.id,
    preferredLocale: options.preferredLocale ?? 'en-US',
    features: options.features ?? ['COMMUNITY', 'NEWS'],
    premiumTier: options.premiumTier ?? 0,
    roles: new Map(),
    members: new Map(),
  };
  guild.roles.set(
    id,
    newRole(id, 0, { name: '@everyone', permissions: options.everyonePermissions ?? everyonePermissions }),
  );
  state.guilds.set(id, guild);
  addMember(state, guild, options.owner);
  return guild;
}

/** The bot joins with its managed role; it gets no events of the server before that. Default: without Administrator. */
export function addBot(
  state: DiscordState,
  guild: GuildRecord,
  permissions: bigint = usualBotPermissions,
): void {
  const role = newRole(state.nextId(), 1, { name: state.bot.username, permissions });
  role.managed = true;
  role.tags = { bot_id: state.bot.id };
  for (const other of guild.roles.values()) if (other.position >= 1) other.position += 1;
  guild.roles.set(role.id, role);
  guild.members.set(state.bot.id, newMember(state, state.bot, { roles: [role.id] }));
  state.emit({ type: 'guildCreate', guild });
}

/** Everything Discord's OpenAPI document requires of a guild, counts included. */
export function toApiGuild(guild: GuildRecord): APIGuild {
  const details = {
    id: guild.id,
    name: guild.name,
    icon: guild.icon,
    description: guild.description,
    home_header: null,
    splash: null,
    discovery_splash: null,
    features: guild.features as GuildFeature[],
    banner: null,
    owner_id: guild.ownerId,
    application_id: null,
    region: 'us-west',
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: null,
    system_channel_flags: 0,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: 1,
    roles: [...guild.roles.values()],
    default_message_notifications: 1,
    mfa_level: 0,
    explicit_content_filter: 2,
    max_presences: null,
    max_members: 500_000,
    max_stage_video_channel_users: 50,
    max_video_channel_users: 25,
    vanity_url_code: null,
    premium_tier: guild.premiumTier,
    premium_subscription_count: 0,
    preferred_locale: guild.preferredLocale,
    rules_channel_id: null,
    safety_alerts_channel_id: null,
    public_updates_channel_id: null,
    premium_progress_bar_enabled: false,
    nsfw: false,
    nsfw_level: 0,
    emojis: [],
    stickers: [],
    incidents_data: null,
    approximate_member_count: guild.members.size,
    approximate_presence_count: guild.members.size,
  };
  return details as unknown as APIGuild;
}
