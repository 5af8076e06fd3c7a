import { afterAll, afterEach, beforeAll, describe, expect, test } from 'bun:test';
import { INTERACTION_WEBHOOK } from '@flexcord/bridge/twilio/webhooks/routes';
import { freePort } from '../src/bridge-process.ts';
import { sdkFor } from '../src/twilio/testing.ts';
import { sign } from '../src/twilio/webhooks/signature.ts';
import { waitUntil } from '../src/wait-until.ts';
import { closeHarnesses, type Harness, startHarness } from './harness.ts';

/*
 * What a real account may do and the stand-ins did not: the ways in which a member would have waited for ever.
 */

/** Soon enough for a test, late enough for Studio. */
const SOON = { STUDIO_DEADLINE_MS: '1500', TRANSCRIPT_CHECK_MS: '1500' };

/** What a member who waits is told. */
const STILL_WAITING = 'A person will be with you';

const offerOf = (harness: Harness, name: string) =>
  harness.kim.waitForReservation(({ task }) => task.attributes.customerName === name);

const liveTasks = (harness: Harness, name: string) =>
  harness.twilio
    .tasks()
    .filter(({ attributes, status }) => attributes.customerName === name && status !== 'canceled');

describe('Studio that does not do what it is told', () => {
  afterEach(closeHarnesses);

  test('asks the bridge and then makes no task: the bridge brings the member to Flex, once', async () => {
    const harness = await startHarness({ env: SOON });
    const { twilio, ada, bridge, env } = harness;
    const types: (string | null)[] = [];
    // As a flow that cannot read the answer.
    twilio.attachStudio({
      onMessageAdded({ conversationSid }) {
        void fetch(`${bridge.url}/twilio/studio/turn`, {
          method: 'POST',
          body: JSON.stringify({ conversationSid, secret: env.STUDIO_SECRET }),
        }).then(({ headers }) => types.push(headers.get('content-type')));
      },
    });
    ada.dm('I want to talk to a person');
    await harness.kim.accept(await offerOf(harness, 'Ada'));
    await harness.waitForBotMessage('Kim joined the chat.');
    expect(twilio.tasks()).toHaveLength(1);
    // Studio's HTTP widget parses an answer of exactly this type only.
    expect(new Set(types)).toEqual(new Set(['application/json']));
  });

  test('keeps its webhook and cannot ask the bridge: a second message makes no second task', async () => {
    const harness = await startHarness({ variants: { studioWebhookSurvives: true } });
    const { twilio, ada, kim, faults, bridge, env } = harness;
    kim.setAvailable(false);
    // Not even the removal of the webhook succeeds.
    const repair = faults.add({
      on: 'api',
      method: 'DELETE',
      match: /Webhooks/,
      effect: { kind: 'status', status: 503 },
    });
    ada.dm('I want to talk to a person');
    await twilio.waitFor(() => twilio.tasks().length > 0);
    await twilio.waitFor(() =>
      twilio.conversations().some(({ attributes }) => attributes.handedOver === 'yes'),
    );
    const sdk = sdkFor(twilio);
    const conversation = sdk.conversations.v1.conversations(twilio.conversations()[0]?.sid ?? '');
    const targets = async () => (await conversation.webhooks.list()).map(({ target }) => target).sort();
    expect(await targets()).toEqual(['studio', 'webhook']);
    const ended = async () =>
      (await sdk.studio.v2.flows(env.TWILIO_STUDIO_FLOW_SID ?? '').executions.list()).filter(
        ({ status }) => status === 'ended',
      ).length;
    await waitUntil(async () => (await ended()) === 1);
    await bridge.kill();
    await conversation.messages.create({
      author: `discord_${ada.id}`,
      body: 'are you there?',
      xTwilioWebhookEnabled: 'true',
    });
    await waitUntil(async () => (await ended()) === 2, { what: 'the second execution of the flow' });
    expect(twilio.tasks()).toHaveLength(1);
    repair();
    await bridge.start();
    await waitUntil(async () => (await targets()).join() === 'webhook', { what: 'the removal' });
  });
});

