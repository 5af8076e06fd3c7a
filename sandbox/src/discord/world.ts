import { EventEmitter } from 'node:events';
import type {
  APIApplicationCommand,
  APIChannel,
  APIGuildMember,
  APIMessage,
  APIRole,
  APIUser,
} from 'discord-api-types/v10';
import { ChannelType } from 'discord-api-types/v10';
import { snowflake } from './ids.ts';

export interface UserRecord {
  user: APIUser;
  locale: string;
  dmsOpen: boolean;
}

export interface GuildRecord {
  id: string;
  name: string;
  ownerId: string;
  roles: Map<string, APIRole>;
  members: Map<string, APIGuildMember>;
}

export interface ChannelRecord {
  channel: APIChannel;
  guildId: string | null;
  /** Only in direct messages and private threads. */
  participants: Set<string>;
  messages: Map<string, APIMessage>;
}

export interface AttachmentRecord {
  id: string;
  channelId: string;
  name: string;
  contentType: string;
  bytes: Uint8Array;
}

/** What happened, with what the gateway says of it. */
export interface WorldEvent {
  /** Gateway name, such as MESSAGE_CREATE. */
  type: string;
  data: Record<string, unknown>;
  channelId?: string;
  guildId: string | null;
}

/** Everything that exists in this Discord, kept in memory. */
export class World extends EventEmitter<{ event: [WorldEvent] }> {
  readonly users = new Map<string, UserRecord>();
  readonly guilds = new Map<string, GuildRecord>();
  readonly channels = new Map<string, ChannelRecord>();
  readonly attachments = new Map<string, AttachmentRecord>();
  /** By guild id; '' for global ones. */
  readonly commands = new Map<string, Map<string, APIApplicationCommand>>();
  readonly bot: UserRecord;

  constructor(readonly applicationId: string) {
    super();
    this.setMaxListeners(0);
    this.bot = this.addUser({ id: applicationId, username: 'flexcord', bot: true });
  }

  addUser(given: {
    id?: string;
    username: string;
    globalName?: string | null;
    bot?: boolean;
    locale?: string;
  }): UserRecord {
    const record: UserRecord = {
      user: {
        id: given.id ?? snowflake(),
        username: given.username,
        discriminator: given.bot ? '0001' : '0',
        global_name: given.globalName ?? null,
        avatar: null,
        public_flags: 0,
        flags: 0,
        primary_guild: null,
        ...(given.bot ? { bot: true } : {}),
      } as unknown as APIUser,
      locale: given.locale ?? 'en-US',
      dmsOpen: true,
    };
    this.users.set(record.user.id, record);
    return record;
  }

  /** The direct message channel of the bot and a user; made when there is none. */
  directChannel(userId: string): ChannelRecord {
    for (const record of this.channels.values()) {
      if (record.channel.type === ChannelType.DM && record.participants.has(userId)) return record;
    }
    const other = this.users.get(userId);
    const id = snowflake();
    const record: ChannelRecord = {
      channel: {
        id,
        type: ChannelType.DM,
        flags: 0,
        last_message_id: null,
        recipients: other ? [other.user] : [],
      } as unknown as APIChannel,
      guildId: null,
      participants: new Set([userId, this.applicationId]),
      messages: new Map(),
    };
    this.channels.set(id, record);
    return record;
  }

  announce(type: string, data: object, where: { channelId?: string; guildId: string | null }): void {
    this.emit('event', { type, data: data as Record<string, unknown>, ...where });
  }

  sharesGuild(userId: string): boolean {
    for (const guild of this.guilds.values()) {
      if (guild.members.has(userId) && guild.members.has(this.applicationId)) return true;
    }
    return false;
  }
}
