import {
  type Interaction,
  InteractionResponseType,
  MessageFlags,
  type REST,
  type RepliableInteraction,
  Routes,
} from 'discord.js';
import type { Logger } from 'pino';
import { textsFor } from '../../texts/index.ts';
import { callDiscord } from '../errors.ts';
import type { InteractionHandler, Respond } from './interaction-handler.ts';

export interface InteractionsOptions {
  /** Asked in this order; the first that answers ends the round. */
  interactionHandlers: readonly InteractionHandler[];
  rest: REST;
  logger: Logger;
}

/** Brings each interaction to the handler that it is for. Whoever meets a fault is told so. */
export function createInteractions({ interactionHandlers, rest, logger }: InteractionsOptions) {
  async function first(
    interaction: RepliableInteraction,
    body: { type: InteractionResponseType; data: unknown },
  ) {
    await callDiscord('answer an interaction', () =>
      rest.post(Routes.interactionCallback(interaction.id, interaction.token), { auth: false, body }),
    );
    interaction.replied = true;
  }
  // No mention in an answer of the bridge's pings anybody.
  const silent = { allowed_mentions: { parse: [] } };

  const respond: Respond = {
    reply: (interaction, body) =>
      first(interaction, {
        type: InteractionResponseType.ChannelMessageWithSource,
        data: {
          ...silent,
          ...(typeof body === 'string' ? { content: body } : body),
          flags: MessageFlags.Ephemeral,
        },
      }),
    update: (interaction, body) =>
      first(interaction, {
        type: InteractionResponseType.UpdateMessage,
        data: { ...silent, ...body },
      }),
    form: (interaction, form) => first(interaction, { type: InteractionResponseType.Modal, data: form }),
    complete: (interaction, body) =>
      callDiscord('answer an interaction', () =>
        rest.patch(Routes.webhookMessage(interaction.applicationId, interaction.token), {
          auth: false,
          body,
        }),
      ),
  };

  async function apologise(interaction: Interaction): Promise<void> {
    if (!interaction.isRepliable()) return;
    const content = textsFor(interaction.locale).tryAgain;
    if (interaction.deferred) await respond.complete(interaction, { content });
    else if (!interaction.replied) await respond.reply(interaction, content);
  }

  return async (interaction: Interaction): Promise<void> => {
    try {
      for (const handler of interactionHandlers) if (await handler.answer(interaction, respond)) return;
    } catch (error) {
      logger.error({ err: error, interaction: interaction.id }, 'an interaction failed');
      await apologise(interaction).catch((err) => logger.warn({ err }, 'nor could it be answered'));
    }
  };
}
