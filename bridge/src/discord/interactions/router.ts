import type { Interaction, REST } from 'discord.js';
import type { Logger } from 'pino';
import { textsFor } from '../../texts/index.ts';
import type { InteractionHandler } from './interaction-handler.ts';
import { createResponder } from './responder.ts';

export interface InteractionsOptions {
  /** Asked in this order; the first that answers ends the round. */
  interactionHandlers: readonly InteractionHandler[];
  rest: REST;
  logger: Logger;
}

/** Brings each interaction to the handler that it is for. Whoever meets a failure is told to try again. */
export function createInteractions({ interactionHandlers, rest, logger }: InteractionsOptions) {
  const respond = createResponder(rest);

  async function reportFailure(interaction: Interaction): Promise<void> {
    if (!interaction.isRepliable()) return;
    const content = textsFor(interaction.locale).tryAgain;
    if (interaction.deferred) await respond.complete(interaction, { content });
    else if (!interaction.replied) await respond.reply(interaction, content);
  }

  return async (interaction: Interaction): Promise<void> => {
    try {
      for (const handler of interactionHandlers) if (await handler.answer(interaction, respond)) return;
    } catch (err) {
      logger.error({ err, interaction: interaction.id }, 'an interaction failed');
      await reportFailure(interaction).catch((cause) =>
        logger.warn({ err: cause, interaction: interaction.id }, 'the failure could not be reported'),
      );
    }
  };
}
