import { DAY_MS } from '@flexcord/shared/time';
import { createTyping } from '../discord/conversation/typing.ts';
import { createDirectory } from '../discord/servers/directory.ts';
import { findMember } from '../members/members.ts';
import { createProfiles } from '../members/profile.ts';
import { createPanel } from '../panel/api.ts';
import { createTokenCheck } from '../panel/tokens.ts';
import { createNamedTranscripts } from '../panel/transcript.ts';
import { createSendArticle } from '../support/send-article.ts';
import { createTranscriptReader } from '../twilio/conversations/transcript.ts';
import type { CasesModule } from './cases.ts';
import type { Clouds } from './clouds.ts';
import type { Core } from './core.ts';
import type { IncidentsModule } from './incidents.ts';
import type { KnowledgeModule } from './knowledge.ts';
import type { OperationsModule } from './operations.ts';
import type { SupportModule } from './support.ts';
import type { TeamInPublicModule } from './team-in-public.ts';

/** A panel asks a few times a second while its agent works. */
const CALLER_LIMIT = { requests: 300, seconds: 10 };

/** Wires what the Flex plugin calls. */
export function createPanelModule(
  core: Core,
  { twilio, ownMessages, validateToken, guildLookup, rest }: Clouds,
  { knowledge, library, sources }: KnowledgeModule,
  { cases, webhooks }: CasesModule,
  { flexClient }: SupportModule,
  { operations, parked }: OperationsModule,
  { actOnPost, channels, agentName }: TeamInPublicModule,
  { act: actOnIncident, view: incidents }: IncidentsModule,
) {
  const { config, store, logger, conversations, live, activity, relay } = core;
  const guildId = config.DISCORD_GUILD_ID;
  const showTyping = createTyping({ rest, logger });
  const lookup = createDirectory({
    rest,
    guildIds: async () => (guildId === null ? guildLookup.guildIds() : [guildId]),
    onNotMember: activity.leftServer,
  });
  return createPanel({
    store,
    conversations,
    live,
    cases,
    memberFields: config.MEMBER_FIELDS,
    operations,
    parked,
    webhooks,
    knowledge,
    library,
    sources,
    sendArticle: createSendArticle({ store, relay }),
    showTyping: async ({ member_id }) => {
      const member = await findMember(store.db, member_id);
      if (member) showTyping(member);
    },
    logger,
    origins: config.FLEX_ORIGINS,
    checkToken: createTokenCheck({ validate: validateToken }),
    agentName,
    actOnPost,
    actOnIncident,
    incidents,
    channels,
    addressOf: core.clients.of,
    callerLimit: CALLER_LIMIT,
    agentScope: config.AGENT_SCOPE,
    listAgents: flexClient.listAgents,
    transcriptOf: createNamedTranscripts({
      store,
      conversations,
      read: createTranscriptReader(twilio, ownMessages),
    }),
    profileOf: createProfiles({
      store,
      lookup,
      newAccountMs: config.NEW_ACCOUNT_DAYS * DAY_MS,
      onLate: (memberId) => live.publish({ type: 'member-changed', memberId }),
    }),
  });
}

export type PanelModule = ReturnType<typeof createPanelModule>;
