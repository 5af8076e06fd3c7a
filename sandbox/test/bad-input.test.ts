import { afterAll, beforeAll, expect, test } from 'bun:test';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { bridgeProcess } from '../src/bridge-process.ts';
import { closeHarnesses, type Harness, startHarness } from './harness.ts';

/** Nothing listens there, so that another bridge's /ready is never mistaken for this one's. */
const UNREACHABLE_URL = 'http://127.0.0.1:1';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(closeHarnesses);

function post(path: string, fields: Record<string, string>, signature?: string): Promise<Response> {
  const url = `${harness.bridge.url}${path}`;
  return fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': signature ?? getExpectedTwilioSignature(harness.twilio.authToken, url, fields),
    },
    body: new URLSearchParams(fields),
  });
}

test('refuses a webhook without a valid signature, without side effects', async () => {
  const { conversationSid } = await harness.startChatWithAgent();
  const before = harness.botMessages().length;
  const forged = {
    EventType: 'onMessageAdded',
    ConversationSid: conversationSid,
    MessageSid: 'IMforged',
    Index: '99',
    Author: 'kim',
    Body: 'forged',
  };
  expect((await post('/twilio/conversations', forged, 'bm90IGEgc2lnbmF0dXJl')).status).toBe(403);
  expect((await post('/twilio/conversations', forged, '')).status).toBe(403);
  expect(
    (
      await post(
        '/twilio/interactions',
        { EventType: 'onChannelStatusUpdated', ChannelStatus: 'closed', MediaChannelSid: conversationSid },
        'x',
      )
    ).status,
  ).toBe(403);
  harness.kim.send(conversationSid, 'genuine');
  await harness.waitForBotMessage('genuine');
  expect(harness.botMessages().slice(before)).toEqual(['**Kim**: genuine']);
});

test('refuses a webhook with an added parameter', async () => {
  const url = `${harness.bridge.url}/twilio/conversations`;
  const signature = getExpectedTwilioSignature(harness.twilio.authToken, url, { EventType: 'x' });
  expect((await post('/twilio/conversations', { EventType: 'x', Extra: 'y' }, signature)).status).toBe(403);
});

test('accepts and ignores unknown webhook events', async () => {
  expect((await post('/twilio/conversations', { EventType: 'onSomethingNew' })).status).toBe(204);
  expect((await post('/twilio/interactions', { EventType: 'onParticipantJoined' })).status).toBe(204);
});

test('refuses a webhook body of one megabyte', async () => {
  const answer = await post('/twilio/conversations', {
    EventType: 'onMessageAdded',
    Body: 'x'.repeat(1024 * 1024),
  });
  expect(answer.status).toBe(413);
});

test('refuses Studio requests without the secret', async () => {
  const ask = (body: unknown) =>
    fetch(`${harness.bridge.url}/twilio/studio/turn`, { method: 'POST', body: JSON.stringify(body) });
  expect((await ask({ conversationSid: 'CH1', secret: 'wrong' })).status).toBe(403);
  expect((await ask({ conversationSid: 'CH1', secret: '' })).status).toBe(403);
  expect((await ask('nonsense')).status).toBe(400);
});

test('every answer says that it is no page and of no other type', async () => {
  for (const path of [
    '/health',
    '/nothing',
    '/panel/members/1',
    '/panel/openapi/json',
    '/twilio/conversations',
  ]) {
    const { headers } = await fetch(`${harness.bridge.url}${path}`);
    expect([path, headers.get('x-content-type-options')]).toEqual([path, 'nosniff']);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    // This bridge is reached by http.
    expect(headers.get('strict-transport-security')).toBeNull();
  }
  const refused = await post('/twilio/conversations', { EventType: 'x' }, 'forged');
  expect(refused.headers.get('x-content-type-options')).toBe('nosniff');
});

test('hears an agent whose message carries a mark of the bridge, forged or copied', async () => {
  const member = harness.newMember('Bo');
  const { conversationSid } = await harness.startChatWithAgent(member);
  member.dm('my boat is gone');
  await harness.waitForTranscript(conversationSid, (body) => body === 'my boat is gone');
  const own = harness.twilio.messages(conversationSid).find(({ body }) => body === 'my boat is gone');
  const marks = [
    { key: 'carry:1', part: 0 },
    { key: 'carry:1', part: 0, code: 'x' },
    own?.attributes.flexcord,
  ];
  for (const [n, flexcord] of marks.entries())
    harness.kim.send(conversationSid, `marked ${n}`, { attributes: { flexcord } });
  for (const n of marks.keys()) await harness.waitForBotMessage(`marked ${n}`, member);
});

test('an agent who joins on a task that is not named is asked nobody about', async () => {
  const member = harness.newMember('Cleo');
  const { conversationSid } = await harness.startChatWithAgent(member);
  const joined = {
    EventType: 'onParticipantJoined',
    ParticipantType: 'agent',
    ParticipantSid: `UT${'0'.repeat(32)}`,
    MediaChannelSid: conversationSid,
  };
  expect((await post('/twilio/interactions', joined)).status).toBe(200);
  await harness.waitForBotMessage('joined the chat', member, { count: 2 });
  expect(harness.twilio.requests.map(({ path }) => path).filter((path) => path.includes('//'))).toEqual([]);
});

test.each(['..', '\\\\', 'kim#', '?a=b', 'a/b', 'kim@x.example'])(
  'asks for the name of the author %p, and for nothing else',
  async (author) => {
    const member = harness.newMember(`Dan ${author}`);
    const { conversationSid } = await harness.startChatWithAgent(member);
    const before = harness.twilio.requests.length;
    const said = `said by ${author}`;
    harness.faults.add({ on: 'webhook', match: /onMessageAdded/, times: 1, effect: { kind: 'drop' } });
    const { sid, index } = harness.kim.send(conversationSid, said);
    const added = {
      EventType: 'onMessageAdded',
      ConversationSid: conversationSid,
      MessageSid: sid,
      Index: String(index),
      Author: author,
      Body: said,
    };
    expect((await post('/twilio/conversations', added)).status).toBe(200);
    await harness.waitForBotMessage('said by', member);
    const asked = harness.twilio.requests.slice(before).filter(({ method }) => method === 'GET');
    const names = asked.map(({ path }) => path).filter((path) => !path.includes(conversationSid));
    // Two dots would be the folder above.
    expect(names).toEqual(author === '..' ? [] : [`/conversations/v1/Users/${encodeURIComponent(author)}`]);
  },
);

test('answers 404 for unknown paths', async () => {
  expect((await fetch(`${harness.bridge.url}/nothing`)).status).toBe(404);
});

test('explains a wrong Discord token in one sentence, without a stack trace', async () => {
  const wrong = bridgeProcess({
    ...harness.env,
    PUBLIC_URL: UNREACHABLE_URL,
    DISCORD_TOKEN: 'not.the.token',
    DATA_DIR: `${harness.env.DATA_DIR}-other`,
    PORT: '0',
  });
  await expect(wrong.start()).rejects.toThrow(/ended with code 1/);
  const said = wrong
    .output()
    .filter((line) => !line.startsWith('{'))
    .join('\n');
  expect(said).toContain('Discord does not accept DISCORD_TOKEN');
  expect(said).not.toContain('    at ');
});

test('refuses a second bridge on the same DATA_DIR', async () => {
  const second = bridgeProcess({ ...harness.env, PUBLIC_URL: UNREACHABLE_URL, PORT: '0' });
  await expect(second.start()).rejects.toThrow(/Another Flexcord bridge is using this DATA_DIR/);
});
