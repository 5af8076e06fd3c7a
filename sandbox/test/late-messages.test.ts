import { afterAll, afterEach, beforeAll, expect, test } from 'bun:test';
import { closeHarnesses, type Harness, startHarness } from './harness.ts';

const LATE = 'has not arrived yet';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ env: { DELAY_NOTICE_MS: '1000' } });
});
afterEach(() => harness.faults.clear());
afterAll(closeHarnesses);

test('an agent hears once that a message is late, and it arrives when Discord takes it again', async () => {
  const member = harness.newMember('Bo');
  const { conversationSid } = await harness.startChatWithAgent(member);
  harness.faults.add({
    on: 'api',
    method: 'POST',
    match: /channels\/\d+\/messages/,
    effect: { kind: 'status', status: 503 },
  });
  harness.kim.send(conversationSid, 'are you there?');
  const isLate = (body: string) => body.includes(LATE);
  await harness.waitForTranscript(conversationSid, isLate);
  harness.faults.clear();
  await harness.waitForBotMessage('are you there?', member);
  const notes = harness.twilio.messages(conversationSid).filter(({ body }) => isLate(body ?? ''));
  expect(notes).toHaveLength(1);
  expect(harness.botMessages(member).filter((text) => text.includes(LATE))).toEqual([]);
});

test('a member hears once that a message is late, and it arrives when Twilio takes it again', async () => {
  const member = harness.newMember('Cleo');
  const { conversationSid } = await harness.startChatWithAgent(member);
  harness.faults.add({
    on: 'api',
    method: 'POST',
    match: /conversations\/v1\/.*\/Messages/i,
    effect: { kind: 'status', status: 503 },
  });
  member.dm('my game is gone');
  await harness.waitForBotMessage(LATE, member);
  harness.faults.clear();
  await harness.waitForTranscript(conversationSid, (body) => body === 'my game is gone');
  expect(harness.botMessages(member).filter((text) => text.includes(LATE))).toHaveLength(1);
});
