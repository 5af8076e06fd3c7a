import type { Logger } from 'pino';
import type { Cases } from '../cases/cases.ts';
import { parseFields } from '../cases/fields.ts';
import type { Config } from '../config/config.ts';
import { createTyping } from '../discord/conversation/typing.ts';
import { createDirectory } from '../discord/servers/directory.ts';
import type { Library } from '../knowledge/articles/library.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { findMember } from '../members/members.ts';
import { createProfiles } from '../members/profile.ts';
import type { Activities } from '../panel/activity.ts';
import { createAgentNames } from '../panel/agent-names.ts';
import { createPanel } from '../panel/api.ts';
import type { LiveEvents } from '../panel/live-events.ts';
import { createTokenCheck } from '../panel/tokens.ts';
import { createNamedTranscripts } from '../panel/transcript.ts';
import type { Relay } from '../relay/relay.ts';
import type { Store } from '../store/open.ts';
import type { ConversationQueries } from '../support/conversations.ts';
import { createSendArticle } from '../support/send-article.ts';
import { createTranscriptReader } from '../twilio/conversations/transcript.ts';
import type { FlexClient } from '../twilio/interactions/flex-client.ts';
import type { Webhooks } from '../webhooks/webhooks.ts';
import type { Clouds } from './clouds.ts';

export interface PanelParts extends Pick<Clouds, 'twilio' | 'validateToken' | 'client' | 'rest'> {
  config: Config;
  store: Store;
  logger: Logger;
  conversations: ConversationQueries;
  live: LiveEvents;
  activity: Activities;
  knowledge: Knowledge;
  library: Library;
  cases: Cases;
  webhooks: Webhooks;
  relay: Relay;
  flexClient: FlexClient;
}

const DAY_MS = 24 * 3600_000;

/** Wires what the Flex plugin calls. */
export function wirePanel({
  config,
  store,
  logger,
  conversations,
  live,
  activity,
  knowledge,
  library,
  cases,
  webhooks,
  relay,
  flexClient,
  twilio,
  validateToken,
  client,
  rest,
}: PanelParts) {
  const showTyping = createTyping({ rest, logger });
  const lookup = createDirectory({
    rest,
    guildIds: () => (config.DISCORD_GUILD_ID ? [config.DISCORD_GUILD_ID] : [...client.guilds.cache.keys()]),
    onNotMember: activity.leftServer,
  });
  return createPanel({
    store,
    conversations,
    live,
    cases,
    memberFields: parseFields(config.MEMBER_FIELDS) ?? [],
    webhooks,
    knowledge,
    library,
    sendArticle: createSendArticle({ store, relay }),
    showTyping: async ({ member_id }) => {
      const member = await findMember(store.db, member_id);
      if (member) showTyping(member);
    },
    logger,
    origins: config.FLEX_ORIGINS.split(','),
    checkToken: createTokenCheck({ validate: validateToken }),
    agentName: createAgentNames(flexClient.nameOf),
    listAgents: flexClient.listAgents,
    transcriptOf: createNamedTranscripts({ store, conversations, read: createTranscriptReader(twilio) }),
    profileOf: createProfiles({
      store,
      lookup,
      newAccountMs: config.NEW_ACCOUNT_DAYS * DAY_MS,
      onLate: (memberId) => live.publish({ type: 'member-changed', memberId }),
    }),
  });
}
