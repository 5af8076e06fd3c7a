import { afterAll, beforeAll, expect, test } from 'bun:test';
import { Client, type Conversation, type Message } from '@twilio/conversations';
import { type ManualClock, manualClock } from '../twilio/clock.ts';
import type { Agent } from '../twilio/index.ts';
import { openConversation, openInteraction, start, stopAll } from '../twilio/testing.ts';
import { serveAgent } from './testing.ts';

// The unchanged client of @twilio/conversations 3.0 against the sandbox. All tests share one agent and one account, and
// have a conversation each.

let account: Awaited<ReturnType<typeof start>>;
let clock: ManualClock;
let kim: Agent;
let wire: ReturnType<typeof serveAgent>;
let client: Client;

beforeAll(async () => {
  clock = manualClock();
  account = await start({ clock, limits: { mutationsPerSecond: Number.POSITIVE_INFINITY } });
  kim = account.twilio.createAgent({ identity: 'kim', fullName: 'Kim', capacity: 100 });
  wire = serveAgent(account.twilio, kim);
  client = await logIn();
});
afterAll(async () => {
  await client.shutdown();
  await wire.stop();
  await stopAll();
});

/** Another client of the same agent: it knows nothing yet. */
async function logIn(token = account.twilio.issueToken(kim, { expiresIn: 24 * 3600 })): Promise<Client> {
  const made = new Client(token, wire.conversations as object);
  await new Promise<void>((resolve, reject) => {
    made.on('initialized', () => resolve());
    made.on('initFailed', ({ error }) => reject(error));
  });
  // It goes on reading when it says that it is initialized.
  await made.getSubscribedConversations();
  return made;
}

/** Resolves with what the event brings, once it fits. */
function next<Arg>(
  on: Pick<NodeJS.EventEmitter, 'on' | 'off'>,
  event: string,
  fits: (arg: Arg) => boolean = () => true,
): Promise<Arg> {
  return new Promise((resolve) => {
    const listener = (arg: Arg) => {
      if (!fits(arg)) return;
      on.off(event, listener);
      resolve(arg);
    };
    on.on(event, listener);
  });
}

/** A member's chat in which the agent is, as the client has it. */
async function openChat(): Promise<Conversation> {
  const { twilio, hooks } = account;
  const sid = await openConversation(twilio, hooks.url, `discord_${crypto.randomUUID().slice(0, 8)}`);
  await openInteraction(twilio, sid);
  const joined = next<Conversation>(client, 'conversationJoined', (one) => one.sid === sid);
  await kim.accept(await kim.waitForReservation(({ task }) => task.conversationSid === sid));
  await joined;
  return client.getConversationBySid(sid);
}

const rest = (sid: string) => account.sdk.conversations.v1.conversations(sid);
const lastOf = async (conversation: Conversation): Promise<Message> => {
  const message = (await conversation.getMessages(1)).items[0];
  if (!message) throw new Error('no message');
  return message;
};
/** As the client rejects what the server refuses. */
const refused = (work: Promise<unknown>, status: number, code: number) =>
  expect(work).rejects.toMatchObject({ status, body: { status, code } });

test('a conversation is made, found, named, described and deleted', async () => {
  const made = await client.createConversation({
    friendlyName: 'Side room',
    uniqueName: 'side',
    attributes: { topic: 'a' },
  });
  expect(made).toMatchObject({ status: 'notParticipating', friendlyName: 'Side room', createdBy: 'kim' });
  expect(await rest(made.sid).fetch()).toMatchObject({ uniqueName: 'side', attributes: '{"topic":"a"}' });
  const joined = next(client, 'conversationJoined');
  await made.join();
  await joined;
  expect(made.status).toBe('joined');
  const updated = () => next(made, 'updated');
  for (const [change, expected] of [
    [() => made.updateFriendlyName('Renamed'), { friendlyName: 'Renamed' }],
    [() => made.updateAttributes({ topic: 'b' }), { attributes: { topic: 'b' } }],
    [() => made.updateUniqueName('other'), { uniqueName: 'other' }],
  ] as const) {
    const told = updated();
    await change();
    await told;
    expect(made).toMatchObject(expected);
  }
  expect(await rest('other').fetch()).toMatchObject({ friendlyName: 'Renamed', attributes: '{"topic":"b"}' });
  expect((await client.getConversationByUniqueName('other')).sid).toBe(made.sid);
  await refused(client.createConversation({ uniqueName: 'other' }), 409, 50353);
  const listed = (await client.getSubscribedConversations()).items.map(({ sid }) => sid);
  expect(listed).toContain(made.sid);
  // What was read again is what was changed last.
  expect(await client.getConversationBySid(made.sid)).toMatchObject({ friendlyName: 'Renamed' });
  await made.setUserNotificationLevel('muted');
  const removed = next(client, 'conversationRemoved');
  await made.delete();
  await removed;
  await expect(rest(made.sid).fetch()).rejects.toMatchObject({ status: 404 });
});

