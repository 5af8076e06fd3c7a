import { MessageFlags } from 'discord-api-types/v10';
import { DiscordError } from '../errors.ts';
import type { Upload } from '../state/attachments.ts';
import { editMessage } from '../state/compose.ts';
import { removeMessage } from '../state/messages.ts';
import type { DiscordState, MessageRecord } from '../state/state.ts';
import { readForm } from '../validate/form.ts';
import { channelOf, sendForInteraction } from './callback.ts';
import { isExpired, setStatus } from './interactions.ts';
import type { InteractionRecord } from './record.ts';

/** The interaction behind a webhook token: 10015 for a foreign application or unknown token, 50027 once it has expired. */
export function interactionOfWebhook(
  state: DiscordState,
  webhookId: string,
  token: string,
): InteractionRecord {
  const interaction = state.interactions.get(token);
  if (webhookId !== state.applicationId || !interaction) throw new DiscordError(10015);
  if (isExpired(state, interaction)) throw new DiscordError(50027);
  // Before the first response there is no webhook yet; after a missed one the token is invalid.
  if (interaction.status === 'pending') throw new DiscordError(10015);
  if (interaction.status === 'failed') throw new DiscordError(50027);
  return interaction;
}

/** A follow-up; after a deferred response the first one takes the place of the "thinking" message. */
export function followUp(
  state: DiscordState,
  interaction: InteractionRecord,
  body: unknown,
  uploads: ReadonlyMap<string, Upload>,
): MessageRecord {
  const form = readForm(body);
  if (interaction.status === 'deferred') return fillDeferred(state, interaction, form.value, uploads);
  const message = sendForInteraction(state, interaction, form.value, uploads);
  interaction.followUpIds.push(message.id);
  state.emit({ type: 'interactionUpdate', interaction });
  return message;
}

function fillDeferred(
  state: DiscordState,
  interaction: InteractionRecord,
  body: Record<string, unknown>,
  uploads: ReadonlyMap<string, Upload>,
): MessageRecord {
  const message = responseMessage(state, interaction, '@original');
  const loading = message.flags;
  message.flags &= ~MessageFlags.Loading;
  try {
    editMessage(state, channelOf(state, interaction), message, body, uploads);
  } catch (error) {
    message.flags = loading;
    throw error;
  }
  setStatus(state, interaction, 'answered');
  return message;
}

/** The message that `@original` or an id means; 10008 where it is not one of this interaction's. */
export function responseMessage(
  state: DiscordState,
  interaction: InteractionRecord,
  id: string,
): MessageRecord {
  const wanted = id === '@original' ? interaction.originalMessageId : id;
  const message = state.messages.get(interaction.channelId)?.get(wanted ?? '');
  const own =
    message && (message.id === interaction.originalMessageId || interaction.followUpIds.includes(message.id));
  if (!own) throw new DiscordError(10008);
  return message;
}

export function editResponse(
  state: DiscordState,
  interaction: InteractionRecord,
  id: string,
  body: unknown,
  uploads: ReadonlyMap<string, Upload>,
): MessageRecord {
  if (id === '@original' && interaction.status === 'deferred') {
    return fillDeferred(state, interaction, readForm(body).value, uploads);
  }
  const message = responseMessage(state, interaction, id);
  editMessage(state, channelOf(state, interaction), message, body, uploads);
  state.emit({ type: 'interactionUpdate', interaction });
  return message;
}

/** Deleting a deferred response takes the "thinking" message away. */
export function deleteResponse(state: DiscordState, interaction: InteractionRecord, id: string): void {
  removeMessage(state, responseMessage(state, interaction, id));
  if (interaction.status === 'deferred' && id === '@original') setStatus(state, interaction, 'answered');
  else state.emit({ type: 'interactionUpdate', interaction });
}
