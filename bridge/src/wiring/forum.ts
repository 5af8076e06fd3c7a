import { createForumButtons } from '../discord/interactions/forum-buttons.ts';
import { createForumCommands, createPrivacyCommand } from '../discord/interactions/forum-commands.ts';
import type { InteractionHandler } from '../discord/interactions/interaction-handler.ts';
import { createForumReader } from '../discord/public/adopt-forum.ts';
import { createForumPosts } from '../discord/public/forum-posts.ts';
import { createForum } from '../forum/forum.ts';
import { syncSources } from '../forum/sources.ts';
import { teamOf } from '../forum/team.ts';
import { guildQueries } from '../guilds/guilds.ts';
import type { KnownIncidents } from '../incidents/known.ts';
import type { AssistantModule } from './assistant.ts';
import type { CasesModule } from './cases.ts';
import type { Clouds } from './clouds.ts';
import type { Core } from './core.ts';
import type { IntakeModule } from './intake.ts';
import type { KnowledgeModule } from './knowledge.ts';
import type { ToDiscordModule } from './to-discord.ts';

/** Wires the forum desk, which follows the solved posts in the store until it is stopped. */
export async function createForumModule(
  { config, store, relay, logger, live, agentTexts }: Core,
  { knowledge }: KnowledgeModule,
  { virtualAgent }: AssistantModule,
  { cases }: CasesModule,
  knownIncidents: Pick<KnownIncidents, 'find'>,
) {
  const sources = await syncSources({ store, knowledge, use: config.PUBLIC_SOLVED_AS_SOURCES, logger });
  const forum = createForum({
    ...{ store, relay, logger, knowledge, virtualAgent, sources, cases, guilds: guildQueries(store) },
    knownIncidents,
    team: teamOf(relay, agentTexts.forum.released),
    settings: {
      escalateAfterMs: config.PUBLIC_ESCALATE_AFTER_MS,
      restAfterMs: config.PUBLIC_REST_AFTER_MS,
      reminderMs: config.PUBLIC_REMINDER_MS,
      closeMs: config.PUBLIC_CLOSE_MS,
      solvedTag: config.PUBLIC_SOLVED_TAG,
      helperRoles: config.PUBLIC_HELPER_ROLES,
      secrets: config.PUBLIC_SECRETS,
      moderatorsChannelId: config.PUBLIC_MODERATORS_CHANNEL_ID,
    },
    changed: (postId) => live.publish({ type: 'post-changed', postId }),
  });
  return { forum, handlers: forum.handlers, stop: sources.stop };
}

export type ForumModule = Awaited<ReturnType<typeof createForumModule>>;

/** Wires what the forum desk does on Discord, and the buttons and commands that come back. */
export function createForumOnDiscord(
  { config, store, relay, logger }: Core,
  { rest }: Clouds,
  { intake }: IntakeModule,
  { virtualAgent }: AssistantModule,
  { forum }: ForumModule,
  { send }: ToDiscordModule,
) {
  const { solvedTag, moderatorsChannelId } = forum.settings;
  const posts = createForumPosts({
    ...{ store, relay, rest, logger, send },
    settings: { solvedTag, moderatorsChannelId, rest: config.PUBLIC_REST },
  });
  const reader = createForumReader({
    ...{ store, rest, solvedTag },
    adoption: forum.adoption,
    isThanks: virtualAgent.isFarewell,
  });
  const decider = { guilds: guildQueries(store), helperRoles: config.PUBLIC_HELPER_ROLES };
  const interactionHandlers: InteractionHandler[] = [
    createForumButtons({ store, rest, forum, intake, decider }),
    createForumCommands({ store, forum, decider }),
    createPrivacyCommand({ store, intake, forum }),
  ];
  return { interactionHandlers, handlers: [...posts.handlers, ...reader.handlers] as const };
}

export type ForumOnDiscord = ReturnType<typeof createForumOnDiscord>;
