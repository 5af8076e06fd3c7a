import { type Interaction, MessageFlags, type REST, Routes } from 'discord.js';
import type { Logger } from 'pino';
import { textsFor } from '../../texts/index.ts';
import { asking } from '../errors.ts';
import type { Piece, Respond } from './piece.ts';

export interface InteractionsOptions {
  /** Asked in this order; the first that answers ends the round. */
  pieces: readonly Piece[];
  rest: REST;
  logger: Logger;
}

/** Brings each interaction to the piece that it is for. Whoever meets a fault is told so. */
export function createInteractions({ pieces, rest, logger }: InteractionsOptions) {
  const respond: Respond = {
    complete: (interaction, body) =>
      asking('answer an interaction', () =>
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
    else if (!interaction.replied) await interaction.reply({ content, flags: MessageFlags.Ephemeral });
  }

  return async (interaction: Interaction): Promise<void> => {
    try {
      for (const piece of pieces) if (await piece.answer(interaction, respond)) return;
    } catch (error) {
      logger.error({ err: error, interaction: interaction.id }, 'an interaction failed');
      await apologise(interaction).catch((err) => logger.warn({ err }, 'nor could it be answered'));
    }
  };
}
