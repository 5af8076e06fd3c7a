import type { Logger } from 'pino';
import { createCases } from './cases/cases.ts';
import { parseFields } from './cases/fields.ts';
import type { Config } from './config.ts';
import { createDiscordChanges } from './discord/changes.ts';
import { createDelivery } from './discord/deliver.ts';
import { createDirectory } from './discord/directory.ts';
import { createDiscordFiles } from './discord/files.ts';
import { createDirectMessages } from './discord/gaps.ts';
import { createClient, createGateway } from './discord/gateway.ts';
import { createIntake } from './discord/intake.ts';
import { createHelpme } from './discord/interactions/helpme.ts';
import { createPress } from './discord/interactions/press.ts';
import { registerCommands } from './discord/interactions/register.ts';
import { createInteractions } from './discord/interactions/router.ts';
import { createReach } from './discord/reach.ts';
import { createTyping } from './discord/typing.ts';
import { createKnowledge } from './knowledge/knowledge.ts';
import { loadFolder } from './knowledge/load-folder.ts';
import { sampleFolder } from './knowledge/sample.ts';
import { createProfiles } from './members/profile.ts';
import { DISCORD_FILE_LIMIT } from './messages/to-discord.ts';
import { createServer, opsRoutes } from './ops/http.ts';
import { createAgentNames } from './panel/agent-names.ts';
import { createPanel } from './panel/api.ts';
import { createLiveEvents } from './panel/live-events.ts';
import { createTokenCheck } from './panel/tokens.ts';
import { createNamedTranscripts } from './panel/transcript.ts';
import { holdLease } from './relay/lease.ts';
import { createRelay } from './relay/relay.ts';
import { openStore } from './store/open.ts';
import { createBarriers } from './support/barriers/barriers.ts';
import { type BusinessHours, parseWeek } from './support/barriers/hours.ts';
import { createChanges } from './support/changes.ts';
import { conversationQueries } from './support/conversations.ts';
import type { Payloads } from './support/entries.ts';
import { forgetLinks } from './support/links.ts';
import { createSendArticle } from './support/send-article.ts';
import { createSupport } from './support/support.ts';
import { createTell } from './support/tell.ts';
import { describeReaction, describeRename, transcriptOf } from './support/transcript.ts';
import { createVirtualAgent } from './support/virtual-agent.ts';
import { textsFor } from './texts/index.ts';
import { createTwilioChanges } from './twilio/changes.ts';
import { createTwilio } from './twilio/client.ts';
import { createConversations } from './twilio/conversations.ts';
import { createDesk } from './twilio/desk.ts';
import { createTokenValidator } from './twilio/iam.ts';
import { isOurs } from './twilio/identity.ts';
import { createMedia } from './twilio/media.ts';
import { createOpening } from './twilio/opening.ts';
import { createTranscript } from './twilio/read-back.ts';
import { CONVERSATION_WEBHOOK, twilioRoutes } from './twilio/routes.ts';
import { createTranscriptReader } from './twilio/transcript.ts';
import { parseWebhookUrls } from './webhooks/address.ts';
import { createWebhooks } from './webhooks/webhooks.ts';

export interface Bridge {
  /** The port that it listens on. */
  port: number;
  /** Finishes what is in flight and lets everything go. Safe to call twice. */
  stop(): Promise<void>;
}

const DAY_MS = 24 * 3600_000;
/** As long as the journal keeps what an edit or a deletion is looked up in. */
const LINKS_KEPT_MS = 30 * 24 * 3600_000;

