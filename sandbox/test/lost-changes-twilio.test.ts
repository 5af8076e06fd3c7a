import { afterAll, afterEach, beforeAll, describe, expect, test } from 'bun:test';
import { storeKinds, type TestPlace } from '@flexcord/bridge/testing/stores';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import type { DiscordUser } from '../src/discord/index.ts';
import { waitUntil } from '../src/wait-until.ts';
import { closeHarnesses, type Harness, startHarness } from './harness.ts';

afterAll(closeHarnesses);

/** More often than an answer must come before the relay believes a refusal. */
const MANY = 6;
/** As a proxy on the way answers: no code of Twilio's. */
const ODD_404 = { kind: 'status', status: 404, body: { message: 'no route' } } as const;

/** What the member reads of Kim's, oldest first, without the name. */
const fromKim = (harness: Harness, member: DiscordUser) =>
  harness
    .botMessages(member)
    .filter((text) => text.startsWith('**Kim**: '))
    .map((text) => text.slice('**Kim**: '.length));

async function reads(harness: Harness, member: DiscordUser, texts: string[]): Promise<void> {
  // What is read instead says more than that the time was over.
  await waitUntil(() => Bun.deepEquals(fromKim(harness, member), texts)).catch(() => {});
  expect(fromKim(harness, member)).toEqual(texts);
}

async function chat(harness: Harness, name: string) {
  const member = harness.newMember(name);
  const { conversationSid, task } = await harness.startChatWithAgent(member);
  return {
    member,
    conversationSid,
    task,
    send: (text: string) => harness.kim.send(conversationSid, text),
    async deliver(...texts: string[]) {
      const sent = texts.map((text) => harness.kim.send(conversationSid, text));
      await harness.waitForBotMessage(texts.at(-1) ?? '', member);
      return sent as [(typeof sent)[number], ...typeof sent];
    },
    reads: (...texts: string[]) => reads(harness, member, texts),
    /** Only what was delivered before the last webhook was answered may be read, and nothing of what came after. */
    async readsAtLast(...texts: string[]) {
      await harness.twilio.webhooksSettled();
      harness.kim.send(conversationSid, 'and now?');
      await harness.waitForBotMessage('and now?', member);
      expect(fromKim(harness, member)).toEqual([...texts, 'and now?']);
    },
  };
}

describe('when chats are looked at after a second of silence', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ env: { TRANSCRIPT_CHECK_MS: '1000' } });
  });
  afterEach(() => harness.faults.clear());

  test('finds an edit and a removal whose webhooks were lost', async () => {
    const { deliver, reads } = await chat(harness, 'Bo');
    const [first, second] = await deliver('first', 'second', 'third');
    harness.faults.add({ on: 'webhook', match: /onMessage(Updated|Removed)/, effect: { kind: 'drop' } });
    harness.kim.edit(first, 'first, edited');
    if (second) harness.kim.remove(second);
    await reads('first, edited', 'third');
  });

  test('does not bring older words back that come after newer ones of the same second were found', async () => {
    const { deliver, reads, readsAtLast } = await chat(harness, 'Cleo');
    const [message] = await deliver('draft');
    harness.faults.add({
      on: 'webhook',
      match: /onMessageUpdated/,
      times: 1,
      effect: { kind: 'delay', ms: 6_000 },
    });
    harness.kim.edit(message, 'older');
    harness.faults.add({ on: 'webhook', match: /onMessageUpdated/, times: 1, effect: { kind: 'drop' } });
    harness.kim.edit(message, 'newer');
    await reads('newer');
    await readsAtLast('newer');
  });
});

