import type { RESTPostAPIChannelThreadsJSONBody } from 'discord-api-types/v10';
import { ChannelType } from 'discord-api-types/v10';
import { invalidForm, unknownChannel, unknownMember } from './errors.ts';
import { snowflake } from './ids.ts';
import type { ChannelRecord, World } from './world.ts';

const MINUTES = [60, 1440, 4320, 10_080];

/** Opens a thread without a message, by the bot (https://docs.discord.com/developers/resources/channel#start-thread-without-message). */
export function openThread(
  world: World,
  parent: ChannelRecord,
  body: RESTPostAPIChannelThreadsJSONBody,
): ChannelRecord['channel'] {
  if (!parent.guildId || parent.channel.type !== ChannelType.GuildText) {
    throw invalidForm('channel', 'INVALID', 'Threads cannot be opened here');
  }
  if (!body.name || body.name.length > 100) {
    throw invalidForm('name', 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 100 in length.');
  }
  const minutes = body.auto_archive_duration ?? 1440;
  if (!MINUTES.includes(minutes)) {
    throw invalidForm('auto_archive_duration', 'BASE_TYPE_CHOICES', `Must be one of ${MINUTES.join(', ')}.`);
  }
  const id = snowflake();
  const channel = {
    id,
    type: body.type ?? ChannelType.PrivateThread,
    guild_id: parent.guildId,
    parent_id: parent.channel.id,
    owner_id: world.applicationId,
    name: body.name,
    flags: 0,
    last_message_id: null,
    message_count: 0,
    member_count: 1,
    total_message_sent: 0,
    rate_limit_per_user: 0,
    thread_metadata: {
      archived: false,
      auto_archive_duration: minutes,
      archive_timestamp: new Date().toISOString(),
      locked: false,
      invitable: body.invitable ?? true,
      create_timestamp: new Date().toISOString(),
    },
  } as unknown as ChannelRecord['channel'];
  world.channels.set(id, {
    channel,
    guildId: parent.guildId,
    participants: new Set([world.applicationId]),
    messages: new Map(),
  });
  world.announce(
    'THREAD_CREATE',
    { ...channel, newly_created: true },
    { channelId: id, guildId: parent.guildId },
  );
  return channel;
}

/** Lets a member of the server into a thread. */
export function addToThread(world: World, thread: ChannelRecord, userId: string): void {
  if (!isThread(thread)) throw unknownChannel();
  if (!world.guilds.get(thread.guildId ?? '')?.members.has(userId)) throw unknownMember();
  thread.participants.add(userId);
}

export function deleteChannel(world: World, record: ChannelRecord): ChannelRecord['channel'] {
  const { channel, guildId } = record;
  world.channels.delete(channel.id);
  world.announce(isThread(record) ? 'THREAD_DELETE' : 'CHANNEL_DELETE', channel, {
    channelId: channel.id,
    guildId,
  });
  return channel;
}

export const isThread = ({ channel }: ChannelRecord) =>
  channel.type === ChannelType.PrivateThread || channel.type === ChannelType.PublicThread;
