import type { APIApplicationCommand } from 'discord-api-types/v10';
import type { Variants } from '../../variants.ts';
import type { InteractionRecord } from '../interactions/record.ts';
import type { DiscordLimits } from '../limits.ts';
import type { DiscordEvent } from './events.ts';
import type { AttachmentRecord, ChannelRecord, GuildRecord, MessageRecord, UserRecord } from './records.ts';
import { type Clock, snowflakes } from './snowflake.ts';

export type * from './records.ts';

/** The whole state of the stand-in. Plain data, one per sandbox; only the modules of `state/` change it. */
export interface DiscordState {
  readonly clock: Clock;
  readonly limits: DiscordLimits;
  readonly nextId: () => string;
  readonly botToken: string;
  readonly applicationId: string;
  readonly bot: UserRecord;
  /** Privileged intents (bits) that the application may use, as switched on in the developer portal. */
  readonly privilegedIntents: number;
  /** Set, as in the developer portal; the stand-in then still sends interactions to the gateway. */
  interactionsEndpointUrl: string | null;
  /** Whether messages that are fetched carry their nonce. */
  readonly historyNonces: boolean;
  /** What is open about the real Discord; see variants.ts. */
  readonly variants: Variants;
  /** `http://127.0.0.1:PORT`, set when the server listens. */
  url: string;
  readonly users: Map<string, UserRecord>;
  readonly guilds: Map<string, GuildRecord>;
  readonly channels: Map<string, ChannelRecord>;
  /** Channel id to its messages, oldest first. */
  readonly messages: Map<string, Map<string, MessageRecord>>;
  /** `global` or a guild id, to commands by id. */
  readonly commands: Map<string, Map<string, APIApplicationCommand>>;
  /** By interaction token. */
  readonly interactions: Map<string, InteractionRecord>;
  /** By attachment id, oldest first. */
  readonly attachments: Map<string, AttachmentRecord>;
  /** `author:nonce` to the message that it made. */
  readonly nonces: Map<string, { channelId: string; messageId: string; at: number }>;
  emit(event: DiscordEvent): void;
  /** Calls the listener after every change; returns a function that removes it. */
  subscribe(listener: (event: DiscordEvent) => void): () => void;
}

export interface DiscordStateOptions {
  clock: Clock;
  limits: DiscordLimits;
  botToken: string;
  applicationId: string;
  botUserId: string;
  botUsername: string;
  privilegedIntents: number;
  historyNonces: boolean;
  variants: Variants;
}

export function createDiscordState(options: DiscordStateOptions): DiscordState {
  const listeners = new Set<(event: DiscordEvent) => void>();
  const bot: UserRecord = {
    id: options.botUserId,
    username: options.botUsername,
    globalName: null,
    avatar: null,
    bot: true,
    locale: 'en-US',
    dmsClosed: false,
    userInstalled: false,
  };
  return {
    clock: options.clock,
    limits: options.limits,
    nextId: snowflakes(options.clock),
    botToken: options.botToken,
    applicationId: options.applicationId,
    privilegedIntents: options.privilegedIntents,
    interactionsEndpointUrl: null,
    historyNonces: options.historyNonces,
    variants: options.variants,
    bot,
    url: '',
    users: new Map([[bot.id, bot]]),
    guilds: new Map(),
    channels: new Map(),
    messages: new Map(),
    commands: new Map(),
    interactions: new Map(),
    attachments: new Map(),
    nonces: new Map(),
    emit(event) {
      for (const listener of [...listeners]) listener(event);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The current time in Discord's format: ISO 8601 with microseconds and an offset. */
export function timestamp(state: DiscordState): string {
  return new Date(state.clock.now()).toISOString().replace('Z', '000+00:00');
}
