import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { registerCommands } from './discord/commands.ts';
import { createDelivery } from './discord/deliver.ts';
import { createDirectMessages } from './discord/gaps.ts';
import { createClient, createGateway } from './discord/gateway.ts';
import { createIntake } from './discord/intake.ts';
import { createInteractions } from './discord/interactions.ts';
import { createKnowledge } from './knowledge/knowledge.ts';
import { loadFolder } from './knowledge/load-folder.ts';
import { sampleFolder } from './knowledge/sample.ts';
import { createServer, opsRoutes } from './ops/http.ts';
import { holdLease } from './relay/lease.ts';
import { createRelay } from './relay/relay.ts';
import { openStore } from './store/open.ts';
import { conversationQueries } from './support/conversations.ts';
import type { Payloads } from './support/entries.ts';
import { createSupport } from './support/support.ts';
import { transcriptOf } from './support/transcript.ts';
import { createVirtualAgent } from './support/virtual-agent.ts';
import { createTwilio } from './twilio/client.ts';
import { createConversations } from './twilio/conversations.ts';
import { createDesk } from './twilio/desk.ts';
import { isOurs } from './twilio/identity.ts';
import { CONVERSATION_WEBHOOK, twilioRoutes } from './twilio/routes.ts';

export interface Bridge {
  /** The port that it listens on. */
  port: number;
  /** Finishes what is in flight and lets everything go. Safe to call twice. */
  stop(): Promise<void>;
}

/** Wires and starts one bridge. Throws when it cannot work; nothing is left running then. */
export async function startBridge(config: Config, logger: Logger): Promise<Bridge> {
  const owner = Bun.randomUUIDv7();
  const store = await openStore({ databaseUrl: config.DATABASE_URL || undefined, dataDir: config.DATA_DIR });
  const closing: (() => Promise<void>)[] = [() => store.close()];
  const stop = once(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  try {
    const relay = createRelay<Payloads>({ store, logger, owner });
    const conversations = conversationQueries(store);

    const twilio = createTwilio({
      accountSid: config.TWILIO_ACCOUNT_SID,
      authToken: config.TWILIO_AUTH_TOKEN,
      apiUrl: config.TWILIO_API_URL,
    });
    const transcripts = createConversations({
      store,
      relay,
      twilio,
      webhookUrl: `${config.PUBLIC_URL}${CONVERSATION_WEBHOOK}`,
      studioFlowSid: config.FLEX_ROUTING === 'studio' ? config.TWILIO_STUDIO_FLOW_SID : null,
      botName: config.BOT_NAME,
    });
    const desk = createDesk({
      store,
      twilio,
      workspaceSid: config.TWILIO_WORKSPACE_SID,
      workflowSid: config.TWILIO_WORKFLOW_SID,
      taskChannel: config.TWILIO_TASK_CHANNEL,
    });

    const knowledge = createKnowledge();
    knowledge.put(await loadFolder(sampleFolder));
    const support = createSupport({
      store,
      relay,
      desk: { ...desk, transcriptAfter: transcripts.transcriptAfter, isOurs },
      virtualAgent: createVirtualAgent(knowledge),
      routing: config.FLEX_ROUTING,
      studioDeadlineMs: config.STUDIO_DEADLINE_MS,
      checkQuietMs: config.CHECK_QUIET_MS,
      transcriptOf,
    });

    const applicationId = config.DISCORD_APPLICATION_ID;
    const client = createClient({ apiUrl: config.DISCORD_API_URL, token: config.DISCORD_TOKEN });
    const { rest } = client;
    const delivery = createDelivery({ store, relay, rest, applicationId });
    const intake = createIntake(relay);
    const directMessages = createDirectMessages({ store, rest, intake, logger, applicationId });
    const gateway = createGateway({
      client,
      token: config.DISCORD_TOKEN,
      logger,
      directMessages,
      onInteraction: createInteractions({ intake, rest, logger }),
    });

    const server = createServer(logger)
      .use(
        opsRoutes({ ready: async () => ({ store: await answers(store.db), gateway: gateway.connected() }) }),
      )
      .use(
        twilioRoutes({
          relay,
          support,
          conversations,
          logger,
          publicUrl: config.PUBLIC_URL,
          authToken: config.TWILIO_AUTH_TOKEN,
          studioSecret: config.STUDIO_SECRET,
        }),
      )
      .listen({ port: config.PORT, hostname: config.HOST });
    closing.push(async () => {
      await server.stop();
    });

    await relay.start({
      ...support.handlers,
      'discord.notice': { run: delivery.sendNotice, refused: delivery.noticeRefused },
      'discord.message': { run: delivery.sendMessage, refused: support.refused.agentMessage },
      'discord.dms-closed': { run: delivery.tellDmsClosed },
      'twilio.member-message': { run: transcripts.postMemberMessage, refused: support.refused.memberMessage },
      'twilio.bot-message': { run: transcripts.postBotMessage },
      'twilio.interaction': { run: desk.createInteraction },
      'twilio.detach-studio': { run: transcripts.detachStudio },
      'twilio.close': { run: transcripts.close },
    });
    closing.push(() => relay.stop());

    const lease = await holdLease(store, 'gateway', owner, logger, {
      async gained() {
        const commands = await registerCommands(rest, applicationId, config.DISCORD_GUILD_ID);
        await gateway.start();
        await support.catchUpAll();
        logger.info({ commands }, 'Discord gateway open');
      },
      lost: () => gateway.stop(),
    });
    closing.push(() => lease.stop());

    return { port: server.server?.port ?? config.PORT, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function answers(db: Awaited<ReturnType<typeof openStore>>['db']): Promise<boolean> {
  try {
    await db.selectFrom('leases').select('name').limit(1).execute();
    return true;
  } catch {
    return false;
  }
}

function once(work: () => Promise<void>): () => Promise<void> {
  let begun: Promise<void> | undefined;
  return () => {
    begun ??= work();
    return begun;
  };
}
