import { expect, test } from 'bun:test';
import pino from 'pino';
import { startTwilio } from '../../../testing/sandbox.ts';
import { storeKinds } from '../../../testing/stores.ts';
import { createHandoffSummaries } from '../../assistant/handoff-summary.ts';
import type { Attempt } from '../../relay/entries.ts';
import type { EntryKey, Lane } from '../../relay/keys.ts';
import { LaneLost } from '../../relay/lanes.ts';
import { createRelay } from '../../relay/relay.ts';
import { conversationQueries } from '../../support/conversations.ts';
import { en } from '../../texts/languages.ts';
import { createTwilio } from '../client.ts';
import { createFlexClient } from './flex-client.ts';

const logger = pino({ enabled: false });
const [kind] = storeKinds;

test('a process that lost the lane while it waited for its turn makes no second task', async () => {
  const place = await kind.make();
  const store = await place.open();
  const twilio = await startTwilio();
  const { accountSid, authToken, url: apiUrl } = twilio;
  const client = createTwilio({ accountSid, authToken, apiUrl });
  const { sid } = await client.conversations.v1.conversations.create({});
  await store.db.insertInto('members').values({ id: '1', name: 'Ada', created_at: 0, seen_at: 0 }).execute();
  const queries = conversationQueries(store);
  const conversationId = await store.transact(async (tx) => {
    const { id } = await queries.open(tx, '1');
    await queries.change(tx, id, { twilio_sid: sid, phase: 'agent' });
    return id;
  });
  const relay = createRelay({
    store,
    logger,
    owner: { id: 'me', leaseMs: 10_000 },
    heartbeat: { alive: () => true, stop: async () => {} },
  });
  const flex = createFlexClient({
    ...{ store, relay, twilio: client, workspaceSid: twilio.workspaceSid, workflowSid: twilio.workflowSid },
    taskChannel: 'chat',
    summaryOf: createHandoffSummaries({ titleOf: () => undefined, unansweredYet: async () => [], texts: en }),
  });
  const attempt = (assertOwned: () => void): Attempt => ({
    ...{
      key: 'k' as EntryKey,
      lane: 'l' as Lane,
      uncertain: false,
      forgottenSince: null,
      failures: 0,
      progress: null,
    },
    ...{ createdAt: 0, save: async () => {}, assertOwned },
  });
  const create = (assertOwned: () => void) =>
    flex.handlers[0].handler.run?.({ conversationId, onlyIfMissing: false }, attempt(assertOwned));
  const lose = () => {
    throw new LaneLost('lost');
  };
  await expect(create(lose)).rejects.toBeInstanceOf(LaneLost);
  expect(twilio.tasks()).toHaveLength(0);
  await create(() => {});
  expect(twilio.tasks()).toHaveLength(1);
  await twilio.stop();
  await place.drop();
});