describe('where the bridge makes the tasks', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ routing: 'bridge', env: SOON });
  });
  afterAll(closeHarnesses);

  test('a task lives as long as Flex lets it', async () => {
    const { twilio, kim } = harness;
    kim.setAvailable(false);
    harness.newMember('Bo').dm('I want to talk to a person');
    const { sid } = await twilio.waitFor(() => liveTasks(harness, 'Bo')[0]);
    const task = await sdkFor(twilio).taskrouter.v1.workspaces(twilio.workspaceSid).tasks(sid).fetch();
    expect(task.timeout).toBe(1_209_600);
  });

  test('a file that this account lets no agent open is named, with its link, and one that it does is carried', async () => {
    const { twilio, kim } = harness;
    kim.setAvailable(true);
    const member = harness.newMember('Eve');
    const { conversationSid } = await harness.startChatWithAgent(member);
    const data = new Uint8Array([1, 2, 3]);
    member.dm('two files', {
      attachments: [
        { name: 'map.jfif', contentType: 'image/jpeg', data },
        { name: 'map.png', contentType: 'image/png', data },
      ],
    });
    const carried = await twilio.waitFor(() =>
      kim.transcript(conversationSid).find(({ media }) => media.length > 0),
    );
    expect(carried.media.map(({ filename }) => filename)).toEqual(['map.png']);
    expect(kim.openFiles(carried)).toHaveLength(1);
    const bodies = kim.transcript(conversationSid).map(({ body }) => body ?? '');
    expect(bodies.find((body) => body.includes('map.jfif'))).toMatch(
      /^\[File: \[map\.jfif\]\(http.*\), 3 B; Flex is not set up to open this kind of file\]$/,
    );
  });

  test('a task was cancelled: the member hears that they still wait, and gets another one', async () => {
    const { twilio, kim } = harness;
    kim.setAvailable(false);
    const member = harness.newMember('Cleo');
    member.dm('I want to talk to a person');
    const { sid } = await twilio.waitFor(() => liveTasks(harness, 'Cleo')[0]);
    twilio.cancelTask(sid, 'Task TTL Exceeded');
    kim.setAvailable(true);
    await kim.accept(await offerOf(harness, 'Cleo'));
    await harness.waitForBotMessage(STILL_WAITING, member);
    await harness.waitForBotMessage('Kim joined the chat.', member);
    expect(liveTasks(harness, 'Cleo')).toHaveLength(1);
  });

  test('a task never was, because Flex could not make the channel: it is tried again', async () => {
    const { twilio, kim } = harness;
    kim.setAvailable(true);
    const member = harness.newMember('Dan');
    member.dm('hello');
    await harness.waitForBotMessage('Hi Dan!', member);
    const identity = `discord_${member.id}`;
    const { sid } = await twilio.waitFor(() =>
      twilio.conversations().find(({ identities }) => identities.includes(identity)),
    );
    const conversation = sdkFor(twilio).conversations.v1.conversations(sid);
    const [participant] = await conversation.participants.list();
    await conversation.participants(participant?.sid ?? '').remove();
    member.dm('I want to talk to a person');
    await twilio.waitFor(() =>
      twilio
        .tasks()
        .some(({ attributes, status }) => attributes.customerName === 'Dan' && status === 'canceled'),
    );
    await conversation.participants.create({ identity });
    await kim.accept(await offerOf(harness, 'Dan'));
    await harness.waitForBotMessage('Kim joined the chat.', member);
    expect(harness.bridge.output().join('\n')).toContain('Flex could not make a channel');
  });

  test('webhooks that a proxy sends in chunks are read, and not beyond what Twilio can send', async () => {
    const { bridge, twilio } = harness;
    const url = `${bridge.url}/twilio/conversations`;
    const fields = { EventType: 'onMessageAdded', ConversationSid: `CH${'0'.repeat(32)}` };
    const post = (text: string) =>
      fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'x-twilio-signature': sign(twilio.authToken, url, fields),
        },
        body: new ReadableStream({
          start(controller) {
            for (const piece of text.match(/.{1,16384}/gs) ?? [])
              controller.enqueue(new TextEncoder().encode(piece));
            controller.close();
          },
        }),
      });
    expect((await post(new URLSearchParams(fields).toString())).status).toBe(204);
    expect((await post('x'.repeat(2_000_000))).status).toBe(413);
  });
});

