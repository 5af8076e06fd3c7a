import { DiscordAPIError } from 'discord.js';
import { OperatorError } from '../config/command-line.ts';
import { type GatewaySession, openGateway } from '../discord/gateway/gateway.ts';
import { refusedLogin } from '../discord/gateway/refused-login.ts';
import { commands } from '../discord/interactions/commands.ts';
import { createHelpme } from '../discord/interactions/helpme.ts';
import { registerCommands } from '../discord/interactions/register.ts';
import { createInteractions } from '../discord/interactions/router.ts';
import { createSupportButtons } from '../discord/interactions/support-buttons.ts';
import { Refused, Transient } from '../relay/errors.ts';
import { holdLease } from '../relay/lease.ts';
import { publicChannels as createPublicChannels } from '../threads/channels.ts';
import type { Clouds } from './clouds.ts';
import type { CommunityModule } from './community.ts';
import type { Core } from './core.ts';
import type { ForumModule, ForumOnDiscord } from './forum.ts';
import { createGatewayFacts } from './gateway-facts.ts';
import type { IntakeModule } from './intake.ts';
import { holdCommands } from './server-commands.ts';
import type { SupportModule } from './support.ts';
import type { ToTwilioModule } from './to-twilio.ts';

const LEASE = 'gateway';

/** Wires what members do on Discord, and what only one bridge of a store may do at a time. */
export function createGatewayModule(
  { config, store, logger, owner, heartbeat, activity }: Core,
  { connection, guildLookup, rest, echoes }: Clouds,
  { intake, publicIntake }: IntakeModule,
  { support }: SupportModule,
  { forgotten }: ToTwilioModule,
  community: CommunityModule,
  { forum }: ForumModule,
  forumOnDiscord: ForumOnDiscord,
) {
  const interactionHandlers = [
    createHelpme({ intake, rest }),
    createSupportButtons({ intake }),
    ...community.interactionHandlers,
    ...forumOnDiscord.interactionHandlers,
  ];
  const onInteraction = createInteractions({ interactionHandlers, rest, logger });
  const onPacket = createGatewayFacts({ store, accountSid: config.TWILIO_ACCOUNT_SID, logger });
  const publicChannels = createPublicChannels(store);
  let session: GatewaySession | null = null;

  /** One term of the gateway, with everything that it holds. */
  async function begin() {
    let held: Awaited<ReturnType<typeof holdCommands>> | undefined;
    await publicChannels.applySettings(new Map(config.DISCORD_PUBLIC_CHANNELS), Date.now());
    const opened = await withReason(
      openGateway({
        connection: {
          ...connection,
          threads: connection.threads || (await publicChannels.served()).length > 0,
        },
        store,
        rest,
        logger,
        guildLookup,
        intake,
        publicIntake,
        publicChannels,
        onInteraction,
        onPacket,
        onOwnMessage: echoes.heard,
        onMemberTyping: activity.typing,
        onMemberBanned: activity.leftServer,
        onMembership(guildId, isMember) {
          held?.membershipIs(guildId, isMember);
          community.membershipIs(guildId, isMember);
        },
        onServerMessagesDeleted: community.messagesDeleted,
        async onChannelDeleted(channelId) {
          if (channelId === config.DISCORD_SUPPORT_CHANNEL_ID) await intake.threadsGone();
          await community.channelDeleted(channelId);
        },
        isHolder: heartbeat.alive,
        beforeReview: forgotten.recall,
      }),
    );
    try {
      const { DISCORD_APPLICATION_ID, DISCORD_GUILD_ID } = config;
      held = await holdCommands({
        config,
        logger,
        register: () => registerCommands(rest, DISCORD_APPLICATION_ID, DISCORD_GUILD_ID, commands),
      }).catch((error) => {
        throw notThere(error) ?? error;
      });
      await support.catchUpAll();
      const served = await publicChannels.served();
      await store.transact((tx) => forum.adoption.begin(tx, served));
      community.feeds.start();
      session = opened;
      logger.info('Discord gateway open');
    } catch (error) {
      await held?.stop();
      await opened.stop();
      throw error;
    }
    const anew = Promise.withResolvers<void>();
    community.onServedChanged(() => {
      // What a session hears is chosen at its log-in.
      if (opened.hearsThreads) opened.servedChanged();
      else anew.resolve();
    });
    return {
      over: anew.promise,
      async stop() {
        session = null;
        await held?.stop();
        // Whatever the feeds do, the gateway closes.
        await community.feeds.stop().catch((err) => logger.error({ err }, 'the feeds did not stop cleanly'));
        await opened.stop();
      },
    };
  }

  return {
    /** Whether what members do on Discord is received at present, by this process or by another. */
    isServed: async () => session?.connected() ?? store.leases.isElsewhere(LEASE, owner),

    /** Opens the gateway whenever this process owns it. Resolves with what gives it up. */
    async holdLease(): Promise<() => Promise<void>> {
      const lease = await holdLease({
        store,
        name: LEASE,
        owner,
        heartbeat,
        logger,
        begin,
        isFatal: (error) => error instanceof OperatorError,
      });
      return () => lease.stop();
    },
  };
}

/** What is no refusal is Discord out of reach: the log then holds a sentence instead of a stack trace. */
async function withReason(opening: Promise<GatewaySession>): Promise<GatewaySession> {
  try {
    return await opening;
  } catch (error) {
    const refused = refusedLogin(error);
    if (refused) throw new OperatorError(refused, { cause: error });
    const reason = error instanceof Error ? error.message : String(error);
    throw new Transient(`Discord cannot be reached (${reason})`, { ambiguous: false, cause: error });
  }
}

/** Where Discord itself says that the application or the server of the commands is not there, or not ours. */
function notThere(error: unknown): OperatorError | undefined {
  if (!(error instanceof Refused || error instanceof Transient)) return undefined;
  const reason = error instanceof Refused ? error.reason : error.suspects;
  const isAnswer = error.cause instanceof DiscordAPIError;
  if (!isAnswer || (reason !== 'gone' && reason !== 'forbidden')) return undefined;
  return new OperatorError(
    `Discord does not know the application and server whose commands are to be written (${error.message}). Check DISCORD_APPLICATION_ID and DISCORD_GUILD_ID.`,
    { cause: error },
  );
}

export type GatewayModule = ReturnType<typeof createGatewayModule>;
