import { EventEmitter } from 'node:events';
import type {
  APIInteraction,
  APIInteractionResponse,
  APIInteractionResponseCallbackData,
  APIMessage,
  APIModalInteractionResponseCallbackData,
} from 'discord-api-types/v10';
import { InteractionResponseType, InteractionType, MessageFlags, MessageType } from 'discord-api-types/v10';
import {
  alreadyAcknowledged,
  invalidForm,
  invalidWebhookToken,
  unknownInteraction,
  unknownMessage,
} from './errors.ts';
import { snowflake } from './ids.ts';
import { createMessage, deleteMessage, editMessage, type Upload } from './messages.ts';
import type { World } from './world.ts';

export type InteractionStatus = 'pending' | 'deferred' | 'answered' | 'failed';

export interface InteractionRecord {
  id: string;
  token: string;
  type: InteractionType;
  userId: string;
  channelId: string;
  guildId: string | null;
  createdAt: number;
  status: InteractionStatus;
  /** The deferral said that the answer will be for the member alone. */
  ephemeral: boolean;
  /** The message with the component that was used. */
  source: APIMessage | null;
  original: APIMessage | null;
  followUps: APIMessage[];
  modal: APIModalInteractionResponseCallbackData | null;
  choices: { name: string; value: string | number }[];
}

export interface InteractionLimits {
  /** Until the first answer. */
  firstAnswerMs: number;
  /** How long the token lives. */
  tokenMs: number;
}

/** https://docs.discord.com/developers/interactions/receiving-and-responding */
export const INTERACTION_LIMITS: InteractionLimits = { firstAnswerMs: 3000, tokenMs: 15 * 60_000 };

const KEPT = 5000;

/** What members did with commands and components, and what the application answered. */
export class Interactions extends EventEmitter<{ change: [InteractionRecord] }> {
  readonly byId = new Map<string, InteractionRecord>();
  readonly #byToken = new Map<string, InteractionRecord>();

  constructor(
    private readonly world: World,
    private readonly limits: InteractionLimits,
  ) {
    super();
    this.setMaxListeners(0);
  }

