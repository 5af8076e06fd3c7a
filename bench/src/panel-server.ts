/** The panel API over a full store, as a process of its own; prints its port and a token, and runs until it is stopped. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCases } from '@flexcord/bridge/cases/cases';
import { createLibrary } from '@flexcord/bridge/knowledge/articles/library';
import { sourceStore } from '@flexcord/bridge/knowledge/sources/source-store';
import { createProfiles } from '@flexcord/bridge/members/profile';
import { createServer } from '@flexcord/bridge/ops/http';
import { createLogger } from '@flexcord/bridge/ops/logger';
import { createPanel } from '@flexcord/bridge/panel/api';
import { createLiveEvents } from '@flexcord/bridge/panel/live-events';
import { createTokenCheck } from '@flexcord/bridge/panel/tokens';
import { openStore } from '@flexcord/bridge/store/open';
import { conversationQueries } from '@flexcord/bridge/support/conversations';
import { publicChannels } from '@flexcord/bridge/threads/channels';
import { createTokenValidator } from '@flexcord/bridge/twilio/iam';
import { startTwilio } from '@flexcord/sandbox/src/twilio/index.ts';
import { fill, fullKnowledge } from './panel-data.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'flexcord-bench-'));
process.on('exit', () => rmSync(dataDir, { recursive: true, force: true }));
process.on('SIGTERM', () => process.exit(0));

const store = await openStore({ dataDir, databaseUrl: process.env.DATABASE_URL || undefined });
await fill(store);
const twilio = await startTwilio();
const { accountSid, authToken, url: apiUrl } = twilio;
const live = createLiveEvents({ notices: store, logger: createLogger({ level: 'warn' }) });
await live.listen();
const panel = createPanel({
  store,
  live,
  conversations: conversationQueries(store),
  cases: createCases({ store, tell: async () => {}, changed: () => {}, fields: [] }),
  memberFields: [],
  operations: {
    health: async () => ({
      store: true,
      gateway: true,
      twilio: true,
      discordAccepts: true,
      twilioAccepts: true,
    }),
    backlog: async () => [],
    parked: async () => 0,
    troubles: () => [],
    startedAt: Date.now(),
  },
  parked: { list: async () => [], retry: async () => false, discard: async () => false },
  webhooks: {
    list: async () => ({ deliveries: [], nextCursor: null }),
    replay: async () => ({ is: 'missing' }),
  },
  knowledge: fullKnowledge(),
  library: createLibrary({ store, changed: async () => {} }),
  sources: { ...sourceStore(store), look: () => {}, allowedHosts: [] },
  logger: createLogger({ level: 'warn' }),
  origins: ['https://flex.twilio.com', process.env.BENCH_ORIGIN ?? ''].filter(Boolean),
  checkToken: createTokenCheck({ validate: createTokenValidator({ accountSid, authToken, apiUrl }) }),
  // What Discord and Twilio take for their part is not the bridge's and is left out.
  profileOf: createProfiles({ store, lookup: async () => null, newAccountMs: 0, onLate: () => {} }),
  agentName: async (identity) => identity,
  transcriptOf: async () => null,
  sendArticle: async () => {},
  channels: publicChannels(store),
  actOnPost: async () => ({ is: 'missing' }),
  actOnIncident: async () => ({ is: 'missing' }),
  incidents: { list: async () => [], find: async () => undefined },
  showTyping: async () => {},
  listAgents: async () => [],
});
const server = createServer(createLogger({ level: 'warn' }), panel.routes)
  // Nothing is done here: what a request costs on this machine, as busy as it is.
  .get('/empty', () => ({ ok: true }))
  // Microseconds of processor time so far.
  .get('/cpu', () => process.cpuUsage())
  .listen({ port: 0, hostname: '127.0.0.1' });
const token = twilio.issueToken(
  twilio.createAgent({ identity: 'kim', fullName: 'Kim', roles: ['supervisor'] }),
);
console.log(JSON.stringify({ port: server.server?.port, token }));