test('messages are paged from either end and from an anchor, whatever the page size', async () => {
  const chat = await openChat();
  for (let number = 1; number < 25; number++) await rest(chat.sid).messages.create({ body: `${number}` });
  const all = Array.from({ length: 25 }, (_, index) => index);
  const page = async (size: number, anchor?: number, direction?: 'backwards' | 'forward') => {
    // A client that has read nothing yet: what it has read it does not ask again.
    const fresh = await logIn();
    const pages = [await (await fresh.getConversationBySid(chat.sid)).getMessages(size, anchor, direction)];
    for (;;) {
      const last = pages.at(-1);
      if (direction === 'forward' ? !last?.hasNextPage : !last?.hasPrevPage) break;
      pages.push((await (direction === 'forward' ? last?.nextPage() : last?.prevPage())) as never);
    }
    expect(pages.every(({ items }) => items.length <= size)).toBe(true);
    const found = pages.map(({ items }) => items.map(({ index }) => index));
    await fresh.shutdown();
    return (direction === 'forward' ? found : found.toReversed()).flat();
  };
  expect(await page(11)).toEqual(all);
  expect(await page(4, 0, 'forward')).toEqual(all);
  expect(await page(12, 15, 'backwards')).toEqual(all.slice(0, 16));
  expect(await page(6, 20, 'forward')).toEqual(all.slice(20));
});

test('a message is sent, edited, described and removed, and webhooks tell who did it', async () => {
  const chat = await openChat();
  const added = next<Message>(chat, 'messageAdded');
  const index = await chat.sendMessage('Helo', { mood: 'good' });
  expect(await added).toMatchObject({ index, body: 'Helo', author: 'kim', attributes: { mood: 'good' } });
  const message = await lastOf(chat);
  const updated = next(chat, 'messageUpdated');
  await message.updateBody('Hello');
  await updated;
  expect(message).toMatchObject({ body: 'Hello', lastUpdatedBy: 'kim' });
  await message.updateAttributes({ mood: 'better' });
  expect(await rest(chat.sid).messages(message.sid).fetch()).toMatchObject({
    body: 'Hello',
    attributes: '{"mood":"better"}',
  });
  const removed = next<Message>(chat, 'messageRemoved');
  await message.remove();
  expect((await removed).sid).toBe(message.sid);
  for (const event of ['onMessageAdded', 'onMessageUpdated', 'onMessageRemoved']) {
    const { fields } = await account.hooks.next(
      (one) => one.fields.EventType === event && one.fields.MessageSid === message.sid,
    );
    expect(fields).toMatchObject({ Source: 'SDK', ClientIdentity: 'kim', Author: 'kim' });
  }
  await refused(message.updateBody('late'), 404, 20404);
  await refused((await lastOf(chat)).updateBody('not mine'), 403, 50107);
  await refused((await lastOf(chat)).remove(), 403, 50107);
  await refused(chat.sendMessage(''), 400, 20001);
  await refused(chat.sendMessage('x'.repeat(32 * 1024 + 1)), 400, 20001);
  await refused(chat.sendMessage('a', { big: 'x'.repeat(4096) }), 400, 20001);
  expect(await chat.sendMessage('and goes on')).toBeGreaterThan(index);
});

