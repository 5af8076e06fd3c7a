import { createTiles } from '../cases/counts.ts';
import { countSources } from '../knowledge/sources/health.ts';
import type { MetricsSource } from '../ops/metrics.ts';
import type { RecentTroubles } from '../ops/recent-troubles.ts';
import type { OperationsSource } from '../panel/dependencies.ts';
import { backlogOf, countLanes } from '../relay/overview.ts';
import { countParked } from '../relay/parked.ts';
import { oldestDue } from '../relay/queries.ts';
import { writeFault } from '../store/health.ts';
import { createParked } from '../support/parked.ts';
import type { CasesModule } from './cases.ts';
import type { Core } from './core.ts';
import type { GatewayModule } from './gateway.ts';
import type { TwilioWatch } from './twilio-watch.ts';

/** Wires what operators see: the same figures for Prometheus and for the operations view. */
export function createOperationsModule(
  { store, relay, logger, agentTexts, conversations }: Core,
  { cases }: CasesModule,
  gateway: Pick<GatewayModule, 'isServed'>,
  twilio: TwilioWatch,
  troubles: RecentTroubles,
) {
  const startedAt = Date.now();
  const countCases = createTiles(store);
  let wasWritable = true;

  /** Says why it does not, once, and that it does again. */
  async function takesWrites(): Promise<boolean> {
    const err = await writeFault(store);
    if (err && wasWritable) logger.error({ err }, `the store cannot be written: ${err.message}`);
    if (!err && !wasWritable) logger.info('the store can be written again');
    wasWritable = err === null;
    return wasWritable;
  }

  const ready = async () => ({
    store: await takesWrites(),
    gateway: await gateway.isServed(),
    twilio: await twilio.letsUsIn(),
  });
  const metrics: MetricsSource = {
    ready,
    oldestDueMs: () => oldestDue(store),
    lanes: () => countLanes(store),
    pending: async () => {
      const backlog = await backlogOf(store, { timers: true });
      return Object.fromEntries(backlog.map(({ kind, count }) => [kind, count]));
    },
    parked: () => countParked(store),
    conversations: conversations.countOpen,
    async cases() {
      const { all: _, unassigned: __, ...byStatus } = await countCases();
      return byStatus;
    },
    activeUsers: conversations.activeMembers,
    knowledgeSources: () => countSources(store),
  };
  const operations: OperationsSource = {
    health: async () => ({
      ...(await ready()),
      discordAccepts: !relay.isDown('discord'),
      twilioAccepts: !relay.isDown('twilio'),
    }),
    backlog: () => backlogOf(store, { timers: false }),
    async parked() {
      const counts = Object.values(await countParked(store));
      return counts.reduce((sum, count) => sum + count, 0);
    },
    troubles: troubles.list,
    startedAt,
  };
  const parked = createParked({ store, relay, logger, noteOnCase: cases.undelivered, texts: agentTexts });
  return { ready, metrics, operations, parked };
}

export type OperationsModule = ReturnType<typeof createOperationsModule>;
