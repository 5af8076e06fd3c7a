import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { storeKinds } from '@flexcord/bridge/testing/stores';
import { playVirtualAgent } from '../src/tour/assistant.ts';
import { playConversation } from '../src/tour/conversation.ts';
import { closeHarnesses, type Harness, startHarness } from './harness.ts';

afterAll(closeHarnesses);

const [embedded, shared = embedded] = storeKinds;

/** The conversation of `bun run demo --tour`, with every kind of routing and on every store, and its virtual agent once. */
for (const { kind, ...options } of [
  { kind: embedded, routing: 'studio', variants: { studioWebhookSurvives: false } },
  // Whether Studio leaves its webhook does not depend on the store.
  { kind: shared, routing: 'studio', variants: { studioWebhookSurvives: true } },
  { kind: embedded, routing: 'bridge', variants: { studioWebhookSurvives: false } },
] as const) {
  test(`a conversation from first message to the next conversation on ${kind.name}: ${JSON.stringify(options)}`, async () => {
    const place = await kind.make();
    const harness = await startHarness({
      ...options,
      // Other tests run a bundle of the same.
      fromSource: options.routing === 'bridge',
      databaseUrl: place.options.databaseUrl,
      env: { KNOWLEDGE_SAMPLE: 'true' },
    });
    harness.kim.setAvailable(false);
    await playConversation(harness, () => {}).catch((cause) => {
      throw new Error(`${cause}\n${harness.bridge.output().slice(-20).join('\n')}`, { cause });
    });
    if (options.routing === 'bridge') await playVirtualAgent(harness, 'en', () => {});
    await closeHarnesses();
    await place.drop();
  });
}

describe('with Studio', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });

  test('uses four Twilio requests for the first message, one for each later one, and one Discord request for each reply', async () => {
    const { kim, twilio, discord, waitForTranscript } = harness;
    const member = harness.newMember('Bo');
    const asked = () => twilio.requests.filter(({ path }) => !path.startsWith('/studio'));
    const said = () =>
      discord.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/messages'));

    const provisioning = asked().length;
    member.dm('can you help me find my lost ship');
    const sid = await twilio.waitFor(() => twilio.conversations()[0]?.sid);
    await twilio.waitFor(() => asked().length >= provisioning + 4);
    const first = asked()
      .slice(provisioning)
      .map(({ method, path }) => `${method} ${path.replace(sid, 'CH').split('?')[0]}`);
    expect(first.slice(0, 4)).toEqual([
      'POST /conversations/v1/ConversationWithParticipants',
      'POST /conversations/v1/Conversations/CH/Webhooks',
      'POST /conversations/v1/Conversations/CH/Webhooks',
      'POST /conversations/v1/Conversations/CH/Messages',
    ]);

    const { conversationSid } = await harness.startChatWithAgent(member);
    kim.send(conversationSid, 'settled?');
    await harness.waitForBotMessage('settled?', member);
    const before = asked().length;
    for (let n = 0; n < 5; n += 1) member.dm(`word ${n}`);
    await waitForTranscript(conversationSid, (body) => body.startsWith('word'), { count: 5 });
    await twilio.waitFor(() => asked().length - before >= 5);
    expect(asked().length - before).toBe(5);

    const sent = said().length;
    const looked = asked().length;
    for (let n = 0; n < 5; n += 1) kim.send(conversationSid, `reply ${n}`);
    await harness.waitForBotMessage('reply 4', member);
    expect(said().length - sent).toBe(5);
    expect(harness.botMessages(member).filter((text) => text.includes('reply'))).toHaveLength(5);
    // Names that are not known yet; what the transcript is still given of the chat's beginning is no part of this.
    expect(
      asked()
        .slice(looked)
        .filter(({ method }) => method === 'GET').length,
    ).toBeLessThanOrEqual(2);
  });

  test('titles a case with the member’s problem, not with the request for a person', async () => {
    const member = harness.newMember('Cleo');
    member.dm('hello');
    await harness.waitForBotMessage('Hi Cleo!', member);
    member.dm('my golden lantern has vanished');
    member.dm('I want to talk to a person');
    await harness.waitForBotMessage('case number', member);
    const button = member.inbox().find(({ content }) => content.startsWith('Hi Cleo!'));
    if (!button) throw new Error('no greeting');
    member.click(button, 'flexcord:cases');
    await harness.waitForBotMessage('my golden lantern has vanished', member);
  });
});