describe('when nobody looks by the clock', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterEach(() => harness.faults.clear());

  test('finds at the end of a chat what its last webhooks would have said', async () => {
    const { deliver, reads, task, member } = await chat(harness, 'Bo');
    const [first, second] = await deliver('first', 'second');
    harness.faults.add({ on: 'webhook', match: /onMessage(Updated|Removed)/, effect: { kind: 'drop' } });
    harness.kim.edit(first, 'first, edited');
    if (second) harness.kim.remove(second);
    harness.kim.complete(task);
    await harness.waitForBotMessage('This chat has ended', member);
    await reads('first, edited');
  });

  test('keeps the newer words when the webhook of an older edit comes late', async () => {
    const { deliver, reads, readsAtLast } = await chat(harness, 'Cleo');
    const [message] = await deliver('draft');
    harness.faults.add({
      on: 'webhook',
      match: /onMessageUpdated/,
      times: 1,
      effect: { kind: 'delay', ms: 1_500 },
    });
    harness.kim.edit(message, 'older');
    const then = Date.now();
    await waitUntil(() => Date.now() > then, { what: 'another millisecond' });
    harness.kim.edit(message, 'newer');
    await reads('newer');
    await readsAtLast('newer');
  });

  test('does not deliver a message that was removed before anybody heard of it', async () => {
    const { send, reads, readsAtLast } = await chat(harness, 'Dan');
    const late = { on: 'webhook', match: /onMessageAdded/, times: 1 } as const;
    harness.faults.add({ ...late, effect: { kind: 'delay', ms: 1_500 } });
    harness.faults.add({ on: 'webhook', match: /onMessageRemoved/, effect: { kind: 'drop' } });
    harness.kim.remove(send('never mind'));
    send('heard');
    await reads('heard');
    await readsAtLast('heard');
  });

  test('does not deliver a removed message whose late webhook shows that another was lost', async () => {
    const { send, reads, readsAtLast } = await chat(harness, 'Eve');
    const added = { on: 'webhook', match: /onMessageAdded/, times: 1 } as const;
    harness.faults.add({ on: 'webhook', match: /onMessageRemoved/, effect: { kind: 'drop' } });
    harness.faults.add({ ...added, effect: { kind: 'drop' } });
    send('its webhook is lost');
    harness.faults.add({ ...added, effect: { kind: 'delay', ms: 200 } });
    harness.kim.remove(send('never mind'));
    await reads('its webhook is lost');
    await readsAtLast('its webhook is lost');
  });

  test('goes on with a chat although everything that is read about it is answered with an odd 404', async () => {
    const { conversationSid, member, send, reads } = await chat(harness, 'Dan');
    harness.faults.add({
      on: 'api',
      method: 'GET',
      match: new RegExp(`/Conversations/${conversationSid}($|/Messages)`),
      times: MANY,
      effect: ODD_404,
    });
    harness.faults.add({ on: 'webhook', match: /onMessageAdded/, times: 1, effect: { kind: 'drop' } });
    send('its webhook is lost');
    send('so this one leaves a hole');
    await reads('its webhook is lost', 'so this one leaves a hole');
    expect(harness.faults.list()).toEqual([]);
    member.dm('me too');
    await harness.waitForTranscript(conversationSid, (body) => body === 'me too');
    expect(harness.botMessages(member).join()).not.toContain('This chat has ended');
  });

  test('takes an agent’s first message for their joining, and delivers it although nobody says their name', async () => {
    const member = harness.newMember('Gil');
    member.dm('I want to talk to a person');
    const reservation = await harness.kim.waitForReservation(
      ({ task }) => task.attributes.customerName === 'Gil',
    );
    harness.faults.add({ on: 'webhook', match: /onParticipantJoined/, effect: { kind: 'drop' } });
    harness.faults.add({ on: 'api', method: 'GET', match: /\/Users\//, effect: ODD_404 });
    const { conversationSid } = await harness.kim.accept(reservation);
    harness.kim.send(conversationSid ?? '', 'hello');
    await harness.waitForBotMessage('kim joined the chat.', member);
    await harness.waitForBotMessage('**kim**: hello', member);
  });

  test('keeps a member’s message in its conversation although that cannot be looked at', async () => {
    const { conversationSid, member } = await chat(harness, 'Flo');
    harness.faults.add({
      on: 'api',
      method: 'POST',
      match: new RegExp(`${conversationSid}/Messages`),
      times: 2,
      effect: { kind: 'status', status: 400, body: { code: 59999, message: 'odd' } },
    });
    harness.faults.add({
      on: 'api',
      method: 'GET',
      match: new RegExp(`/Conversations/${conversationSid}$`),
      times: 2,
      effect: ODD_404,
    });
    member.dm('in the same chat');
    await harness.waitForTranscript(conversationSid, (body) => body === 'in the same chat');
    expect(harness.faults.list()).toEqual([]);
  });
});

/** A signed webhook of a message with something odd in it; returns the status that the bridge answers with. */
async function postSigned(harness: Harness, fields: Record<string, string>): Promise<number> {
  const url = `${harness.bridge.url}/twilio/conversations`;
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': getExpectedTwilioSignature(harness.twilio.authToken, url, fields),
    },
    body: new URLSearchParams(fields),
  });
  return response.status;
}

const LONG = 'x'.repeat(100_000);
const ODD_MEDIA: [media: string, read: string][] = [
  ['[null]', '[File: file.bin, 0 B]'],
  ['{', '[File: file.bin, 0 B]'],
  ['7', '[File: file.bin, 0 B]'],
  ['[7,[],"x"]', Array(3).fill('[File: file.bin, 0 B]').join('\n')],
  ['[{"Sid":{},"Filename":"map.png","Size":"large","ContentType":"constructor"}]', '[File: map.png, 0 B]'],
  ['[{"Sid":"ME/../../Users","Filename":[],"Size":-1}]', '[File: file.bin, 0 B]'],
  [`[${Array(5_000).fill('null').join()}]`, Array(20).fill('[File: file.bin, 0 B]').join('\n')],
  ['null', ''],
  ['{}', ''],
];

