import { panelRoutes } from '@flexcord/shared/panel/routes';
import { twilioAuthTokens } from '../config/twilio-account.ts';
import { createServer, opsRoutes } from '../ops/http.ts';
import { metricsRoutes } from '../ops/metrics.ts';
import { twilioRoutes } from '../twilio/webhooks/routes.ts';
import type { Clouds } from './clouds.ts';
import type { Core } from './core.ts';
import type { OperationsModule } from './operations.ts';
import type { PanelModule } from './panel.ts';
import type { SupportModule } from './support.ts';

/** Starts to listen for the Flex plugin, for Twilio, and for whoever asks how the process is. */
export function startServer(
  { config, logger, relay, conversations, clients }: Core,
  { ownMessages }: Clouds,
  { support }: SupportModule,
  panel: PanelModule,
  { ready, metrics }: OperationsModule,
) {
  const server = createServer(logger, panel.routes, [panelRoutes.libraryImport], {
    clients,
    isSecure: config.PUBLIC_URL.startsWith('https:'),
  })
    .use(
      opsRoutes({
        ready: async () => ({
          ...(await ready()),
          oldestEntryMs: await metrics.oldestDueMs(),
        }),
      }),
    )
    .use(metricsRoutes(config.METRICS_TOKEN, metrics))
    .use(
      twilioRoutes({
        relay,
        support,
        conversations,
        logger,
        ownMessages,
        publicUrl: config.PUBLIC_URL,
        authTokens: twilioAuthTokens(config),
        studioSecrets: [config.STUDIO_SECRET, config.STUDIO_SECRET_PREVIOUS],
      }),
    )
    .listen({
      port: config.PORT,
      hostname: config.HOST,
      // Elysia sets it, and then a second bridge on a port takes half of what comes in instead of being refused.
      reusePort: false,
    });
  return {
    /** The port that it listens on. */
    port: () => server.server?.port ?? config.PORT,
    async stop() {
      panel.close();
      await server.stop();
    },
  };
}
