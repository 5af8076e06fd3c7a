import { afterEach, expect, test } from 'bun:test';
import { createInflate } from 'node:zlib';
import { Events, GatewayIntentBits as I, type Message } from 'discord.js';
import { dmIntents, once, type SetUp, setUp } from './testing.ts';

let it: SetUp;
afterEach(() => it.tearDown());

/** A raw gateway client with the received frames and the close code. */
async function connect(query = '?v=10&encoding=json') {
  const socket = new WebSocket(`${it.discord.url.replace('http', 'ws')}/gateway${query}`);
  socket.binaryType = 'arraybuffer';
  const frames: { op: number; t: string | null; d: never; s: number | null }[] = [];
  const waiting: (() => void)[] = [];
  const notify = () => {
    for (const resolve of waiting.splice(0)) resolve();
  };
  const inflate = createInflate({ flush: 2 });
  inflate.on('data', (data: Buffer) => {
    frames.push(JSON.parse(data.toString()));
    notify();
  });
  socket.onmessage = ({ data }) => {
    if (typeof data !== 'string') return void inflate.write(Buffer.from(data));
    frames.push(JSON.parse(data));
    notify();
  };
  const closed = new Promise<number>((resolve) => {
    socket.onclose = ({ code }) => resolve(code);
  });
  await new Promise((resolve) => {
    socket.onopen = resolve;
  });
  return {
    frames,
    closed,
    send: (op: number, d: unknown) => socket.send(JSON.stringify({ op, d })),
    sendRaw: (text: string) => socket.send(text),
    async waitForFrame(accept: (frame: (typeof frames)[number]) => boolean) {
      for (;;) {
        const found = frames.find(accept);
        if (found) return found;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
  };
}

const identity = (more: object = {}) => ({
  token: it.discord.botToken,
  intents: dmIntents,
  properties: { os: 'linux', browser: 'test', device: 'test' },
  ...more,
});

test('a dropped connection is resumed and missed events are replayed in order', async () => {
  it = await setUp();
  const bot = await it.login();
  const seen: string[] = [];
  bot.on(Events.MessageCreate, (m) => seen.push(m.content));
  const last = once<Message>(bot, Events.MessageCreate, (m) => m.content === 'four');
  it.ada.dm('one');
  it.discord.gateway.dropConnections();
  it.ada.dm('two');
  it.ada.dm('three');
  it.ada.dm('four');
  await last;
  expect(seen).toEqual(['one', 'two', 'three', 'four']);
  expect(it.discord.gateway.sessions).toHaveLength(1);
});

test('nothing is replayed after a lost session, and the history has the messages', async () => {
  it = await setUp();
  const bot = await it.login();
  const first = once<Message>(bot, Events.MessageCreate);
  it.ada.dm('one');
  const { id, channel } = await first;
  const before = it.discord.gateway.sessions[0]?.id;
  const again = new Promise((resolve) => bot.once(Events.ShardReady, resolve));
  it.discord.gateway.dropConnections({ resumable: false });
  it.ada.dm('two');
  await again;
  expect(it.discord.gateway.sessions[0]?.id).not.toBe(before);
  const missed = await channel.messages.fetch({ after: id });
  expect(missed.map((m) => m.content)).toEqual(['two']);
});

test('clients recover from an invalid session and from a reconnect request', async () => {
  it = await setUp();
  const bot = await it.login();
  const resumed = new Promise((resolve) => bot.once(Events.ShardResume, resolve));
  it.discord.gateway.requestReconnect();
  await resumed;
  const before = it.discord.gateway.sessions[0]?.id;
  const ready = new Promise((resolve) => bot.once(Events.ShardReady, resolve));
  it.discord.gateway.invalidateSessions();
  await ready;
  expect(it.discord.gateway.sessions.map((s) => s.id)).not.toContain(before);
});

test('a client notices a silent connection by its heartbeat and resumes the session', async () => {
  it = await setUp({ limits: { heartbeatIntervalMs: 400 } });
  const bot = await it.login();
  it.discord.gateway.blackhole();
  const heard = once<Message>(bot, Events.MessageCreate);
  it.ada.dm('anybody there?');
  expect((await heard).content).toBe('anybody there?');
});

test('invalid tokens, intents and payloads close the connection with their codes', async () => {
  it = await setUp();
  const expectClose = async (code: number, act: (client: Awaited<ReturnType<typeof connect>>) => void) => {
    const client = await connect();
    await client.waitForFrame((f) => f.op === 10);
    act(client);
    expect(await client.closed).toBe(code);
  };
  await expectClose(4001, (c) => c.send(99, null));
  await expectClose(4002, (c) => c.sendRaw('{'));
  await expectClose(4002, (c) => c.sendRaw(JSON.stringify({ op: 1, d: 'x'.repeat(5000) })));
  await expectClose(4003, (c) => c.send(3, {}));
  await expectClose(4004, (c) => c.send(2, identity({ token: 'wrong' })));
  await expectClose(4013, (c) => c.send(2, identity({ intents: 1 << 30 })));
  await expectClose(4014, (c) => c.send(2, identity({ intents: I.MessageContent })));
  await expectClose(4008, (c) => {
    for (let i = 0; i < 121; i += 1) c.send(1, null);
  });
  const twice = await connect();
  twice.send(2, identity());
  await twice.waitForFrame((f) => f.t === 'READY');
  twice.send(2, identity());
  expect(await twice.closed).toBe(4005);
});

test('zlib-stream transports the same events', async () => {
  it = await setUp();
  const client = await connect('?v=10&encoding=json&compress=zlib-stream');
  await client.waitForFrame((f) => f.op === 10);
  client.send(2, identity());
  await client.waitForFrame((f) => f.t === 'GUILD_CREATE');
  it.ada.dm('squeezed');
  client.send(99, null);
  expect(await client.closed).toBe(4001);
  const frame = await client.waitForFrame((f) => f.t === 'MESSAGE_CREATE');
  expect((frame.d as { content: string }).content).toBe('squeezed');
});

test('a resume with an invalid sequence closes with 4007, one that is too old gets an invalid session', async () => {
  it = await setUp({ limits: { resumeBufferEvents: 3 } });
  const first = await connect();
  first.send(2, identity());
  const ready = await first.waitForFrame((f) => f.t === 'READY');
  const session_id = (ready.d as { session_id: string }).session_id;
  for (let i = 0; i < 5; i += 1) it.ada.dm(`${i}`);
  const tooOld = await connect();
  tooOld.send(6, { token: it.discord.botToken, session_id, seq: 1 });
  expect((await tooOld.waitForFrame((f) => f.op === 9)).d).toBe(false as never);

  const second = await connect();
  second.send(2, identity());
  const again = await second.waitForFrame((f) => f.t === 'READY');
  const ahead = await connect();
  ahead.send(6, {
    token: it.discord.botToken,
    session_id: (again.d as { session_id: string }).session_id,
    seq: 99,
  });
  expect(await ahead.closed).toBe(4007);
});

test('direct messages are dispatched only with their intent', async () => {
  it = await setUp();
  const client = await connect();
  client.send(2, identity({ intents: I.Guilds | I.GuildMessages }));
  await client.waitForFrame((f) => f.t === 'GUILD_CREATE');
  it.ada.dm('not for you');
  it.ada.say(it.general, 'for you');
  const frame = await client.waitForFrame((f) => f.t === 'MESSAGE_CREATE');
  expect((frame.d as { channel_id: string }).channel_id).toBe(it.general);
});

test('refuses connections on request, and the history has the messages missed meanwhile', async () => {
  it = await setUp();
  const bot = await it.login();
  it.discord.gateway.refuse(true);
  it.discord.gateway.dropConnections({ resumable: false });
  const again = new Promise((resolve) => bot.once(Events.ShardReady, resolve));
  await new Promise((resolve) => bot.once(Events.ShardReconnecting, resolve));
  it.ada.dm('while away');
  expect(it.discord.gateway.sessions).toEqual([]);
  it.discord.gateway.refuse(false);
  await again;
  const page = await it.call('GET', `/channels/${it.ada.dmChannelId}/messages`);
  expect(page.body[0].content).toBe('while away');
});