describe('when something cannot be read', () => {
  for (const kind of storeKinds) {
    test(`in signed webhooks, all that can be read of them arrives, on ${kind.name}`, async () => {
      const place = await kind.make();
      const harness = await startHarness({ databaseUrl: place.options.databaseUrl });
      const { conversationSid, reads, send } = await chat(harness, 'Bo');
      harness.faults.add({ on: 'webhook', match: /onMessage/, effect: { kind: 'drop' } });
      const webhookOf = (text: string) => {
        const { sid, index } = send(text);
        return {
          EventType: 'onMessageAdded',
          ConversationSid: conversationSid,
          MessageSid: sid,
          Index: String(index),
          DateCreated: new Date().toISOString(),
          Author: 'kim',
          Body: text,
          Attributes: '{}',
        };
      };
      const expected: string[] = [];
      for (const [Media, read] of ODD_MEDIA) {
        expected.push(`odd ${expected.length}${read && `\n${read}`}`);
        const fields = { ...webhookOf(`odd ${expected.length - 1}`), Media };
        expect([Media.slice(0, 80), await postSigned(harness, fields)]).toEqual([Media.slice(0, 80), 200]);
      }
      const oddFields: Record<string, string>[] = [
        ...['null', '{', '7', '['.repeat(100_000)].map((Attributes) => ({ Attributes })),
        ...['', 'one', '-1', '1e300', '0x10', '99999999999999999999'].map((Index) => ({ Index })),
        ...['', 'IM', '\u0000', `IM${LONG}`].map((MessageSid) => ({ MessageSid })),
        ...['', 'never', '99999-01-01', LONG].map((DateCreated) => ({ DateCreated })),
      ];
      for (const odd of oddFields) {
        expected.push(`odd ${expected.length}`);
        expect(await postSigned(harness, { ...webhookOf(expected.at(-1) ?? ''), ...odd })).toBe(200);
      }
      const unheard: Record<string, string>[] = [
        { ConversationSid: '\u0000' },
        { ConversationSid: LONG },
        { EventType: LONG, toString: 'x' },
      ];
      for (const odd of unheard)
        expect(await postSigned(harness, { ...webhookOf('left for later'), ...odd })).toBe(204);
      expected.push('left for later', 'left for later', 'left for later');
      harness.faults.clear();
      send('and now?');
      await reads(...expected, 'and now?');
      await harness.close();
      await place.drop();
    });
  }

  test('in what is read back, all that can be read of it arrives', async () => {
    const harness = await startHarness();
    const { conversationSid, reads, send } = await chat(harness, 'Bo');
    const [one, other] = ['its webhook is lost', 'so this one leaves a hole'];
    const odd = {
      author: 'kim',
      attributes: '[',
      date_created: 'never',
      date_updated: 'never',
      media: [null],
    };
    const meta = { key: 'messages', page: 0, page_size: 100, next_page_url: null };
    harness.faults.add({ on: 'webhook', match: /onMessage/, times: 1, effect: { kind: 'drop' } });
    const messages = [send(one), send(other)].map(({ sid, index, body }) => ({ ...odd, sid, index, body }));
    harness.faults.add({
      on: 'api',
      method: 'GET',
      match: new RegExp(`${conversationSid}/Messages`),
      effect: { kind: 'status', status: 200, body: { messages: messages.reverse(), meta } },
    });
    await reads(`${one}\n[File: file.bin, 0 B]`, `${other}\n[File: file.bin, 0 B]`);
  });
});

for (const kind of storeKinds) {
  describe(`after a restart on ${kind.name}`, () => {
    let place: TestPlace;
    let harness: Harness;
    beforeAll(async () => {
      place = await kind.make();
      harness = await startHarness({ databaseUrl: place.options.databaseUrl, env: { LEASE_MS: '3000' } });
    });
    afterAll(async () => {
      await closeHarnesses();
      await place.drop();
    });

    test('finds edits and removals of the meantime, with two requests for a chat and one for each removal', async () => {
      const { deliver, reads, conversationSid } = await chat(harness, 'Bo');
      const [first, second, third] = await deliver('first', 'second', 'third');
      await harness.bridge.kill();
      harness.kim.edit(first, 'first, edited');
      harness.kim.edit(first, 'first, edited again');
      if (second) harness.kim.remove(second);
      if (third) harness.kim.edit(third, 'third');
      await harness.twilio.webhooksSettled();
      const before = harness.twilio.requests.length;
      await harness.bridge.start();
      await reads('first, edited again', 'third');
      const looks = harness.twilio.requests
        .slice(before)
        .filter(({ method, path }) => method === 'GET' && path.includes(conversationSid));
      expect(looks).toHaveLength(3);
    });
  });
}
