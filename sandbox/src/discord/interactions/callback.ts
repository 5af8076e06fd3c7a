import {
  type APIApplicationCommandOptionChoice,
  type APIModalInteractionResponseCallbackData,
  ApplicationCommandType,
  InteractionType,
  MessageFlags,
  MessageType,
  InteractionResponseType as R,
} from 'discord-api-types/v10';
import { DiscordError } from '../errors.ts';
import type { Upload } from '../state/attachments.ts';
import { completeComponents } from '../state/components.ts';
import { composeMessage, editMessage } from '../state/compose.ts';
import { addMessage, toApiMessage } from '../state/messages.ts';
import type { ChannelRecord, DiscordState, MessageRecord } from '../state/state.ts';
import { checkModal } from '../validate/components.ts';
import { type Form, readForm } from '../validate/form.ts';
import { interactionMetadata, setStatus } from './interactions.ts';
import type { InteractionRecord } from './record.ts';

/** Which first responses each kind of interaction takes. */
const allowed: Record<number, readonly number[]> = {
  [InteractionType.ApplicationCommand]: [
    R.ChannelMessageWithSource,
    R.DeferredChannelMessageWithSource,
    R.Modal,
  ],
  [InteractionType.MessageComponent]: [
    R.ChannelMessageWithSource,
    R.DeferredChannelMessageWithSource,
    R.DeferredMessageUpdate,
    R.UpdateMessage,
    R.Modal,
  ],
  [InteractionType.ApplicationCommandAutocomplete]: [R.ApplicationCommandAutocompleteResult],
  [InteractionType.ModalSubmit]: [
    R.ChannelMessageWithSource,
    R.DeferredChannelMessageWithSource,
    R.DeferredMessageUpdate,
    R.UpdateMessage,
  ],
};

/**
 * The first response to an interaction. 10062 for an unknown or late one, 40060 for a second response.
 * Answers the callback object for `with_response`. https://docs.discord.com/developers/interactions/receiving-and-responding
 */
export function respond(
  state: DiscordState,
  id: string,
  token: string,
  body: unknown,
  uploads: ReadonlyMap<string, Upload>,
): unknown {
  const interaction = state.interactions.get(token);
  if (!interaction || interaction.id !== id || interaction.status === 'failed') throw new DiscordError(10062);
  if (interaction.status !== 'pending') throw new DiscordError(40060);
  if (state.clock.now() - interaction.createdAt >= state.limits.interactionResponseMs)
    throw new DiscordError(10062);
  const form = readForm(body);
  const type = form.integer('type', { required: true });
  const choices = allowed[interaction.type] ?? [];
  const needsSource = type === R.UpdateMessage || type === R.DeferredMessageUpdate;
  if (!choices.includes(type ?? 0) || (needsSource && !interaction.sourceMessageId)) {
    form.fail('type', 'BASE_TYPE_CHOICES', `Value must be one of {${choices.join(', ')}}.`);
  }
  form.check();
  const data = form.object('data') ?? readForm({});
  const message = carryOut(state, interaction, type as R, data, uploads);
  return {
    interaction: {
      id: interaction.id,
      type: interaction.type,
      channel_id: interaction.channelId,
      ...(interaction.guildId && { guild_id: interaction.guildId }),
      ...(interaction.originalMessageId && {
        response_message_id: interaction.originalMessageId,
        response_message_loading: type === R.DeferredChannelMessageWithSource,
        response_message_ephemeral: message?.visibleTo !== undefined,
      }),
    },
    ...(message && {
      resource: { type, message: toApiMessage(state, message) },
    }),
  };
}

