import { afterEach, expect, test } from 'bun:test';
import {
  AttachmentBuilder,
  Events,
  type Message,
  MessageFlags,
  type MessageReaction,
  type Typing,
} from 'discord.js';
import fc from 'fast-check';
import { Faults } from '../core/faults.ts';
import { pageMessages } from './state/messages.ts';
import type { MessageRecord } from './state/state.ts';
import { dmIntents, once, type SetUp, setUp } from './testing.ts';

let it: SetUp;
afterEach(() => it.tearDown());

test('direct messages work both ways, with replies, edits, reactions, typing and deletion', async () => {
  it = await setUp();
  const bot = await it.login();
  const heard = once<Message>(bot, Events.MessageCreate);
  it.ada.dm('hello');
  const question = await heard;
  expect(question.author.globalName).toBe('Ada');
  expect(question.guildId).toBeNull();
  const answer = await question.reply('good morning');
  expect(it.ada.inbox().at(-1)?.referenced_message?.content).toBe('hello');

  const typing = once<Typing>(bot, Events.TypingStart);
  it.ada.typing();
  expect((await typing).user.id).toBe(it.ada.id);

  const edited = new Promise<string>((resolve) =>
    bot.once(Events.MessageUpdate, (_old, now) => resolve(now.content)),
  );
  it.ada.edit(question, 'hello there');
  expect(await edited).toBe('hello there');

  const reacted = once<MessageReaction>(bot, Events.MessageReactionAdd);
  it.ada.react(answer, '👍');
  expect((await reacted).emoji.name).toBe('👍');
  await answer.edit('good evening');
  expect(it.ada.inbox().at(-1)?.content).toBe('good evening');
  const deleted = once<Message>(bot, Events.MessageDelete);
  it.ada.delete(question);
  expect((await deleted).id).toBe(question.id);
  await answer.delete();
  expect(it.ada.inbox()).toEqual([]);
});

test('files work both ways, and a fetched message renews their expired URLs', async () => {
  let now = Date.now();
  it = await setUp({ clock: { now: () => now }, limits: { attachmentLifeMs: 60_000 } });
  const bot = await it.login();
  const heard = once<Message>(bot, Events.MessageCreate);
  it.ada.dm('see', { attachments: [{ name: 'mast.txt', data: 'broken', contentType: 'text/plain' }] });
  const message = await heard;
  const url = message.attachments.first()?.url ?? '';
  expect(await (await fetch(url)).text()).toBe('broken');
  expect((await fetch(url.replace(/hm=\w/, 'hm=x'))).status).toBe(404);
  now += 61_000;
  expect((await fetch(url)).status).toBe(404);
  const again = await message.fetch(true);
  expect(await (await fetch(again.attachments.first()?.url ?? '')).text()).toBe('broken');

  const file = new AttachmentBuilder(Buffer.from('a,b'), { name: 'list.csv', description: 'the list' });
  await message.reply({ files: [file] });
  expect(it.ada.inbox().at(-1)?.attachments[0]).toMatchObject({
    filename: 'list.csv',
    size: 3,
    description: 'the list',
  });
});

test('voice messages, stickers, polls and forwarded messages have their own fields', async () => {
  it = await setUp();
  const bot = await it.login();
  const seen: Message[] = [];
  const all = once<Message>(bot, Events.MessageCreate, (m) => m.channel.isDMBased() && seen.push(m) === 4);
  const voice = {
    name: 'voice.ogg',
    data: 'ogg',
    contentType: 'audio/ogg',
    durationSecs: 2.5,
    waveform: 'AAA=',
  };
  it.ada.dm('', { attachments: [voice], voice: true });
  it.ada.dm('', { stickers: [{ name: 'Wave' }] });
  it.ada.dm('', { poll: { question: 'Tea?', answers: ['Yes', 'No'] } });
  it.ada.dm('', { forward: it.ada.say(it.general, 'look at this') });
  await all;
  expect(seen[0]?.flags.has(MessageFlags.IsVoiceMessage)).toBe(true);
  expect(seen[0]?.attachments.first()).toMatchObject({ duration: 2.5, waveform: 'AAA=' });
  expect(seen[1]?.stickers.first()?.name).toBe('Wave');
  expect(seen[2]?.poll?.answers.map((a) => a.text)).toEqual(['Yes', 'No']);
  expect(seen[3]?.messageSnapshots.first()?.content).toBe('look at this');
});

