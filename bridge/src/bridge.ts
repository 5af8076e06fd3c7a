import { join } from 'node:path';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import type { Logger } from 'pino';
import { createSummaries } from './assistant/summaries.ts';
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
import { namesFrom, uploadLimitOf } from './discord/surroundings.ts';
import { createTyping } from './discord/typing.ts';
import { followArticles } from './knowledge/articles/follow.ts';
import { createLibrary } from './knowledge/articles/library.ts';
import { addSample } from './knowledge/articles/sample.ts';
import { forgetGaps } from './knowledge/gaps.ts';
import { warmIntents } from './knowledge/intents/detect.ts';
import { createKnowledge } from './knowledge/knowledge.ts';
import { createProfiles } from './members/profile.ts';
import { createTranscription } from './messages/transcription.ts';
import { createServer, opsRoutes } from './ops/http.ts';
import { createActivity } from './panel/activity.ts';
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
import { transcriptOf } from './support/transcript.ts';
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
import { wireCommunity } from './wiring/community.ts';
import { writing } from './wiring/writing.ts';

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
    const agentTexts = textsFor(config.AGENT_LANGUAGE).message;
    const activity = createActivity({
      conversations,
      live,
      logger,
      shown: new Set(config.MEMBER_ACTIVITY.split(',')),
    });
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
      texts: agentTexts,
      transcribe: config.TRANSCRIPTION_URL
        ? createTranscription({
            url: config.TRANSCRIPTION_URL,
            key: config.TRANSCRIPTION_API_KEY,
            model: config.TRANSCRIPTION_MODEL,
            openFile: discordFiles.open,
            logger,
          })
        : undefined,
    });
    const knowledge = createKnowledge();
    void warmIntents(join(config.DATA_DIR, 'learned'), (err) =>
      logger.warn({ err }, 'what was learned could not be kept: the next start learns it again'),
    );
    const summaryOf = createSummaries({
      titleOf: (id) => knowledge.find(id)?.title,
      texts: textsFor(config.AGENT_LANGUAGE),
    });
    const desk = createDesk({
      store,
      twilio,
      workspaceSid: config.TWILIO_WORKSPACE_SID,
      workflowSid: config.TWILIO_WORKFLOW_SID,
      taskChannel: config.TWILIO_TASK_CHANNEL,
      summaryOf,
    });

    if (config.KNOWLEDGE_SAMPLE === 'true') await addSample(store);
    const articles = await followArticles({
      store,
      knowledge,
      logger,
      onChange: () => live.publish({ type: 'knowledge-changed' }),
    });
    closing.push(() => articles.stop());
    void knowledge.ready().then(() => logger.info('articles learned'));
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
      summaryOf,
      prepare: null,
      write: writing(config, knowledge, logger),
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
      openFile: (file, limit) =>
        file.source?.at === 'discord' ? discordFiles.open(file) : media.open(file, limit),
      threadFileLimit: () => uploadLimitOf(client, config.DISCORD_SUPPORT_CHANNEL_ID),
      nameStyle: config.AGENT_NAME_STYLE,
      linkTo: media.temporaryUrl,
    });
    const intake = createIntake(relay, store, {
      texts: agentTexts,
      language: config.AGENT_LANGUAGE,
      names: namesFrom(client),
    });
    const directMessages = createDirectMessages({ store, rest, intake, logger });
    const community = wireCommunity({
      config,
      store,
      relay,
      rest,
      logger,
      delivery,
      intake,
      cases,
      tell,
      twilio,
    });
    const pieces = [createHelpme({ intake, rest }), createPress({ intake }), ...community.pieces];
    const gateway = createGateway({
      client,
      token: config.DISCORD_TOKEN,
      logger,
      directMessages,
      intake,
      onInteraction: createInteractions({ pieces, rest, logger }),
      onMemberTyping: activity.typing,
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
      library: createLibrary({ store, changed: articles.refresh }),
      sendArticle: createSendArticle({ store, tell }),
      showTyping: async ({ member_id }) => {
        const member = await conversations.findMember(member_id);
        if (member) showTyping(member);
      },
      logger,
      origins: config.FLEX_ORIGINS.split(','),
      checkToken: createTokenCheck({ validate: createTokenValidator(account) }),
      agentName: createAgentNames(desk.nameOf),
      listAgents: desk.listAgents,
      transcriptOf: createNamedTranscripts({ store, conversations, read: createTranscriptReader(twilio) }),
      profileOf: createProfiles({
        store,
        lookup: createDirectory({
          rest,
          guildIds: () =>
            config.DISCORD_GUILD_ID ? [config.DISCORD_GUILD_ID] : [...client.guilds.cache.keys()],
          onNotMember: activity.leftServer,
        }),
        newAccountMs: config.NEW_ACCOUNT_DAYS * DAY_MS,
        onLate: (memberId) => live.publish({ type: 'member-changed', memberId }),
      }),
    });

    const server = createServer(logger, panel.routes, [panelRoutes.libraryImport])
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

    const changes = createChanges({ store, relay, texts: agentTexts, onChanged: activity.changed });
    const discordChanges = createDiscordChanges({
      store,
      rest,
      nameStyle: config.AGENT_NAME_STYLE,
      post: delivery.post,
    });
    const twilioChanges = createTwilioChanges({
      store,
      twilio,
      texts: agentTexts,
      deleted: config.DELETED_MESSAGES,
      postNote: transcripts.postNote,
    });
    await relay.start({
      ...support.handlers,
      ...changes,
      ...community.handlers,
      'discord.notice': {
        run: delivery.sendNotice,
        async refused(tx, payload, reason, key) {
          await delivery.noticeRefused(tx, payload, reason, key);
          const { notice } = payload;
          if (notice.is === 'case-comment' || notice.is === 'case-check-in' || notice.is === 'case-moved') {
            await cases.undelivered(tx, notice.caseNumber, textsFor(null).undelivered(reason));
          }
        },
      },
      'discord.message': {
        run: delivery.sendMessage,
        async refused(tx, payload, reason, key) {
          await support.refused.agentMessage(tx, payload, reason, key);
          if (reason === 'left') store.afterCommit(tx, () => activity.leftServer(payload.memberId));
        },
      },
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
      forgetGaps(store, Date.now() - config.KNOWLEDGE_GAP_DAYS * DAY_MS).catch((err) =>
        logger.error({ err }, 'old unanswered questions were kept'),
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
