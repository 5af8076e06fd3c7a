import type { Interaction, REST } from 'discord.js';
import type { Logger } from 'pino';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { textsFor } from '../../texts/index.ts';
import type { InteractionHandler } from './interaction-handler.ts';
import { createResponder } from './responder.ts';

export interface InteractionsOptions {
  /** Asked in this order; the first that answers ends the round. */
  interactionHandlers: readonly InteractionHandler[];
  rest: REST;
  logger: Logger;
}

/** What one member may use in so many seconds; what they are offered while they write has a limit of its own. */
const USE_LIMIT = { points: 20, duration: 10 };
const SUGGESTION_LIMIT = { points: 50, duration: 10 };

/**
 * Brings each interaction to the handler that it is for. Whoever meets a failure is told to try again,
 * and whoever uses more than a person can is told so, once, and then gets no answer for some seconds.
 */
export function createInteractions({ interactionHandlers, rest, logger }: InteractionsOptions) {
  const respond = createResponder(rest);
  const uses = new RateLimiterMemory({ keyPrefix: 'use', ...USE_LIMIT });
  const suggestions = new RateLimiterMemory({ keyPrefix: 'suggestion', ...SUGGESTION_LIMIT });

  /** Whether the member may use one more thing now. */
  async function mayUse(interaction: Interaction): Promise<boolean> {
    const limiter = interaction.isAutocomplete() ? suggestions : uses;
    try {
      await limiter.consume(interaction.user.id);
      return true;
    } catch (refusal) {
      if (refusal instanceof Error) throw refusal;
      const { consumedPoints } = refusal as RateLimiterRes;
      // Every answer is a request that others wait for.
      if (interaction.isRepliable() && consumedPoints === USE_LIMIT.points + 1)
        await respond.reply(interaction, textsFor(interaction.locale).tooMany);
      return false;
    }
  }

  async function reportFailure(interaction: Interaction): Promise<void> {
    if (!interaction.isRepliable()) return;
    const content = textsFor(interaction.locale).tryAgain;
    if (interaction.deferred) await respond.complete(interaction, { content });
    else if (!interaction.replied) await respond.reply(interaction, content);
  }

  return async (interaction: Interaction): Promise<void> => {
    try {
      if (!(await mayUse(interaction))) return;
      for (const handler of interactionHandlers) if (await handler.answer(interaction, respond)) return;
    } catch (err) {
      logger.error({ err, interaction: interaction.id }, 'an interaction failed');
      await reportFailure(interaction).catch((cause) =>
        logger.warn({ err: cause, interaction: interaction.id }, 'the failure could not be reported'),
      );
    }
  };
}
