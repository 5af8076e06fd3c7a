import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { storeKinds, type TestPlace } from '@flexcord/bridge/testing/stores';
import type { DiscordUser } from '../src/discord/index.ts';
import { waitUntil } from '../src/wait-until.ts';
import { closeHarnesses, type Harness, startHarness } from './harness.ts';
import { numberedTexts } from './numbered-messages.ts';

afterAll(closeHarnesses);

/** Closes a conversation without a webhook, as a timer of Twilio's does whose webhook is lost. */
async function closeWithoutWebhook({ twilio }: Harness, conversationSid: string): Promise<void> {
  const response = await fetch(`${twilio.url}/conversations/v1/Conversations/${conversationSid}`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${btoa(`${twilio.accountSid}:${twilio.authToken}`)}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'State=closed',
  });
  expect(response.status).toBe(200);
}

let moving: Harness;
beforeAll(async () => {
  moving = await startHarness({ routing: 'bridge' });
});

/** Moves a message to a second conversation, because the first was closed, and from there to a third. */
async function moveTwice(
  member: DiscordUser,
  whileItWaits: (message: ReturnType<DiscordUser['dm']>) => void = () => {},
) {
  const { twilio, faults } = moving;
  const drop = faults.add({ on: 'webhook', match: /onConversationStateUpdated/, effect: { kind: 'drop' } });
  const earlier = new Set(twilio.conversations().map(({ sid }) => sid));
  member.dm('before it was closed');
  const conversations = () => twilio.conversations().filter(({ sid }) => !earlier.has(sid));
  const conversationWith = (words: string) =>
    twilio.waitFor(() =>
      conversations().find(({ sid }) => twilio.messages(sid).some(({ body }) => body?.includes(words))),
    );
  const { sid: first } = await conversationWith('before it was closed');
  await closeWithoutWebhook(moving, first);
  const repair = faults.add({
    on: 'api',
    method: 'POST',
    match: new RegExp(`/Conversations/(?!${first})[^/]+/Messages$`),
    effect: { kind: 'status', status: 503 },
  });
  const message = member.dm('moved twice');
  const second = await twilio.waitFor(
    () =>
      conversations().find(
        ({ sid }) =>
          sid !== first &&
          twilio.requests.some(({ method, path }) => method === 'POST' && path.includes(`${sid}/Webhooks`)),
      )?.sid,
    { what: 'a second conversation for the message' },
  );
  whileItWaits(message);
  await closeWithoutWebhook(moving, second);
  repair();
  const { sid: third } = await conversationWith('moved twice');
  expect([first, second]).not.toContain(third);
  drop();
  return {
    message,
    waitForBody: (body: string) =>
      twilio.waitFor(() => twilio.messages(third).find((each) => each.body === body), {
        what: `“${body}”`,
      }),
  };
}

const EDITED = 'edited after it was moved\n[Edited. Before: moved twice]';

test('applies edits and deletions to a message that was moved to a new conversation twice', async () => {
  const { ada } = moving;
  const { message, waitForBody } = await moveTwice(ada);
  ada.edit(message, 'edited after it was moved');
  await waitForBody(EDITED);
  ada.delete(message);
  await waitForBody(`[Ada deleted this message]\n${EDITED}`);
});

test('applies an edit and a deletion that waited behind a message that was moved', async () => {
  const member = moving.newMember('Bo');
  const { waitForBody } = await moveTwice(member, (message) => {
    member.edit(message, 'edited after it was moved');
    member.delete(message);
  });
  await waitForBody(`[Bo deleted this message]\n${EDITED}`);
});

/** What agents can read of a member's messages, in the order in which it came, of all conversations. */
const readByAgents = ({ twilio }: Harness, matches: (words: string) => boolean) =>
  twilio
    .conversations()
    .flatMap(({ sid }) => twilio.messages(sid))
    .sort((one, other) => one.dateCreated.localeCompare(other.dateCreated))
    .flatMap(({ body, media }) => [body ?? '', ...(media ?? []).map(({ filename }) => filename ?? '')])
    .filter(matches);

const isWord = (words: string) => /^word \d+$/.test(words);

for (const kind of storeKinds) {
  describe(`when an agent ends a chat with messages pending, on ${kind.name}`, () => {
    let place: TestPlace;
    let harness: Harness;
    beforeAll(async () => {
      place = await kind.make();
      const { databaseUrl } = place.options;
      harness = await startHarness({ routing: 'bridge', databaseUrl, env: { LEASE_MS: '3000' } });
    });
    afterAll(async () => {
      await closeHarnesses();
      await place.drop();
    });

    test('moves them in their order, and before what is written after the end, through a crash', async () => {
      const { ada, kim, faults, bridge } = harness;
      const { task } = await harness.startChatWithAgent();
      const post = { on: 'api', method: 'POST', match: /Conversations\/[^/]+\/Messages$/ } as const;
      faults.add({ ...post, times: 1, effect: { kind: 'latency', ms: 1 } });
      const before = faults.list().length;
      const repair = faults.add({ ...post, effect: { kind: 'status', status: 503 } });
      const words = numberedTexts('word', 14);
      for (const text of words.slice(0, 9)) ada.dm(text);
      await waitUntil(() => faults.list().length <= before, { what: 'the first try' });
      kim.complete(task);
      await harness.waitForBotMessage('This chat has ended');
      for (const text of words.slice(9, 12)) ada.dm(text);
      await bridge.kill();
      repair();
      for (const text of words.slice(12)) ada.dm(text);
      await bridge.start();
      await harness.twilio.waitFor(() => readByAgents(harness, isWord).length >= words.length, {
        what: 'all words',
      });
      expect(readByAgents(harness, isWord)).toEqual(words);
    });

    test('carries only the files that are left of a message whose text was there already', async () => {
      const { kim, faults } = harness;
      const member = harness.newMember('Bo');
      const { conversationSid, task } = await harness.startChatWithAgent(member);
      const repair = faults.add({
        on: 'api',
        method: 'POST',
        match: /\/Media\?/,
        effect: { kind: 'status', status: 503 },
      });
      const file = (name: string) => ({ name, contentType: 'text/plain', data: Buffer.from(name) });
      member.dm('with files', { attachments: [file('one.txt'), file('two.txt')] });
      await harness.waitForTranscript(conversationSid, (body) => body === 'with files');
      kim.complete(task);
      await harness.waitForBotMessage('This chat has ended', member);
      member.dm('after the end');
      repair();
      const wanted = ['with files', 'one.txt', 'two.txt', 'after the end'];
      const found = () => readByAgents(harness, (words) => wanted.includes(words));
      await harness.twilio.waitFor(() => found().length >= wanted.length, { what: 'text and files' });
      expect(found()).toEqual(wanted);
    });
  });
}
