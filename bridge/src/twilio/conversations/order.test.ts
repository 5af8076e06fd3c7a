import { afterAll, afterEach, beforeEach, describe, expect, test } from 'bun:test';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REST } from 'discord.js';
import pino from 'pino';
import { createDelivery } from '../../discord/conversation/deliver.ts';
import { createMemberChannel } from '../../discord/conversation/member-channel.ts';
import { createOwnEchoes } from '../../discord/conversation/own-echoes.ts';
import { createReadBack } from '../../discord/conversation/read-back.ts';
import { createSender } from '../../discord/conversation/send.ts';
import type { CanonicalMessage } from '../../messages/canonical.ts';
import { handlersFor } from '../../relay/entries.ts';
import type { EntryKey } from '../../relay/keys.ts';
import { createRelay, type Relay } from '../../relay/relay.ts';
import { openStore, type Store } from '../../store/open.ts';
import { conversationQueries } from '../../support/conversations.ts';
import * as outgoing from '../../support/outgoing.ts';
import { en } from '../../texts/languages.ts';
import { createTwilio } from '../client.ts';
import { createConversations } from './conversations.ts';
import { createMedia } from './media.ts';
import { createConversationOpener } from './opening.ts';
import { createOwnMessages } from './own-messages.ts';

/** Each way, so that the conversation has a thousand. */
const COUNT = 500;
const logger = pino({ enabled: false });