  /** A member does something; the application is told over its gateway. */
  begin(
    given: Pick<InteractionRecord, 'type' | 'userId' | 'channelId' | 'guildId'> & { source?: APIMessage },
    data: unknown,
  ): InteractionRecord {
    const record: InteractionRecord = {
      ...given,
      source: given.source ?? null,
      id: snowflake(),
      token: Buffer.from(crypto.getRandomValues(new Uint8Array(48))).toString('base64url'),
      createdAt: Date.now(),
      status: 'pending',
      ephemeral: false,
      original: null,
      followUps: [],
      modal: null,
      choices: [],
    };
    this.byId.set(record.id, record);
    this.#byToken.set(record.token, record);
    if (this.byId.size > KEPT) {
      const [oldest] = this.byId.values();
      if (oldest) {
        this.byId.delete(oldest.id);
        this.#byToken.delete(oldest.token);
      }
    }
    setTimeout(() => {
      if (record.status === 'pending') this.#become(record, 'failed');
    }, this.limits.firstAnswerMs).unref();
    this.world.announce('INTERACTION_CREATE', this.#payload(record, data), { guildId: record.guildId });
    return record;
  }

  callback(
    id: string,
    token: string,
    response: APIInteractionResponse,
    uploads: readonly Upload[],
  ): InteractionRecord {
    const record = this.byId.get(id);
    if (!record || record.token !== token || record.status === 'failed') throw unknownInteraction();
    if (record.status !== 'pending') throw alreadyAcknowledged();
    switch (response.type) {
      case InteractionResponseType.ChannelMessageWithSource:
        record.original = this.#write(record, response.data, uploads);
        return this.#become(record, 'answered');
      case InteractionResponseType.DeferredChannelMessageWithSource:
        record.ephemeral = ((response.data?.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
        return this.#become(record, 'deferred');
      case InteractionResponseType.DeferredMessageUpdate:
        record.original = record.source;
        return this.#become(record, 'answered');
      case InteractionResponseType.UpdateMessage:
        if (!record.source)
          throw invalidForm('type', 'INTERACTION_CANNOT_UPDATE', 'There is no message to update');
        record.original = this.#edit(record, record.source, response.data ?? {});
        return this.#become(record, 'answered');
      case InteractionResponseType.Modal:
        if (record.type === InteractionType.ModalSubmit) {
          throw invalidForm('type', 'INTERACTION_CANNOT_SHOW_MODAL', 'A modal cannot open a modal');
        }
        if (response.data.title.length > 45)
          throw invalidForm('data.title', 'BASE_TYPE_MAX_LENGTH', 'Must be 45 or fewer in length.');
        record.modal = response.data;
        return this.#become(record, 'answered');
      case InteractionResponseType.ApplicationCommandAutocompleteResult:
        record.choices = (response.data.choices ?? []).slice(0, 25) as InteractionRecord['choices'];
        return this.#become(record, 'answered');
      default:
        throw invalidForm('type', 'BASE_TYPE_CHOICES', 'This response type is not known');
    }
  }

  byToken(token: string): InteractionRecord {
    const record = this.#byToken.get(token);
    if (!record || Date.now() - record.createdAt > this.limits.tokenMs) throw invalidWebhookToken();
    return record;
  }

  followUp(
    record: InteractionRecord,
    data: APIInteractionResponseCallbackData,
    uploads: readonly Upload[],
  ): APIMessage {
    const message = this.#write(record, data, uploads);
    if (record.status === 'deferred' && !record.original) record.original = message;
    else record.followUps.push(message);
    this.#become(record, 'answered');
    return message;
  }

  editOriginal(
    record: InteractionRecord,
    data: APIInteractionResponseCallbackData,
    uploads: readonly Upload[],
  ): APIMessage {
    record.original = record.original
      ? this.#edit(record, record.original, data)
      : this.#write(
          record,
          { ...data, flags: (data.flags ?? 0) | (record.ephemeral ? MessageFlags.Ephemeral : 0) },
          uploads,
        );
    this.#become(record, 'answered');
    return record.original;
  }

  message(record: InteractionRecord, id: string): APIMessage {
    const found =
      id === '@original' ? record.original : record.followUps.find((message) => message.id === id);
    if (!found) throw unknownMessage();
    return found;
  }

  editMessage(record: InteractionRecord, id: string, data: APIInteractionResponseCallbackData): APIMessage {
    const edited = this.#edit(record, this.message(record, id), data);
    record.followUps = record.followUps.map((message) => (message.id === id ? edited : message));
    this.#become(record, 'answered');
    return edited;
  }

  deleteMessage(record: InteractionRecord, id: string): void {
    const message = this.message(record, id);
    if (!isEphemeral(message)) deleteMessage(this.world, this.#channel(message.channel_id), message.id);
    if (record.original === message) record.original = null;
    record.followUps = record.followUps.filter((other) => other !== message);
    this.emit('change', record);
  }

  #become(record: InteractionRecord, status: InteractionStatus): InteractionRecord {
    record.status = status;
    this.emit('change', record);
    return record;
  }

  #channel(id: string) {
    const channel = this.world.channels.get(id);
    if (!channel) throw unknownInteraction();
    return channel;
  }

  /** An ephemeral message exists only in the answer; any other stands in its channel. */
  #write(
    record: InteractionRecord,
    data: APIInteractionResponseCallbackData | undefined,
    uploads: readonly Upload[],
  ): APIMessage {
    const ephemeral =
      ((data?.flags ?? 0) & MessageFlags.Ephemeral) !== 0 || (record.ephemeral && record.original === null);
    const channel = this.#channel(record.channelId);
    const target = ephemeral
      ? { ...channel, channel: { ...channel.channel }, messages: new Map(), guildId: channel.guildId }
      : channel;
    const world = ephemeral ? silent(this.world) : this.world;
    return createMessage(world, target, this.world.applicationId, (data ?? {}) as never, uploads, {
      type:
        record.type === InteractionType.ApplicationCommand
          ? MessageType.ChatInputCommand
          : MessageType.Default,
      application_id: this.world.applicationId,
      webhook_id: this.world.applicationId,
      flags: ((data?.flags ?? 0) | (ephemeral ? MessageFlags.Ephemeral : 0)) as MessageFlags,
    });
  }

  #edit(
    record: InteractionRecord,
    message: APIMessage,
    data: APIInteractionResponseCallbackData,
  ): APIMessage {
    const ephemeral = isEphemeral(message);
    const channel = this.#channel(message.channel_id);
    const target = ephemeral ? { ...channel, messages: new Map([[message.id, message]]) } : channel;
    const { flags: _, ...change } = data;
    const edited = editMessage(
      ephemeral ? silent(this.world) : this.world,
      target,
      message.id,
      this.world.applicationId,
      change as never,
    );
    if (record.source?.id === edited.id) record.source = edited;
    return edited;
  }

  #payload(record: InteractionRecord, data: unknown): APIInteraction {
    const user = this.world.users.get(record.userId);
    const guild = record.guildId ? this.world.guilds.get(record.guildId) : undefined;
    const member = guild?.members.get(record.userId);
    return {
      id: record.id,
      application_id: this.world.applicationId,
      type: record.type,
      data,
      token: record.token,
      version: 1,
      channel: this.world.channels.get(record.channelId)?.channel,
      channel_id: record.channelId,
      ...(guild
        ? {
            guild_id: guild.id,
            guild: { id: guild.id, locale: 'en-US', features: [] },
            guild_locale: 'en-US',
            member: { ...member, permissions: '2147483647' },
          }
        : { user: user?.user }),
      locale: user?.locale ?? 'en-US',
      app_permissions: '2147483647',
      entitlements: [],
      authorizing_integration_owners: guild ? { 0: guild.id } : {},
      context: guild ? 0 : 1,
      attachment_size_limit: 10 * 1024 * 1024,
      ...(record.source ? { message: record.source } : {}),
    } as unknown as APIInteraction;
  }
}

const isEphemeral = (message: APIMessage) => ((message.flags ?? 0) & MessageFlags.Ephemeral) !== 0;

/** The same world, but nobody is told: what only one member sees is no event. */
function silent(world: World): World {
  return Object.assign(Object.create(world), { announce() {} });
}