test('participants are added, listed, counted, described and removed', async () => {
  const chat = await openChat();
  expect(await chat.getParticipantsCount()).toBe(2);
  const joined = next<{ identity: string }>(chat, 'participantJoined');
  await chat.add('mina@example.com', { role: 'expert' });
  expect(await joined).toMatchObject({ identity: 'mina@example.com', attributes: { role: 'expert' } });
  const identities = (await chat.getParticipants()).map(({ identity }) => identity);
  expect(identities).toContain('mina@example.com');
  const mina = await chat.getParticipantByIdentity('mina@example.com');
  const updated = next(chat, 'participantUpdated');
  await mina?.updateAttributes({ role: 'guest' });
  await updated;
  expect(mina?.attributes).toEqual({ role: 'guest' });
  await refused(chat.add('mina@example.com'), 409, 50433);
  await refused(chat.addNonChatParticipant('+15550100', '+15550101'), 400, 20001);
  const left = next<{ identity: string }>(chat, 'participantLeft');
  await chat.removeParticipant('mina@example.com');
  expect((await left).identity).toBe('mina@example.com');
  await refused(chat.removeParticipant('mina@example.com'), 404, 50432);
  expect(await rest(chat.sid).participants.list()).toHaveLength(2);
  const gone = next<Conversation>(client, 'conversationLeft', ({ sid }) => sid === chat.sid);
  await chat.leave();
  await gone;
  await expect(client.peekConversationBySid(chat.sid)).rejects.toThrow(/was not found|REFUSED/);
});

test('typing is told both ways', async () => {
  const chat = await openChat();
  const typing: string[] = [];
  const stop = account.twilio.on('typing', ({ identity }) => void typing.push(identity));
  await chat.typing();
  expect(typing).toEqual(['kim']);
  stop();
  const joined = next(chat, 'participantJoined');
  await chat.add('mina');
  await joined;
  const mina = account.twilio.createAgent({ identity: 'mina', fullName: 'Mina', available: false });
  const started = next<{ identity: string }>(chat, 'typingStarted');
  mina.typing(chat.sid);
  expect((await started).identity).toBe('mina');
});

test('what is read is remembered, and the rest counted', async () => {
  const chat = await openChat();
  for (const body of ['one', 'two', 'three']) await rest(chat.sid).messages.create({ body });
  expect(await chat.getUnreadMessagesCount()).toBeNull();
  const updated = next(chat, 'updated', () => chat.lastReadMessageIndex === 1);
  expect(await chat.advanceLastReadMessageIndex(1)).toBe(2);
  await updated;
  expect(await chat.setAllMessagesRead()).toBe(0);
  expect((await rest(chat.sid).participants('kim').fetch()).lastReadMessageIndex).toBe(3);
  expect(await chat.setAllMessagesUnread()).toBeNull();
  expect((await rest(chat.sid).participants('kim').fetch()).lastReadMessageIndex).toBeNull();
  expect(await chat.getMessagesCount()).toBe(4);
});

test('messages inside of a chat have no delivery receipts', async () => {
  const message = await lastOf(await openChat());
  expect(message.aggregatedDeliveryReceipt).toBeNull();
  expect(await message.getDetailedDeliveryReceipts()).toEqual([]);
  expect(await message.getMessageRecipients()).toEqual([]);
});

test('files go up by the Media Content Service, and come down by temporary links one by one or as a set', async () => {
  const chat = await openChat();
  const bytes = Buffer.from('%PDF-1.4 a plan');
  const added = next<Message>(chat, 'messageAdded');
  await chat
    .prepareMessage()
    .addMedia({ contentType: 'application/pdf', filename: 'plan.pdf', media: bytes })
    .build()
    .send();
  const [medium] = (await added).attachedMedia ?? [];
  expect(medium).toMatchObject({
    filename: 'plan.pdf',
    contentType: 'application/pdf',
    size: bytes.byteLength,
  });
  const one = await medium?.getContentTemporaryUrl();
  const set = await client.getTemporaryContentUrlsForMedia(medium ? [medium] : []);
  for (const url of [one, set.get(medium?.sid ?? '')])
    expect(await (await fetch(url ?? '')).text()).toBe('%PDF-1.4 a plan');
  await expect(client.getTemporaryContentUrlsForMediaSids(['ME404'])).rejects.toContain('ME404');
  const other = await fetch(one?.replace(/Signature=../, 'Signature=00') ?? '');
  expect(other.status).toBe(403);
  const stored = (await account.twilio.messages(chat.sid)).at(-1);
  expect(stored).toMatchObject({ body: null, media: [{ filename: 'plan.pdf' }] });
});