/** Both clouds, forgetful: now and then a message is taken or not, and the answer is 503 either way. */
describe('a thousand messages of one conversation', () => {
  const onDiscord: { id: string; content: string; nonce: string }[] = [];
  const onTwilio: { sid: string; index: number; body: string; attributes: string }[] = [];
  let asked = 0;
  const busy = () => new Response('{}', { status: 503, headers: { 'content-type': 'application/json' } });
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    async fetch(request) {
      const { pathname, searchParams } = new URL(request.url);
      if (pathname.endsWith('/Webhooks')) return Response.json({ webhooks: [], meta: { key: 'webhooks' } });
      if (request.method === 'GET' && pathname.endsWith('/Messages'))
        return Response.json({ messages: onTwilio.slice(-50).reverse(), meta: { key: 'messages' } });
      if (request.method === 'GET' && pathname.startsWith('/api/')) {
        const from = Number(searchParams.get('after') ?? onDiscord.length - 1);
        const found = onDiscord.slice(from, from + Number(searchParams.get('limit')));
        const rest = { author: { id: '2' }, attachments: [], embeds: [] };
        return Response.json(found.map(({ nonce, ...message }) => ({ ...message, ...rest })).reverse());
      }
      asked += 1;
      if (asked % 97 === 0) return busy();
      if (pathname.startsWith('/api/')) {
        const { content, nonce } = (await request.json()) as { content: string; nonce: string };
        const known = onDiscord.find((message) => message.nonce === nonce);
        const message = known ?? { id: String(onDiscord.length + 1), content, nonce };
        if (!known) onDiscord.push(message);
        return asked % 89 === 0 ? busy() : Response.json(message);
      }
      const form = new URLSearchParams(await request.text());
      const index = onTwilio.length;
      const sid = `IM${String(index).padStart(32, '0')}`;
      const given = (name: string) => form.get(name) ?? '';
      const message = {
        ...{ sid, index, author: given('Author') },
        ...{ body: given('Body'), attributes: given('Attributes') },
      };
      onTwilio.push(message);
      return asked % 89 === 0 ? busy() : Response.json(message, { status: 201 });
    },
  });
  afterAll(() => server.stop(true));

  // Order does not hang on the disk, so memory will do.
  const dataDir = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'flexcord-order-'));
  let store: Store;
  let relay: Relay;
  beforeEach(async () => {
    store = await openStore({ dataDir });
    relay = createRelay({
      store,
      logger,
      owner: { id: 'me', leaseMs: 10_000 },
      backoff: { first: 2, max: 10 },
      heartbeat: { alive: () => true, stop: async () => {} },
    });
  });
  afterEach(async () => {
    await relay.stop();
    await store.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test('keep their order, each once', async () => {
    const memberId = '1';
    await store.db
      .insertInto('members')
      .values({
        ...{ id: memberId, name: 'Ada', locale: null, created_at: 0, seen_at: 0 },
        ...{ dm_channel_id: '5', discord_cursor: null, thread_id: null, thread_cursor: null },
        dm_closed_at: null,
      })
      .execute();
    const conversationId = await store.transact(async (tx) => {
      const queries = conversationQueries(store);
      const { id } = await queries.open(tx, memberId);
      await queries.change(tx, id, { twilio_sid: 'CH1', relay_webhook_sid: 'WH1', phase: 'agent' });
      return id;
    });
    const account = {
      ...{ accountSid: `AC${'0'.repeat(32)}`, authToken: '0'.repeat(32), apiUrl: server.url.origin },
    };
    const twilio = createTwilio(account);
    const media = createMedia({ twilio, ...account });
    const rest = new REST({ api: `${server.url.origin}/api`, globalRequestsPerSecond: 100_000, retries: 0 });
    rest.setToken('x');
    const texts = en.message;
    const readBack = createReadBack({ rest, ownId: async () => '2' });
    const delivery = createDelivery({
      ...{ store, relay, rest, applicationId: '2', nameStyle: 'none' },
      send: createSender({
        ...{ store, relay, rest, readBack, secondLookMs: 60_000, openFile: media.open },
        echoes: createOwnEchoes(),
      }),
      withMemberChannel: createMemberChannel({ store, rest, supportChannelId: '' }),
      linkTo: media.temporaryUrl,
      publicFileLimit: async () => 0,
      threadFileLimit: async () => 0,
    });
    const conversations = createConversations({
      ...{ store, relay, twilio, media, texts, botName: 'Bot', fileLimit: 0 },
      ownMessages: createOwnMessages({ store, authTokens: ['x'], botName: 'Bot' }),
      opening: createConversationOpener({ store, twilio, webhookUrl: '', studioFlowSid: null }),
      openFile: (file) => media.open(file, 0),
      pace: async () => {},
      closeChannel: async () => {},
    });

    const done = new Promise<void>((resolve) => {
      let left = 2;
      const last = async () => {
        left -= 1;
        if (left === 0) resolve();
        return undefined;
      };
      const nothing = { run: async () => undefined };
      void relay.start(
        handlersFor(
          [outgoing],
          [
            ...delivery.handlers,
            ...conversations.handlers,
            outgoing.deletionToMember.handledBy({ run: last }),
            outgoing.deletionToAgent.handledBy({ run: last }),
            outgoing.editToMember.handledBy(nothing),
            outgoing.editToAgent.handledBy(nothing),
            outgoing.noteToAgent.handledBy(nothing),
            outgoing.summaryChange.handledBy(nothing),
            outgoing.newInteraction.handledBy(nothing),
            outgoing.interactionInDoubt.handledBy(nothing),
          ],
        ),
      );
    });
    const message = (n: number): CanonicalMessage => ({
      ...{ id: String(n), channelId: '5', author: { id: memberId, name: 'Ada' }, files: [], notes: [] },
      text: `message ${n}`,
    });
    await relay.commit(
      Array.from({ length: COUNT }, (_, n) => [
        outgoing.messageToMember({ memberId, conversationId, message: { ...message(n), id: `IM${n}` } }),
        outgoing.messageToAgent({ conversationId, message: message(n) }, String(n) as EntryKey),
      ]).flat(),
    );
    await relay.commit([
      outgoing.deletionToMember({ memberId, conversationId, messageSid: 'last' }),
      outgoing.deletionToAgent({ conversationId, messageId: '', name: '' }, 'last' as EntryKey),
    ]);
    await done;
    const expected = Array.from({ length: COUNT }, (_, n) => `message ${n}`);
    expect(onDiscord.map(({ content }) => content)).toEqual(expected);
    expect(onTwilio.map(({ body }) => body)).toEqual(expected);
    expect(asked).toBeGreaterThan(2 * COUNT);
  });
});