test('interaction webhooks without a signature are taken for what the address proves, and others are not', async () => {
  const harness = await startHarness({ variants: { signedInteractionWebhooks: false } });
  try {
    const { task } = await harness.startChatWithAgent();
    harness.kim.leave(task);
    // Only the interaction webhook tells that somebody left.
    await harness.waitForBotMessage('Kim left the chat.');
    const body = new URLSearchParams({ EventType: 'onParticipantLeft' }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    for (const query of ['', '?token=', `?token=${'0'.repeat(64)}`]) {
      const answer = await fetch(`${harness.bridge.url}${INTERACTION_WEBHOOK}${query}`, {
        method: 'POST',
        headers,
        body,
      });
      expect(answer.status).toBe(403);
      // The operator reads for which address the signature must have been made.
      expect(await answer.text()).toContain(`${harness.bridge.url}${INTERACTION_WEBHOOK}`);
    }
  } finally {
    await closeHarnesses();
  }
});

describe('after every agent left', () => {
  afterEach(closeHarnesses);

  for (const routing of ['studio', 'bridge'] as const) {
    test(`an account with a routing of its own makes no task: the bridge invites to the same channel (${routing})`, async () => {
      const harness = await startHarness({ routing, env: SOON, variants: { replyAfterLeave: 'nothing' } });
      const { kim, ada, twilio } = harness;
      const { task, conversationSid } = await harness.startChatWithAgent();
      kim.leave(task);
      await harness.waitForBotMessage('Kim left the chat.');
      ada.dm('hello?');
      const again = await offerOf(harness, 'Ada');
      expect(again.task.conversationSid).toBe(conversationSid);
      expect(again.task.attributes.flexInteractionSid).toBe(task.attributes.flexInteractionSid);
      await kim.accept(again);
      await harness.waitForBotMessage('Kim joined the chat.', ada, { count: 2 });
      expect(twilio.tasks()).toHaveLength(2);
    });
  }

  test('hears of it by the status of the channel where the leaving itself is lost', async () => {
    const harness = await startHarness();
    harness.faults.add({ on: 'webhook', match: /onParticipantLeft/, effect: { kind: 'drop' } });
    const { task } = await harness.startChatWithAgent();
    harness.kim.leave(task);
    await harness.waitForBotMessage('Kim left the chat.');
  });

  test('a chat that an agent has put aside gets no task of its own, and goes on when the agent resumes it', async () => {
    const harness = await startHarness({ env: SOON });
    const { kim, ada, twilio } = harness;
    const { task, conversationSid } = await harness.startChatWithAgent();
    kim.pause(task);
    await harness.waitForBotMessage('Kim left the chat.');
    ada.dm('hello?');
    await harness.waitForBotMessage(STILL_WAITING);
    const looked = () => twilio.requests.filter(({ path }) => path.includes('/Interactions/')).length;
    const before = looked();
    await twilio.waitFor(() => looked() > before);
    expect(twilio.tasks()).toHaveLength(1);
    await kim.resume(conversationSid);
    await harness.waitForBotMessage('Kim joined the chat.', ada, { count: 2 });
  });
});

test('an operator reads at the start that webhooks would not arrive, and at which address, or that commands go elsewhere', async () => {
  const harness = await startHarness({ routing: 'bridge' });
  const { bridge, discord } = harness;
  await fetch(`${discord.apiBase}/v10/applications/@me`, {
    method: 'PATCH',
    headers: { authorization: `Bot ${discord.botToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ interactions_endpoint_url: 'https://elsewhere.test/x' }),
  });
  /** A proxy before the bridge that changes the path or the query of what it sends on. */
  const proxy = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: async (request) => {
      const { pathname } = new URL(request.url);
      const path = pathname.startsWith('/query/') ? `${pathname.slice(6)}?added=1` : pathname;
      return fetch(bridge.url + path, {
        method: request.method,
        headers: request.headers,
        body: await request.text(),
      });
    },
  });
  try {
    const origin = `http://127.0.0.1:${proxy.port}`;
    const dead = `http://127.0.0.1:${await freePort()}`;
    for (const [publicUrl, said] of [
      [`${origin}/prefix`, 'something else than this bridge answers'],
      [`${origin}/query`, 'webhooks of Twilio will be refused'],
      [dead, 'could not reach itself through PUBLIC_URL'],
    ] as const) {
      await bridge.stop();
      await bridge.start({ PUBLIC_URL: publicUrl });
      const line = await waitUntil(() => bridge.output().find((one) => one.includes(said)));
      expect(line).toContain(`${publicUrl}/twilio/conversations`);
    }
    const elsewhere = await waitUntil(() =>
      bridge.output().find((one) => one.includes('gets every command and button instead')),
    );
    expect(elsewhere).toContain('https://elsewhere.test/x');
  } finally {
    await proxy.stop(true);
    await closeHarnesses();
  }
});