test('a user has a name and attributes, which only the user changes', async () => {
  await client.user.updateFriendlyName('Kim K.');
  const updated = next(client.user, 'updated', () => client.user.friendlyName === 'Kim Q.');
  await client.user.updateFriendlyName('Kim Q.');
  await client.user.updateAttributes({ team: 'blue' });
  await updated;
  expect(await account.sdk.conversations.v1.users('kim').fetch()).toMatchObject({
    friendlyName: 'Kim Q.',
    attributes: '{"team":"blue"}',
  });
  await openChat();
  const [member] = (await account.sdk.conversations.v1.users.list()).filter(({ identity }) =>
    identity.startsWith('discord_'),
  );
  const other = await client.getUser(member?.identity ?? '');
  expect(other.friendlyName).toBe(member?.friendlyName ?? '');
  await refused(other.updateFriendlyName('x'), 403, 50107);
  await expect(client.getUser('nobody')).rejects.toMatchObject({ status: 404 });
});

test('a conversation is inactive until somebody writes, and closed for good', async () => {
  const chat = await openChat();
  const becomes = (state: string) => next(chat, 'updated', () => chat.state?.current === state);
  const inactive = becomes('inactive');
  await rest(chat.sid).update({ state: 'inactive' });
  await inactive;
  const active = becomes('active');
  await chat.sendMessage('still there?');
  await active;
  const message = await lastOf(chat);
  const closed = becomes('closed');
  await rest(chat.sid).update({ state: 'closed' });
  await closed;
  for (const work of [
    () => chat.sendMessage('late'),
    () => message.updateBody('late'),
    () => message.remove(),
    () => chat.add('late'),
    () => chat.updateAttributes({}),
  ])
    await refused(work(), 400, 50438);
});

test('devices are registered for push notifications, moved and removed', async () => {
  const devices = () => [...wire.push.values()].map(({ channel, address }) => `${channel}:${address}`);
  await client.setPushRegistrationId('fcm', 'phone');
  await client.setPushRegistrationId('apn', 'tablet');
  expect(devices()).toEqual(['fcm:phone', 'apn:tablet']);
  await client.setPushRegistrationId('fcm', 'another phone');
  expect(devices()).toEqual(['apn:tablet', 'fcm:another phone']);
  // A client that knows nothing of the registration names the device.
  const fresh = await logIn();
  await fresh.removePushRegistrations('apn', 'tablet');
  expect(devices()).toEqual(['fcm:another phone']);
  await fresh.shutdown();
  await client.unsetPushRegistrationId('fcm');
  expect(devices()).toEqual([]);
});

test('a token is announced to end, renewed, and ends the connection', async () => {
  const { twilio } = account;
  const token = twilio.issueToken(kim, { expiresIn: 600 });
  const short = await logIn(token);
  const warned = next(short, 'tokenAboutToExpire');
  clock.advance(7 * 60_000);
  await warned;
  await short.updateToken(twilio.issueToken(kim, { expiresIn: 600 }));
  clock.advance(4 * 60_000);
  expect(short.connectionState).toBe('connected');
  const expired = next(short, 'tokenExpired');
  clock.advance(7 * 60_000);
  await expired;
  for (const [bad, errorCode] of [
    [token, 20104],
    ['nonsense', 20101],
  ] as const) {
    const late = new Client(bad, wire.conversations as object);
    const error = next(late, 'connectionError');
    expect(await error).toMatchObject({ terminal: true, httpStatusCode: 401, errorCode });
  }
});

test('a client that was away is told what it missed, each once', async () => {
  const chat = await openChat();
  await chat.sendMessage('before');
  await chat.getParticipants();
  const message = await lastOf(chat);
  const seen: (string | null)[] = [];
  chat.on('messageAdded', ({ body }) => void seen.push(body));
  const connecting = next<string>(client, 'connectionStateChanged', (state) => state === 'connecting');
  wire.cut();
  await connecting;
  for (const body of ['one', 'two']) await rest(chat.sid).messages.create({ body });
  await rest(chat.sid).messages(message.sid).update({ body: 'changed meanwhile' });
  const renamed = next(chat, 'updated', () => chat.friendlyName === 'meanwhile');
  await rest(chat.sid).update({ friendlyName: 'meanwhile' });
  await renamed;
  const last = next<Message>(chat, 'messageAdded', ({ body }) => body === 'three');
  await rest(chat.sid).messages.create({ body: 'three' });
  await last;
  expect(seen).toEqual(['one', 'two', 'three']);
  expect(message.body).toBe('changed meanwhile');
});

test('nothing was asked that the sandbox does not answer', () => {
  expect(wire.unknown).toEqual([]);
});
