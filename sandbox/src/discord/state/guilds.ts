import type { APIGuild, GuildFeature } from 'discord-api-types/v10';
import { DiscordError } from '../errors.ts';
import { addMember, newMember } from './members.ts';
import { everyonePermissions, newRole, usualBotPermissions } from './roles.ts';
import type { GuildRecord, UserRecord, World } from './world.ts';

export interface GuildOptions {
  name: string;
  owner: UserRecord;
  preferredLocale?: string;
  features?: string[];
  everyonePermissions?: bigint;
}

/** The guild as the bot may see it: 10004 where it does not exist or the bot is not in it. */
export function getGuild(world: World, id: string): GuildRecord {
  const guild = world.guilds.get(id);
  if (!guild?.members.has(world.bot.id)) throw new DiscordError(10004);
  return guild;
}

/** Makes a server with @everyone and its owner; channels and the bot come after. */
export function createGuild(world: World, options: GuildOptions): GuildRecord {
  const id = world.nextId();
  const guild: GuildRecord = {
    id,
    name: options.name,
    icon: null,
    description: null,
    ownerId: options.owner.id,
    preferredLocale: options.preferredLocale ?? 'en-US',
    features: options.features ?? ['COMMUNITY', 'NEWS'],
    roles: new Map(),
    members: new Map(),
  };
  guild.roles.set(
    id,
    newRole(id, 0, { name: '@everyone', permissions: options.everyonePermissions ?? everyonePermissions }),
  );
  world.guilds.set(id, guild);
  addMember(world, guild, options.owner);
  return guild;
}

/** The bot joins with its managed role; only now does it hear of the server. Default: without Administrator. */
export function addBot(world: World, guild: GuildRecord, permissions: bigint = usualBotPermissions): void {
  const role = newRole(world.nextId(), 1, { name: world.bot.username, permissions });
  role.managed = true;
  role.tags = { bot_id: world.bot.id };
  for (const other of guild.roles.values()) if (other.position >= 1) other.position += 1;
  guild.roles.set(role.id, role);
  guild.members.set(world.bot.id, newMember(world, world.bot, { roles: [role.id] }));
  world.emit({ type: 'guildCreate', guild });
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
    premium_tier: 0,
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