test('a file over the limit is refused with 40005', async () => {
  it = await setUp({ limits: { attachmentMaxBytes: 10 } });
  const bot = await it.login();
  const dm = await (await bot.users.fetch(it.ada.id)).createDM();
  expect(dm.send({ files: [Buffer.from('eleven bytes')] })).rejects.toMatchObject({
    code: 40005,
    status: 413,
  });
});

test('two messages with the same nonce are stored once', async () => {
  it = await setUp();
  const bot = await it.login();
  const dm = await (await bot.users.fetch(it.ada.id)).createDM();
  const first = await dm.send({ content: 'once', nonce: 'SM1.0', enforceNonce: true });
  const second = await dm.send({ content: 'once', nonce: 'SM1.0', enforceNonce: true });
  expect(second.id).toBe(first.id);
  expect(it.ada.inbox()).toHaveLength(1);
});

test('a retry with the same nonce after a lost response is stored once', async () => {
  const faults = new Faults();
  it = await setUp({ faults });
  const bot = await it.login(dmIntents, { rest: { retries: 3 } });
  const dm = await (await bot.users.fetch(it.ada.id)).createDM();
  faults.add({ on: 'api', method: 'POST', match: /messages$/, times: 1, effect: { kind: 'reset-after' } });
  const send = () => dm.send({ content: 'once', nonce: 'SM2.0', enforceNonce: true });
  const sent = await send().catch(send);
  expect(it.ada.inbox().map((m) => m.id)).toEqual([sent.id]);
});

test('closed DMs answer 50007, no mutual server 50278, and both can be undone', async () => {
  it = await setUp();
  const bot = await it.login();
  const dm = await (await bot.users.fetch(it.ada.id)).createDM();
  it.ada.closeDms();
  await expect(dm.send('x')).rejects.toMatchObject({ code: 50007 });
  it.ada.openDms();
  it.guild.leave(it.ada);
  await expect(dm.send('x')).rejects.toMatchObject({ code: 50278 });
  expect(() => it.ada.dm('x')).toThrow('mutual');
  it.guild.join(it.ada);
  expect((await dm.send('x')).content).toBe('x');
});

test('invalid messages are refused with Discord’s errors', async () => {
  it = await setUp({ limits: { rateWindowFactor: 0 } });
  const path = `/channels/${it.general}/messages`;
  const post = (body: unknown) => it.call('POST', path, body);
  expect((await post({ content: 'x'.repeat(2001) })).body).toEqual({
    message: 'Invalid Form Body',
    code: 50035,
    errors: {
      content: { _errors: [{ code: 'BASE_TYPE_MAX_LENGTH', message: 'Must be 2000 or fewer in length.' }] },
    },
  });
  expect((await post({ content: '  ' })).body.code).toBe(50006);
  const button = { type: 2, style: 1, label: 'Go', custom_id: 'go' };
  const twice = await post({ content: 'x', components: [{ type: 1, components: [button, button] }] });
  expect(twice.body.errors.components[0].components[1].custom_id._errors[0].code).toBe(
    'COMPONENT_CUSTOM_ID_DUPLICATED',
  );
  const wide = {
    type: 1,
    components: Array.from({ length: 6 }, (_, i) => ({ ...button, custom_id: `b${i}` })),
  };
  expect((await post({ content: 'x', components: [wide] })).body.code).toBe(50035);
  const long = (await post({ embeds: [{ title: 'x'.repeat(257) }] })).body;
  expect(long.errors.embeds[0].title._errors[0].code).toBe('BASE_TYPE_MAX_LENGTH');
  const text = { type: 10, content: 'hello' };
  expect(
    (await post({ flags: 1 << 15, content: 'x', components: [text] })).body.errors.content,
  ).toBeDefined();
  expect((await post({ components: [text] })).body.code).toBe(50035);
  expect((await post({ flags: 1 << 15, components: [text] })).status).toBe(200);
  expect((await post({ content: 'x', message_reference: { message_id: '1' } })).body.code).toBe(50035);
  expect((await it.call('GET', `${path}/1`)).body).toEqual({ message: 'Unknown Message', code: 10008 });
  expect((await it.call('GET', '/channels/1')).body.code).toBe(10003);
  expect((await it.call('GET', '/users/1')).body.code).toBe(10013);
  expect((await it.call('POST', '/users/@me/channels', { recipient_id: '1' })).body.code).toBe(50033);
  expect((await it.call('GET', '/nowhere')).body).toEqual({ message: '404: Not Found', code: 0 });
  const anonymous = await fetch(`${it.discord.apiBase}/v10/users/@me`);
  expect([anonymous.status, await anonymous.json()]).toEqual([
    401,
    { message: '401: Unauthorized', code: 0 },
  ]);
});

