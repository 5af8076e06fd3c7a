import { FLEXCORD_VERSION } from '@flexcord/shared/version';
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { createRecentTroubles, type RecentTroubles } from '../ops/recent-troubles.ts';
import { startTracing } from '../ops/tracing.ts';
import { handlersFor } from '../relay/entries.ts';
import { createAssistantModule } from './assistant.ts';
import { createCasesModule } from './cases.ts';
import { createCloudsModule } from './clouds.ts';
import { createCommunityModule } from './community.ts';
import { openCore } from './core.ts';
import { checkAccountNames, checkInteractionsEndpoint, checkPublicUrl, findFaults } from './first-checks.ts';
import { createForumModule, createForumOnDiscord } from './forum.ts';
import { createGatewayModule } from './gateway.ts';
import { createIncidentsModule, createKnownIncidents, startIncidentWatch } from './incidents.ts';
import { createIntakeModule } from './intake.ts';
import { journalModules } from './journal.ts';
import { createKnowledgeModule } from './knowledge.ts';
import { createOperationsModule } from './operations.ts';
import { createPanelModule } from './panel.ts';
import { startRetention } from './retention.ts';
import { startServer } from './server.ts';
import { watchStore } from './store-watch.ts';
import { createSupportModule } from './support.ts';
import { createTeamInPublicModule, tellingDesk } from './team-in-public.ts';
import { createToDiscordModule } from './to-discord.ts';
import { createToTwilioModule } from './to-twilio.ts';
import { watchTwilio } from './twilio-watch.ts';
import { startUpkeep } from './upkeep.ts';

export interface Bridge {
  /** The port that it listens on. */
  port: number;
  /** Rejects with an OperatorError, or with HeartbeatLost, when the process must end, so that the next one begins anew. */
  over: Promise<never>;
  /** Finishes what is in flight and lets everything go. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Wires and starts one bridge. Throws when it cannot work; nothing is left running then. `troubles`: what the logger remembers
 * for the operations view.
 */
export async function startBridge(
  config: Config,
  logger: Logger,
  troubles: RecentTroubles = createRecentTroubles(),
): Promise<Bridge> {
  const core = await openCore(config, logger);
  const shutdown = createShutdown(() => core.close());
  try {
    await core.live.listen();
    shutdown.add(await traceWhereWanted(config));
    const clouds = createCloudsModule(core);
    const twilioWatch = watchTwilio(clouds.account, logger);
    shutdown.add(twilioWatch.stop);
    await twilioWatch.begin();
    if (await twilioWatch.letsUsIn()) await checkAccountNames(clouds.twilio, config, logger);
    else {
      twilioWatch.onceIn(async () => {
        for (const fault of await findFaults(clouds.twilio, config, logger)) logger.error(fault);
      });
    }
    const knowledgeModule = await createKnowledgeModule(core);
    shutdown.add(knowledgeModule.stop);
    const knownIncidents = await createKnownIncidents(core);
    shutdown.add(knownIncidents.stop);
    const assistantModule = createAssistantModule(core, knowledgeModule, knownIncidents);
    const casesModule = createCasesModule(core);
    const forumModule = await createForumModule(
      core,
      knowledgeModule,
      assistantModule,
      casesModule,
      knownIncidents,
    );
    shutdown.add(forumModule.stop);
    const incidentsModule = createIncidentsModule(core, casesModule, forumModule, knownIncidents);
    const desk = tellingDesk(core, forumModule.forum.desk);
    const supportModule = createSupportModule(core, clouds, assistantModule, casesModule, desk);
    const teamInPublicModule = createTeamInPublicModule(core, casesModule, supportModule, forumModule);
    const toTwilioModule = createToTwilioModule(core, clouds, supportModule);
    const toDiscordModule = createToDiscordModule(core, clouds, supportModule, casesModule);
    const intakeModule = createIntakeModule(core, clouds);
    const communityModule = createCommunityModule(
      core,
      clouds,
      intakeModule,
      casesModule,
      toDiscordModule,
      knowledgeModule,
      forumModule,
    );
    const forumOnDiscord = createForumOnDiscord(
      core,
      clouds,
      intakeModule,
      assistantModule,
      forumModule,
      toDiscordModule,
    );
    const gatewayModule = createGatewayModule(
      core,
      clouds,
      intakeModule,
      supportModule,
      toTwilioModule,
      communityModule,
      forumModule,
      forumOnDiscord,
    );
    const operationsModule = createOperationsModule(core, casesModule, gatewayModule, twilioWatch, troubles);
    const panelModule = createPanelModule(
      core,
      clouds,
      knowledgeModule,
      casesModule,
      supportModule,
      operationsModule,
      teamInPublicModule,
      incidentsModule,
    );

    await toTwilioModule.forgotten.adoptAll();
    const server = startServer(core, clouds, supportModule, panelModule, operationsModule);
    shutdown.add(server.stop);
    await core.relay.start(
      handlersFor(journalModules, [
        ...supportModule.handlers,
        ...teamInPublicModule.handlers,
        ...communityModule.handlers,
        ...incidentsModule.handlers,
        ...forumModule.handlers,
        ...forumOnDiscord.handlers,
        ...toDiscordModule.handlers,
        ...toTwilioModule.handlers,
        ...casesModule.handlers,
      ]),
    );
    shutdown.add(core.relay.stop);
    shutdown.add(startUpkeep(core, casesModule));
    shutdown.add(await startRetention(core, clouds));
    shutdown.add(await startIncidentWatch(core, incidentsModule));
    shutdown.add(await gatewayModule.holdLease());
    void checkPublicUrl(config, logger);
    void checkInteractionsEndpoint(clouds.rest, logger);
    const storeWatch = watchStore(core.store, logger);
    shutdown.add(storeWatch.stop);
    const over = Promise.race([storeWatch.over, core.heartbeat.over]);
    // Whoever waits hears of it; where nobody does, it is no unhandled rejection.
    over.catch(() => {});
    return { port: server.port(), over, stop: shutdown.run };
  } catch (error) {
    await shutdown.run();
    throw error;
  }
}

/** Sends traces where the operator named a receiver. */
const traceWhereWanted = async (config: Config): Promise<() => Promise<void>> =>
  config.OTEL_EXPORTER_OTLP_ENDPOINT === ''
    ? async () => {}
    : startTracing({
        endpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT,
        headers: config.OTEL_EXPORTER_OTLP_HEADERS,
        serviceName: config.OTEL_SERVICE_NAME,
        share: config.OTEL_TRACES_SAMPLER_ARG,
        version: FLEXCORD_VERSION,
      });

/** Stops things in the reverse order of their start, each once. */
function createShutdown(last: () => Promise<void>) {
  const steps = [last];
  let running: Promise<void> | undefined;
  async function stopAll(): Promise<void> {
    for (const stop of steps.splice(0).reverse()) await stop();
  }
  return {
    /** Adds what stops something that has started. */
    add(stop: () => Promise<void>): void {
      steps.push(stop);
    },
    run(): Promise<void> {
      running ??= stopAll();
      return running;
    },
  };
}
