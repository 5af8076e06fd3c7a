import { createDirectMessages } from '../discord/gateway/backfill.ts';
import { createGateway } from '../discord/gateway/gateway.ts';
import { createHelpme } from '../discord/interactions/helpme.ts';
import { registerCommands } from '../discord/interactions/register.ts';
import { createInteractions } from '../discord/interactions/router.ts';
import { createSupportButtons } from '../discord/interactions/support-buttons.ts';
import { holdLease } from '../relay/lease.ts';
import type { Clouds } from './clouds.ts';
import type { CommunityModule } from './community.ts';
import type { Core } from './core.ts';
import type { IntakeModule } from './intake.ts';
import type { SupportModule } from './support.ts';

/** Wires what members do on Discord, and what only one bridge of a store may do at a time. */
export function createGatewayModule(
  { config, store, logger, owner, activity }: Core,
  { client, rest }: Clouds,
  { intake }: IntakeModule,
  { support }: SupportModule,
  community: CommunityModule,
) {
  const interactionHandlers = [
    createHelpme({ intake, rest }),
    createSupportButtons({ intake }),
    ...community.interactionHandlers,
  ];
  const gateway = createGateway({
    client,
    token: config.DISCORD_TOKEN,
    logger,
    directMessages: createDirectMessages({ store, rest, intake, logger }),
    intake,
    onInteraction: createInteractions({ interactionHandlers, rest, logger }),
    onMemberTyping: activity.typing,
  });
  const commands = interactionHandlers.flatMap((handler) => handler.commands ?? []);
  let serving = false;

  return {
    /** Whether what members do on Discord is received at present. */
    isServing: () => serving && gateway.connected(),

    /** Opens the gateway once this process owns it. Resolves with what gives it up. */
    async holdLease(): Promise<() => Promise<void>> {
      const lease = await holdLease(store, 'gateway', owner, logger, {
        async gained() {
          await gateway.start();
          const registered = await registerCommands(
            rest,
            config.DISCORD_APPLICATION_ID,
            config.DISCORD_GUILD_ID,
            commands,
          );
          await support.catchUpAll();
          community.feeds.start();
          serving = true;
          logger.info({ commands: registered }, 'Discord gateway open');
        },
        async lost() {
          serving = false;
          await community.feeds.stop();
          await gateway.stop();
        },
      });
      return () => lease.stop();
    },
  };
}

export type GatewayModule = ReturnType<typeof createGatewayModule>;
