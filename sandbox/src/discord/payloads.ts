import type { APIMessage } from 'discord-api-types/v10';
import { publicAttachmentUrl } from './cdn.ts';
import { isThread } from './threads.ts';
import type { GuildRecord, World } from './world.ts';

/** A guild as GUILD_CREATE brings it. */
export function guildPayload(world: World, guild: GuildRecord): object {
  const members = [...guild.members.values()];
  return {
    ...guildResponse(guild),
    joined_at: members.find(({ user }) => user.id === world.applicationId)?.joined_at,
    large: false,
    unavailable: false,
    member_count: members.length,
    voice_states: [],
    members: members.filter(({ user }) => user.id === world.applicationId),
    channels: [...world.channels.values()]
      .filter((record) => record.guildId === guild.id && !isThread(record))
      .map(({ channel }) => channel),
    threads: [...world.channels.values()]
      .filter((record) => record.guildId === guild.id && isThread(record))
      .map(({ channel }) => channel),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

/** A guild as REST answers it. */
export function guildResponse(guild: GuildRecord): object {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    description: null,
    home_header: null,
    splash: null,
    discovery_splash: null,
    features: ['COMMUNITY', 'NEWS'],
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
    verification_level: 0,
    roles: [...guild.roles.values()],
    default_message_notifications: 0,
    mfa_level: 0,
    explicit_content_filter: 0,
    max_presences: null,
    max_members: 500_000,
    max_stage_video_channel_users: 50,
    max_video_channel_users: 25,
    vanity_url_code: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    preferred_locale: 'en-US',
    rules_channel_id: null,
    safety_alerts_channel_id: null,
    public_updates_channel_id: null,
    premium_progress_bar_enabled: false,
    nsfw: false,
    nsfw_level: 0,
    emojis: [],
    stickers: [],
    incidents_data: null,
    inventory_settings: null,
  };
}

/** A message with links to its attachments that are good from now on. */
export function withFreshLinks(base: string, message: APIMessage): APIMessage {
  const fresh = (attachment: APIMessage['attachments'][number]) => {
    const url = publicAttachmentUrl(base, message.channel_id, attachment.id, attachment.filename);
    return { ...attachment, url, proxy_url: url };
  };
  const { attachments, message_snapshots } = message;
  if (attachments.length === 0 && !message_snapshots) return message;
  return {
    ...message,
    attachments: attachments.map(fresh),
    ...(message_snapshots
      ? {
          message_snapshots: message_snapshots.map(({ message: original }) => ({
            message: { ...original, attachments: original.attachments.map(fresh) },
          })),
        }
      : {}),
  };
}
