import { afterAll, beforeAll, expect, test } from 'bun:test';
import { Client, type Conversation, type Message } from '@twilio/conversations';
import { serveAgent } from '../src/flex/testing.ts';
import { waitUntil } from '../src/wait-until.ts';
import { closeHarnesses, type Harness, startHarness } from './harness.ts';

// What an agent does in the unchanged client of @twilio/conversations reaches the member on Discord, by webhook and bridge.

let harness: Harness;
let wire: ReturnType<typeof serveAgent>;
let client: Client;
let chat: Conversation;

beforeAll(async () => {
  harness = await startHarness();
  const { twilio, kim } = harness;
  wire = serveAgent(twilio, kim);
  client = new Client(twilio.issueToken(kim), wire.conversations as object);
  await new Promise<void>((resolve) => void client.once('initialized', () => resolve()));
  const { conversationSid } = await harness.startChatWithAgent();
  chat = await client.getConversationBySid(conversationSid);
});
afterAll(async () => {
  await client?.shutdown();
  await wire?.stop();
  await closeHarnesses();
});

/** What the member reads of the agent, and whether Discord says that it was edited. */
const read = () =>
  harness.ada
    .inbox()
    .filter(({ content }) => content.startsWith('**Kim**'))
    .map(({ content, edited_timestamp: edited }) => [content, edited !== null]);

test('an agent’s message, attributes, edit, removal and file arrive', async () => {
  await chat.sendMessage('Helo Ada');
  await harness.waitForBotMessage('**Kim**: Helo Ada');
  const message = (await chat.getMessages(1)).items[0];
  // Attributes are no words: nothing happens on Discord.
  await message?.updateAttributes({ mood: 'good' });
  await chat.sendMessage('second');
  await harness.waitForBotMessage('**Kim**: second');
  await harness.twilio.webhooksSettled();
  expect(read()).toEqual([
    ['**Kim**: Helo Ada', false],
    ['**Kim**: second', false],
  ]);
  await message?.updateBody('Hello Ada');
  await waitUntil(() => read()[0]?.[0] === '**Kim**: Hello Ada', { what: 'the edit' });
  expect(read()).toEqual([
    ['**Kim**: Hello Ada', true],
    ['**Kim**: second', false],
  ]);
  await message?.remove();
  await waitUntil(() => read().length === 1, { what: 'the removal' });
  expect(read()).toEqual([['**Kim**: second', false]]);

  const file = { contentType: 'application/pdf', filename: 'plan.pdf', media: Buffer.from('%PDF-1.4 plan') };
  const arrived = harness.discord.waitForMessage(({ message: { attachments } }) => attachments.length > 0);
  await chat.prepareMessage().addMedia(file).build().send();
  const [attachment] = (await arrived).attachments;
  expect(attachment).toMatchObject({ filename: 'plan.pdf' });
  expect(await (await fetch(attachment?.url ?? '')).text()).toBe('%PDF-1.4 plan');
});

test('a member’s message, edit and removal are in the agent’s client', async () => {
  const added = new Promise<Message>((resolve) => void chat.once('messageAdded', resolve));
  const words = harness.ada.dm('It is bleu');
  expect((await added).body).toBe('It is bleu');
  const message = await added;
  harness.ada.edit(words, 'It is blue');
  await waitUntil(() => message.body?.includes('It is blue') ?? false, { what: 'the edit' });
  harness.ada.delete(words);
  const deleted = 'Ada deleted this message';
  await waitUntil(async () => (await chat.getMessages()).items.some(({ body }) => body?.includes(deleted)), {
    what: 'the removal',
  });
});
