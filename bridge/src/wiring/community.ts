import { createCards } from '../cases/public/cards.ts';
import { createOwnCases } from '../cases/public/own-cases.ts';
import { createRatings } from '../cases/public/ratings.ts';
import { createReports } from '../cases/public/reports.ts';
import { createCaseUpdates } from '../cases/public/updates.ts';
import { createVotes } from '../cases/public/votes.ts';
import { createFeeds } from '../community/feeds/feeds.ts';
import { createAnnounce } from '../discord/interactions/announce.ts';
import { createArticlePages } from '../discord/interactions/article-pages.ts';
import { createCardButtons } from '../discord/interactions/card-buttons.ts';
import { createCaseCommand } from '../discord/interactions/case-command.ts';
import { createFromMessage } from '../discord/interactions/from-message.ts';
import type { InteractionHandler } from '../discord/interactions/interaction-handler.ts';
import { createRating } from '../discord/interactions/rate-conversation.ts';
import { createReport } from '../discord/interactions/report.ts';
import { createSetupCommand } from '../discord/interactions/setup.ts';
import { createAnnouncements } from '../discord/servers/announcements.ts';
import { createCardPosts } from '../discord/servers/cards.ts';
import { createForumSetup } from '../discord/servers/forum-setup.ts';
import { createLosses } from '../discord/servers/losses.ts';
import { createSetup } from '../discord/servers/setup.ts';
import { escapeLine } from '../formats/markdown/escape.ts';
import { guildQueries } from '../guilds/guilds.ts';
import { createTaskRating } from '../twilio/interactions/task-rating.ts';
import type { CasesModule } from './cases.ts';
import type { Clouds } from './clouds.ts';
import type { Core } from './core.ts';
import type { ForumModule } from './forum.ts';
import type { IntakeModule } from './intake.ts';
import type { KnowledgeModule } from './knowledge.ts';
import type { ToDiscordModule } from './to-discord.ts';

/** Wires what happens on servers, outside of private conversations. */
export function createCommunityModule(
  core: Core,
  { rest, ownId, twilio, guildLookup }: Clouds,
  { intake }: IntakeModule,
  { cases }: CasesModule,
  { send }: ToDiscordModule,
  { knowledge }: KnowledgeModule,
  { forum }: ForumModule,
) {
  const { config, store, relay, logger, tell, agentTexts, conversations, activity } = core;
  const guilds = guildQueries(store);
  const applicationId = config.DISCORD_APPLICATION_ID;
  const threadChannelId = config.DISCORD_SUPPORT_CHANNEL_ID;
  const announcements = createAnnouncements({ rest, relay, guilds, logger, applicationId, send });
  const feeds = createFeeds({
    store,
    relay,
    logger,
    urls: config.FEEDS,
    allowPrivate: config.FEED_PRIVATE,
    intervalMs: config.FEED_INTERVAL_MS,
    async channels() {
      const present = await guildLookup.guildIds();
      return (await guilds.all()).flatMap(({ id, announcements_id }) =>
        announcements_id && present.includes(id) ? [announcements_id] : [],
      );
    },
    plain: escapeLine,
  });
  const cards = createCards({ store, relay });
  const votes = createVotes({ store, cases, cards });
  const news = createCaseUpdates({ store, relay, cards, tell });
  cases.subscribe(news.listener);
  const reports = createReports({ store, cases, cards, guilds, guildIds: guildLookup.guildIds });
  const ownCases = createOwnCases({ store, cases });
  const posts = createCardPosts({
    store,
    rest,
    cards,
    guilds,
    send,
    fileLimitOf: guildLookup.uploadLimitOf,
    guildIds: guildLookup.guildIds,
    failed: (tx, caseNumber, reason) =>
      cases.undelivered(tx, caseNumber, agentTexts.community.cardNotPosted(reason)),
    removed: (tx, caseNumber) => cases.undelivered(tx, caseNumber, agentTexts.community.cardRemoved),
  });
  const measure = config.RATING_MEASURE;
  const ratings = createRatings({ store, relay, cases, onTask: measure !== null });
  const taskRating = createTaskRating({ twilio, workspaceSid: config.TWILIO_WORKSPACE_SID, measure });
  let servedChanged = () => {};
  const interactionHandlers: InteractionHandler[] = [
    createRating({ ratings }),
    createReport({ reports, intake, fileLimitOf: guildLookup.uploadLimitOf }),
    createCaseCommand({ store, intake, ownCases }),
    createFromMessage({ reports, guilds, intake }),
    createCardButtons({ store, intake, cards, votes, ownCases }),
    createSetupCommand({
      setUp: createSetup({ rest, guilds, ownId, threadChannelId }),
      setUpForum: createForumSetup({
        ...{ store, rest, adoption: forum.adoption },
        solvedTag: config.PUBLIC_SOLVED_TAG,
        served: () => servedChanged(),
      }),
    }),
    createArticlePages({ find: knowledge.find }),
    createAnnounce({ guilds, publish: announcements.publish }),
  ];
  const losses = createLosses({
    ...{ store, guilds, cards, logger, threadChannelId },
    meets: (memberId) => guildLookup.meets(memberId),
    openMembers: async () =>
      (await conversations.allOpen()).flatMap(({ member_id, thread_id }) => (thread_id ? [] : [member_id])),
    onMemberLeft: activity.leftServer,
  });
  return {
    interactionHandlers,
    feeds,
    ...losses,
    /** `listener` is called whenever `/setup` lets a channel be served, or by another rule. */
    onServedChanged(listener: () => void): void {
      servedChanged = listener;
    },
    handlers: [
      ...announcements.handlers,
      ...posts.handlers,
      ...news.handlers,
      ...taskRating.handlers,
    ] as const,
  };
}

export type CommunityModule = ReturnType<typeof createCommunityModule>;
