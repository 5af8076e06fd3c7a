import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { createIntake } from '../discord/gateway/intake.ts';
import { namesFrom } from '../discord/servers/guild-lookup.ts';
import { createActivity } from '../panel/activity.ts';
import { createLiveEvents } from '../panel/live-events.ts';
import { handlersFor } from '../relay/entries.ts';
import { holdLease } from '../relay/lease.ts';
import { createRelay } from '../relay/relay.ts';
import { openStore } from '../store/open.ts';
import { conversationQueries } from '../support/conversations.ts';
import { createMemberNotifier } from '../support/notify-member.ts';
import { textsFor } from '../texts/index.ts';
import { wireAssistant } from './assistant.ts';
import { wireCases } from './cases.ts';
import { wireClouds } from './clouds.ts';
import { wireCommunity } from './community.ts';
import { wireGateway } from './gateway.ts';
import { journalModules } from './journal.ts';
import { wireKnowledge } from './knowledge.ts';
import { wirePanel } from './panel.ts';
import { startServer } from './server.ts';
import { wireSupport } from './support.ts';
import { wireToDiscord } from './to-discord.ts';
import { wireToTwilio } from './to-twilio.ts';
import { startUpkeep } from './upkeep.ts';

export interface Bridge {
  /** The port that it listens on. */
  port: number;
  /** Finishes what is in flight and lets everything go. Safe to call twice. */
  stop(): Promise<void>;
}

/** Wires and starts one bridge. Throws when it cannot work; nothing is left running then. */
export async function startBridge(config: Config, logger: Logger): Promise<Bridge> {
  const owner = { id: Bun.randomUUIDv7(), leaseMs: config.LEASE_MS };
  const store = await openStore({
    databaseUrl: config.DATABASE_URL || undefined,
    dataDir: config.DATA_DIR,
    logger,
  });
  const closing: (() => Promise<void>)[] = [() => store.close()];
  const stop = once(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  try {
    const relay = createRelay({ store, logger, owner });
    const conversations = conversationQueries(store);
    const tell = createMemberNotifier(relay);
    const live = createLiveEvents();
    const activity = createActivity({
      store,
      conversations,
      live,
      logger,
      shown: new Set(config.MEMBER_ACTIVITY.split(',')),
    });
    const clouds = wireClouds(config);

    const knowledgeModule = await wireKnowledge({ config, store, logger, live });
    closing.push(() => knowledgeModule.stop());
    const { knowledge, library } = knowledgeModule;
    const assistant = wireAssistant(config, knowledge, logger);
    const { cases, webhooks } = wireCases({ config, store, relay, live, tell });
    const supportModule = wireSupport({ config, store, relay, live, activity, cases, assistant, ...clouds });
    const { flexClient, support } = supportModule;

    const toTwilio = wireToTwilio({ config, store, relay, logger, ...clouds, flexClient, support });
    const toDiscord = wireToDiscord({ config, store, relay, ...clouds, support, cases, activity });
    const { delivery } = toDiscord;
    const intake = createIntake(relay, store, {
      texts: textsFor(config.AGENT_LANGUAGE).message,
      language: config.AGENT_LANGUAGE,
      timeZone: config.BUSINESS_TIME_ZONE,
      names: namesFrom(clouds.client),
    });
    const community = wireCommunity({
      config,
      store,
      relay,
      logger,
      ...clouds,
      delivery,
      intake,
      cases,
      tell,
    });
    const { interactionHandlers } = community;
    const gateway = wireGateway({ config, store, logger, ...clouds, intake, activity, interactionHandlers });
    const panel = wirePanel({
      config,
      store,
      logger,
      ...clouds,
      conversations,
      live,
      activity,
      knowledge,
      library,
      cases,
      webhooks,
      relay,
      flexClient,
    });

    let serving = false;
    const server = startServer({
      config,
      store,
      logger,
      relay,
      conversations,
      support,
      panel,
      hearsDiscord: () => serving && gateway.connected(),
    });
    closing.push(() => server.stop());

    await relay.start(
      handlersFor(journalModules, [
        ...supportModule.handlers,
        ...community.handlers,
        ...toDiscord.handlers,
        ...toTwilio.handlers,
        ...webhooks.handlers,
      ]),
    );
    closing.push(() => relay.stop());

    const stopUpkeep = startUpkeep({ config, store, logger, webhooks });
    closing.push(async () => stopUpkeep());

    const lease = await holdLease(store, 'gateway', owner, logger, {
      async gained() {
        await gateway.start();
        const commands = await gateway.registerCommands();
        await support.catchUpAll();
        community.feeds.start();
        serving = true;
        logger.info({ commands }, 'Discord gateway open');
      },
      async lost() {
        serving = false;
        await community.feeds.stop();
        await gateway.stop();
      },
    });
    closing.push(() => lease.stop());

    return { port: server.port(), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function once(work: () => Promise<void>): () => Promise<void> {
  let begun: Promise<void> | undefined;
  return () => {
    begun ??= work();
    return begun;
  };
}
