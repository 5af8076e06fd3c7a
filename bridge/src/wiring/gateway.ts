import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { createDirectMessages } from '../discord/gateway/backfill.ts';
import { createGateway } from '../discord/gateway/gateway.ts';
import type { Intake } from '../discord/gateway/intake.ts';
import { createHelpme } from '../discord/interactions/helpme.ts';
import type { InteractionHandler } from '../discord/interactions/interaction-handler.ts';
import { registerCommands } from '../discord/interactions/register.ts';
import { createInteractions } from '../discord/interactions/router.ts';
import { createPress } from '../discord/interactions/support-buttons.ts';
import type { Activities } from '../panel/activity.ts';
import type { Store } from '../store/open.ts';
import type { Clouds } from './clouds.ts';

export interface GatewayParts extends Pick<Clouds, 'client' | 'rest'> {
  config: Config;
  store: Store;
  logger: Logger;
  intake: Intake;
  activity: Activities;
  /** Beside those of a conversation. */
  interactionHandlers: readonly InteractionHandler[];
}

/** Wires what members do on Discord. */
export function wireGateway({
  config,
  store,
  logger,
  client,
  rest,
  intake,
  activity,
  interactionHandlers: more,
}: GatewayParts) {
  const interactionHandlers = [createHelpme({ intake, rest }), createPress({ intake }), ...more];
  const gateway = createGateway({
    client,
    token: config.DISCORD_TOKEN,
    logger,
    directMessages: createDirectMessages({ store, rest, intake, logger }),
    intake,
    onInteraction: createInteractions({ interactionHandlers, rest, logger }),
    onMemberTyping: activity.typing,
  });
  return {
    ...gateway,
    /** Registers the commands of every handler, where Discord has not just these. */
    registerCommands: () =>
      registerCommands(
        rest,
        config.DISCORD_APPLICATION_ID,
        config.DISCORD_GUILD_ID,
        interactionHandlers.flatMap((handler) => handler.commands ?? []),
      ),
  };
}
