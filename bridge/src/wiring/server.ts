import { panelRoutes } from '@flexcord/shared/panel/routes';
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { createServer, opsRoutes } from '../ops/http.ts';
import type { Panel } from '../panel/api.ts';
import type { Relay } from '../relay/relay.ts';
import type { Store } from '../store/open.ts';
import type { ConversationQueries } from '../support/conversations.ts';
import type { Support } from '../support/support.ts';
import { twilioRoutes } from '../twilio/webhooks/routes.ts';

export interface ServerParts {
  config: Config;
  store: Store;
  logger: Logger;
  relay: Relay;
  conversations: ConversationQueries;
  support: Support;
  panel: Panel;
  /** Whether what members do on Discord is heard at present. */
  hearsDiscord(): boolean;
}

/** Starts to listen for the Flex plugin, for Twilio, and for whoever asks how the process is. */
export function startServer({
  config,
  store,
  logger,
  relay,
  conversations,
  support,
  panel,
  hearsDiscord,
}: ServerParts) {
  const server = createServer(logger, panel.routes, [panelRoutes.libraryImport])
    .use(
      opsRoutes({
        ready: async () => ({ store: await answers(store), gateway: hearsDiscord() }),
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
  return {
    /** The port that it listens on. */
    port: () => server.server?.port ?? config.PORT,
    async stop() {
      panel.close();
      await server.stop();
    },
  };
}

async function answers({ db }: Store): Promise<boolean> {
  try {
    await db.selectFrom('leases').select('name').limit(1).execute();
    return true;
  } catch {
    return false;
  }
}
