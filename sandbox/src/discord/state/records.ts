import type {
  APIEmbed,
  APIMessageInteractionMetadata,
  APIMessageReference,
  APIMessageSnapshot,
  APIMessageTopLevelComponent,
  APIOverwrite,
  APIPoll,
  APIRole,
  APIStickerItem,
  ChannelType,
  MessageType,
} from 'discord-api-types/v10';

export interface UserRecord {
  id: string;
  username: string;
  globalName: string | null;
  /** Avatar hash; null for one of Discord's default avatars. */
  avatar: string | null;
  bot: boolean;
  /** Discord locale such as `en-US` or `ja`, sent with interactions. */
  locale: string;
  /** True while the user takes no direct messages: sending answers 50007. */
  dmsClosed: boolean;
  /** True where the user installed the app to their account, so that DMs need no mutual server. */
  userInstalled: boolean;
}

export interface MemberRecord {
  userId: string;
  nick: string | null;
  roles: string[];
  joinedAt: string;
  premiumSince: string | null;
  communicationDisabledUntil: string | null;
  flags: number;
}

export interface GuildRecord {
  id: string;
  name: string;
  icon: string | null;
  description: string | null;
  ownerId: string;
  preferredLocale: string;
  /** What its boosts give (https://docs.discord.com/developers/resources/guild#guild-object-premium-tier). */
  premiumTier: 0 | 1 | 2 | 3;
  features: string[];
  roles: Map<string, APIRole>;
  members: Map<string, MemberRecord>;
}

interface ThreadState {
  ownerId: string;
  archived: boolean;
  archivedAt: string;
  autoArchiveMinutes: number;
  locked: boolean;
  invitable: boolean;
  createdAt: string;
  messageCount: number;
  totalMessageSent: number;
  /** User id to the time of joining. */
  members: Map<string, string>;
  /** Ids of the tags that a post of a forum has. */
  appliedTags: string[];
}

/** What a forum channel has that no other has. */
export interface ForumState {
  tags: { id: string; name: string; moderated: boolean }[];
  /** Whether every post must have a tag. */
  requiresTag: boolean;
}

export interface ChannelRecord {
  id: string;
  type: ChannelType;
  /** Absent in a DM. */
  guildId?: string;
  /** The other side of a DM. */
  recipientId?: string;
  name: string;
  topic: string | null;
  parentId: string | null;
  position: number;
  nsfw: boolean;
  rateLimitPerUser: number;
  overwrites: APIOverwrite[];
  lastMessageId: string | null;
  lastPinAt: string | null;
  thread?: ThreadState;
  forum?: ForumState;
}

interface ReactionRecord {
  id: string | null;
  name: string;
  users: Set<string>;
}

export interface MessageRecord {
  id: string;
  type: MessageType;
  channelId: string;
  authorId: string;
  content: string;
  timestamp: string;
  editedTimestamp: string | null;
  flags: number;
  tts: boolean;
  embeds: APIEmbed[];
  components: APIMessageTopLevelComponent[];
  /** Ids in `DiscordState.attachments`. */
  attachments: string[];
  stickers: APIStickerItem[];
  mentions: string[];
  mentionRoles: string[];
  mentionEveryone: boolean;
  /** Key: the emoji as it stands in a URL, `name` or `name:id`. */
  reactions: Map<string, ReactionRecord>;
  pinnedAt: string | null;
  nonce?: string | number;
  reference?: APIMessageReference;
  snapshots?: APIMessageSnapshot[];
  poll?: APIPoll;
  /** Set on interaction responses. */
  webhookId?: string;
  interaction?: APIMessageInteractionMetadata;
  /** The only user who can see an ephemeral message. */
  visibleTo?: string;
  threadId?: string;
}

export interface AttachmentRecord {
  id: string;
  channelId: string;
  filename: string;
  /** What the file was called, where its name was made plain. */
  title?: string;
  contentType: string;
  data: Uint8Array<ArrayBuffer>;
  description?: string;
  durationSecs?: number;
  waveform?: string;
  width?: number;
  height?: number;
  spoiler?: boolean;
  ephemeral: boolean;
}