/** Wires and starts one bridge. Throws when it cannot work; nothing is left running then. */
export async function startBridge(config: Config, logger: Logger): Promise<Bridge> {
  const owner = { id: Bun.randomUUIDv7(), leaseMs: config.LEASE_MS };
  const store = await openStore({ databaseUrl: config.DATABASE_URL || undefined, dataDir: config.DATA_DIR });
  const closing: (() => Promise<void>)[] = [() => store.close()];
  const stop = once(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  try {
    const relay = createRelay<Payloads>({ store, logger, owner });
    const conversations = conversationQueries(store);

    const live = createLiveEvents();
    const account = {
      accountSid: config.TWILIO_ACCOUNT_SID,
      authToken: config.TWILIO_AUTH_TOKEN,
      apiUrl: config.TWILIO_API_URL,
    };
    const twilio = createTwilio(account);
    const media = createMedia({ twilio, ...account });
    const client = createClient({
      apiUrl: config.DISCORD_API_URL,
      token: config.DISCORD_TOKEN,
      threads: config.DISCORD_SUPPORT_CHANNEL_ID !== '',
    });
    const { rest } = client;
    const discordFiles = createDiscordFiles({
      rest,
      cdnHosts: config.DISCORD_CDN_HOSTS.split(','),
      limit: config.FILE_LIMIT_BYTES,
    });
    const transcripts = createConversations({
      store,
      relay,
      twilio,
      opening: createOpening({
        store,
        twilio,
        webhookUrl: `${config.PUBLIC_URL}${CONVERSATION_WEBHOOK}`,
        studioFlowSid: config.FLEX_ROUTING === 'studio' ? config.TWILIO_STUDIO_FLOW_SID : null,
      }),
      botName: config.BOT_NAME,
      media,
      openFile: discordFiles.open,
      fileLimit: config.FILE_LIMIT_BYTES,
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
    const tell = createTell({ store, relay });
    const caseFields = parseFields(config.CASE_FIELDS) ?? [];
    const memberFields = parseFields(config.MEMBER_FIELDS) ?? [];
    const cases = createCases({
      store,
      tell: tell.member,
      fields: caseFields,
      changed: (memberId, number) => live.publish({ type: 'case-changed', memberId, caseId: String(number) }),
    });
    const webhooks = createWebhooks({
      store,
      send: tell.send,
      urls: parseWebhookUrls(config.CASE_WEBHOOK_URLS) ?? [],
      secret: config.CASE_WEBHOOK_SECRET,
      allowPrivate: config.CASE_WEBHOOK_PRIVATE === 'allow',
    });
    cases.subscribe(webhooks.listener);
    const support = createSupport({
      store,
      relay,
      desk: { ...desk, ...createTranscript(twilio), isOurs },
      virtualAgent: createVirtualAgent(knowledge),
      routing: config.FLEX_ROUTING,
      studioDeadlineMs: config.STUDIO_DEADLINE_MS,
      checkQuietMs: config.CHECK_QUIET_MS,
      openCase: cases.openForConversation,
      caseAnswered: cases.answered,
      solveCase: cases.solvedByMember,
      onMemberWrote: (conversationSid) => live.publish({ type: 'suggestions-changed', conversationSid }),
      barrierFor: createBarriers({
        hours: businessHours(config),
        cooldownMs: config.HANDOFF_COOLDOWN_MS,
        minimumAgeMs: config.MINIMUM_ACCOUNT_DAYS * DAY_MS,
      }),
      afterwords: config.AFTERWORDS === 'ignore',
      reminderMs: config.INACTIVITY_REMINDER_MS,
      closeMs: config.INACTIVITY_CLOSE_MS,
      transcriptOf,
    });

    const applicationId = config.DISCORD_APPLICATION_ID;
    const delivery = createDelivery({
      store,
      relay,
      rest,
      applicationId,
      reach: createReach({ store, rest, supportChannelId: config.DISCORD_SUPPORT_CHANNEL_ID }),
      openFile: (file) => media.open(file, DISCORD_FILE_LIMIT),
      linkTo: media.temporaryUrl,
    });
    const intake = createIntake(relay, store);
    const directMessages = createDirectMessages({ store, rest, intake, logger });
    const pieces = [createHelpme({ intake, rest }), createPress({ intake })];
    const gateway = createGateway({
      client,
      token: config.DISCORD_TOKEN,
      logger,
      directMessages,
      intake,
      onInteraction: createInteractions({ pieces, rest, logger }),
    });

    const showTyping = createTyping({ rest, logger });
    let serving = false;
    const panel = createPanel({
      store,
      conversations,
      live,
      cases,
      memberFields,
      webhooks,
      knowledge,
      sendArticle: createSendArticle({ store, tell }),
      showTyping: async ({ member_id }) => {
        const member = await conversations.findMember(member_id);
        if (member) showTyping(member);
      },
      logger,
      origins: config.FLEX_ORIGINS.split(','),
      checkToken: createTokenCheck({ validate: createTokenValidator(account) }),
      agentName: createAgentNames(desk.nameOf),
      transcriptOf: createNamedTranscripts({ store, conversations, read: createTranscriptReader(twilio) }),
      profileOf: createProfiles({
        store,
        lookup: createDirectory({
          rest,
          guildIds: () =>
            config.DISCORD_GUILD_ID ? [config.DISCORD_GUILD_ID] : [...client.guilds.cache.keys()],
        }),
        newAccountMs: config.NEW_ACCOUNT_DAYS * DAY_MS,
        onLate: (memberId) => live.publish({ type: 'member-changed', memberId }),
      }),
    });

    const server = createServer(logger, panel.routes)
      .use(
        opsRoutes({
          ready: async () => ({ store: await answers(store.db), gateway: serving && gateway.connected() }),
        }),
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
      panel.close();
      await server.stop();
    });

    const changes = createChanges({ store, relay, describeReaction, describeRename });
    const discordChanges = createDiscordChanges({ store, rest, post: delivery.post });
    const twilioChanges = createTwilioChanges({ store, twilio, postNote: transcripts.postNote });
    await relay.start({
      ...support.handlers,
      ...changes,
      'discord.notice': {
        run: delivery.sendNotice,
        async refused(tx, payload, reason, key) {
          await delivery.noticeRefused(tx, payload, reason, key);
          const { notice } = payload;
          if (notice.is === 'case-comment' || notice.is === 'case-check-in') {
            await cases.undelivered(tx, notice.caseNumber, textsFor(null).undelivered(reason));
          }
        },
      },
      'discord.message': { run: delivery.sendMessage, refused: support.refused.agentMessage },
      'discord.edit': { run: discordChanges.edit },
      'discord.delete': { run: discordChanges.remove },
      'discord.dms-closed': { run: delivery.tellDmsClosed },
      'twilio.member-message': { run: transcripts.postMemberMessage, refused: support.refused.memberMessage },
      'twilio.member-edit': { run: twilioChanges.edit },
      'twilio.member-delete': { run: twilioChanges.remove },
      'twilio.member-note': { run: twilioChanges.note },
      'twilio.bot-message': { run: transcripts.postBotMessage },
      'twilio.interaction': { run: desk.createInteraction },
      'twilio.name-member': { run: transcripts.nameMember },
      'twilio.detach-studio': { run: transcripts.detachStudio },
      'webhook.deliver': webhooks.handler,
      'twilio.close': {
        async run(payload) {
          await desk.closeChannel(payload);
          return transcripts.close(payload);
        },
      },
    });
    closing.push(() => relay.stop());

    const forgetting = setInterval(() => {
      forgetLinks(store, Date.now() - LINKS_KEPT_MS).catch((err) =>
        logger.error({ err }, 'old links were kept'),
      );
      webhooks
        .forget(Date.now() - LINKS_KEPT_MS)
        .catch((err) => logger.error({ err }, 'old webhooks were kept'));
    }, 3600_000);
    closing.push(async () => clearInterval(forgetting));

    const lease = await holdLease(store, 'gateway', owner, logger, {
      async gained() {
        await gateway.start();
        const commands = await registerCommands(
          rest,
          applicationId,
          config.DISCORD_GUILD_ID,
          pieces.flatMap((piece) => piece.commands ?? []),
        );
        await support.catchUpAll();
        serving = true;
        logger.info({ commands }, 'Discord gateway open');
      },
      async lost() {
        serving = false;
        await gateway.stop();
      },
    });
    closing.push(() => lease.stop());

    return { port: server.server?.port ?? config.PORT, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function businessHours(config: Config): BusinessHours | null {
  const week = parseWeek(config.BUSINESS_HOURS);
  if (!week) return null;
  return {
    week,
    timeZone: config.BUSINESS_TIME_ZONE,
    closedOn: new Set(config.BUSINESS_CLOSED_DAYS.split(',')),
  };
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