test('without MESSAGE_CONTENT the text in servers is empty unless the bot is mentioned', async () => {
  it = await setUp();
  const bot = await it.login(dmIntents);
  const seen: string[] = [];
  const done = once<Message>(bot, Events.MessageCreate, (m) => {
    seen.push(m.content);
    return m.channel.isDMBased();
  });
  it.ada.say(it.general, 'secret');
  it.ada.say(it.general, `hi <@${bot.user.id}>`);
  it.ada.dm('private');
  await done;
  expect(seen).toEqual(['', `hi <@${bot.user.id}>`, 'private']);
});

test('history pages match a model for every combination of parameters', async () => {
  it = await setUp();
  const ids = fc.integer({ min: 0, max: 40 });
  fc.assert(
    fc.property(ids, ids, fc.integer({ min: 1, max: 20 }), (count, pivot, limit) => {
      const all = Array.from({ length: count }, (_, i) => ({ id: String(100 + i) }) as MessageRecord);
      const at = String(100 + pivot);
      const numbers = (page: Parameters<typeof pageMessages>[1]) =>
        pageMessages(all, page).map((m) => Number(m.id));
      const newest = numbers({ limit });
      expect(newest).toEqual(
        all
          .map((m) => Number(m.id))
          .reverse()
          .slice(0, limit),
      );
      const after = numbers({ after: at, limit });
      expect(after).toEqual(
        Array.from(
          { length: Math.min(limit, Math.max(0, count - pivot - 1)) },
          (_, i) => 101 + pivot + i,
        ).reverse(),
      );
      const before = numbers({ before: at, limit });
      expect(before.every((id, i) => id < 100 + pivot && (i === 0 || id < (before[i - 1] as number)))).toBe(
        true,
      );
      const around = numbers({ around: at, limit });
      expect(around.length).toBeLessThanOrEqual(limit);
      if (pivot < count) expect(around).toContain(100 + pivot);
    }),
  );
});

test('messages that are fetched carry no nonce, the answer and the gateway do', async () => {
  it = await setUp();
  const bot = await it.login();
  const heard = once<Message>(bot, Events.MessageCreate);
  const path = `/channels/${it.ada.dmChannelId}/messages`;
  const { body } = await it.call('POST', path, { content: 'once', nonce: 'n1', enforce_nonce: true });
  expect(body.nonce).toBe('n1');
  expect((await heard).nonce).toBe('n1');
  const [listed] = (await it.call('GET', path)).body;
  expect(listed).toMatchObject({ id: body.id, content: 'once' });
  expect(listed).not.toHaveProperty('nonce');
  expect((await it.call('GET', `${path}/${body.id}`)).body).not.toHaveProperty('nonce');
});