function carryOut(
  state: DiscordState,
  interaction: InteractionRecord,
  type: R,
  data: Form,
  uploads: ReadonlyMap<string, Upload>,
): MessageRecord | undefined {
  switch (type) {
    case R.ChannelMessageWithSource: {
      const message = sendForInteraction(state, interaction, data.value, uploads);
      interaction.originalMessageId = message.id;
      setStatus(state, interaction, 'answered');
      return message;
    }
    case R.DeferredChannelMessageWithSource: {
      const message = addThinking(state, interaction, Number(data.value.flags ?? 0) & MessageFlags.Ephemeral);
      interaction.originalMessageId = message.id;
      setStatus(state, interaction, 'deferred');
      return message;
    }
    case R.UpdateMessage: {
      const message = sourceMessage(state, interaction);
      editMessage(state, channelOf(state, interaction), message, data.value, uploads);
      interaction.originalMessageId = message.id;
      setStatus(state, interaction, 'answered');
      return message;
    }
    case R.DeferredMessageUpdate:
      interaction.originalMessageId = interaction.sourceMessageId;
      setStatus(state, interaction, 'answered');
      return undefined;
    case R.Modal: {
      checkModal(data);
      data.check();
      const components = completeComponents(
        state,
        data.list('components').map((c) => c.value),
        [],
      );
      interaction.modal = { ...data.value, components } as unknown as APIModalInteractionResponseCallbackData;
      setStatus(state, interaction, 'answered');
      return undefined;
    }
    default: {
      const options = data.list('choices', { max: 25 });
      for (const option of options) option.string('name', { min: 1, max: 100, required: true });
      data.check();
      interaction.choices = options.map((o) => o.value as unknown as APIApplicationCommandOptionChoice);
      setStatus(state, interaction, 'answered');
      return undefined;
    }
  }
}

/** Sends a response or follow-up: it comes from the application's webhook and may be for the member alone. */
export function sendForInteraction(
  state: DiscordState,
  interaction: InteractionRecord,
  body: Record<string, unknown>,
  uploads: ReadonlyMap<string, Upload>,
): MessageRecord {
  return composeMessage(state, {
    authorId: state.bot.id,
    channel: channelOf(state, interaction),
    body,
    uploads,
    parts: responseParts(state, interaction, Number(body.flags ?? 0)),
  });
}

/** "The application is thinking…": an empty message with the LOADING flag, filled by the first edit or follow-up. */
function addThinking(state: DiscordState, interaction: InteractionRecord, flags: number): MessageRecord {
  return addMessage(state, channelOf(state, interaction), {
    channelId: interaction.channelId,
    authorId: state.bot.id,
    ...responseParts(state, interaction, flags),
    flags: flags | MessageFlags.Loading,
  });
}

function responseParts(
  state: DiscordState,
  interaction: InteractionRecord,
  flags: number,
): Partial<MessageRecord> {
  const isFirst = !interaction.originalMessageId;
  const type = commandMessageTypes[(interaction.payload.data as { type?: number } | undefined)?.type ?? 0];
  const isCommand = interaction.type === InteractionType.ApplicationCommand;
  return {
    webhookId: state.applicationId,
    interaction: interactionMetadata(state, interaction),
    ...(isFirst && isCommand && type !== undefined && { type }),
    ...((flags & MessageFlags.Ephemeral) !== 0 && { visibleTo: interaction.userId }),
  };
}

const commandMessageTypes: Record<number, MessageType> = {
  [ApplicationCommandType.ChatInput]: MessageType.ChatInputCommand,
  [ApplicationCommandType.User]: MessageType.ContextMenuCommand,
  [ApplicationCommandType.Message]: MessageType.ContextMenuCommand,
};

export function channelOf(state: DiscordState, interaction: InteractionRecord): ChannelRecord {
  const channel = state.channels.get(interaction.channelId);
  if (!channel) throw new DiscordError(10003);
  return channel;
}

function sourceMessage(state: DiscordState, interaction: InteractionRecord): MessageRecord {
  const message = state.messages.get(interaction.channelId)?.get(interaction.sourceMessageId ?? '');
  if (!message) throw new DiscordError(10008);
  return message;
}
