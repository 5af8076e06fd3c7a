import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { createClientAddresses } from '../ops/http.ts';
import { createActivity } from '../panel/activity.ts';
import { createLiveEvents } from '../panel/live-events.ts';
import { createRelay } from '../relay/relay.ts';
import { openStore } from '../store/open.ts';
import { conversationQueries } from '../support/conversations.ts';
import { createMemberNotifier } from '../support/notify-member.ts';

/** Opens what every module works with: the store, the relay on it, and the live events of the panel. */
export async function openCore(config: Config, logger: Logger) {
  const store = await openStore({
    databaseUrl: config.DATABASE_URL || undefined,
    dataDir: config.DATA_DIR,
    logger,
  });
  const owner = { id: Bun.randomUUIDv7(), leaseMs: config.LEASE_MS };
  const heartbeat = await store.heartbeat(owner);
  const relay = createRelay({
    store,
    logger,
    owner,
    heartbeat,
    lateness: { toldAfterMs: config.DELAY_NOTICE_MS },
  });
  const conversations = conversationQueries(store);
  const live = createLiveEvents({ notices: store, logger });
  const shown = new Set<string>(config.MEMBER_ACTIVITY);
  return {
    config,
    logger,
    store,
    /** This process, as leases name it. */
    owner,
    heartbeat,
    relay,
    conversations,
    /** Where requests come from. */
    clients: createClientAddresses(config.TRUSTED_PROXIES, config.CLIENT_ADDRESS_HEADER),
    live,
    activity: createActivity({ store, conversations, live, logger, shown }),
    tell: createMemberNotifier(relay),
    /** The words that agents read. */
    agentTexts: config.AGENT_LANGUAGE,
    async close(): Promise<void> {
      live.stop();
      await heartbeat.stop();
      await store.close();
    },
  };
}

export type Core = Awaited<ReturnType<typeof openCore>>;
