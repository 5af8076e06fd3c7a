import { afterAll, afterEach, expect, setSystemTime, test } from 'bun:test';
import { Routes } from 'discord.js';
import { createRest } from './gateway/gateway.ts';

const GLOBAL_LIMIT = 50;

// The stand-in would live by the clock that is set here; Discord has its own.
const heard: string[] = [];
const server = Bun.serve({
  port: 0,
  hostname: '127.0.0.1',
  async fetch(request) {
    const [, channelId] = /channels\/(\d+)/.exec(request.url) ?? [];
    // Channels other than the first have no limit of their own.
    if (channelId !== '1') return Response.json({ id: '1' });
    heard.push(((await request.json()) as { content: string }).content);
    return Response.json(
      { id: '1' },
      {
        headers: {
          'x-ratelimit-bucket': 'messages',
          'x-ratelimit-limit': '1',
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset-after': '0.1',
        },
      },
    );
  },
});

afterEach(() => {
  setSystemTime();
});
afterAll(() => server.stop(true));

test('a clock that was an hour ahead holds no message up once it is right again', async () => {
  const rest = createRest({ token: 'x', apiUrl: `${server.url.origin}/api`, threads: false });
  const send = (content: string) => rest.post(Routes.channelMessages('1'), { body: { content } });
  setSystemTime(Date.now() + 3600_000);
  // The first answer tells discord.js which limit it is, the second fills it.
  await send('first');
  await send('second');
  setSystemTime();
  await send('after that');
  expect(heard).toEqual(['first', 'second', 'after that']);
});

test('the limit of all requests together holds nothing up either', async () => {
  const rest = createRest({ token: 'x', apiUrl: `${server.url.origin}/api`, threads: false });
  const send = (channel: number) =>
    rest.post(Routes.channelMessages(String(channel)), { body: { content: '' } });
  setSystemTime(Date.now() + 3600_000);
  const ahead = Array.from({ length: GLOBAL_LIMIT }, (_, n) => send(100 + n));
  await Promise.all(ahead);
  setSystemTime();
  // More than the limit: the last ones wait for the next second, and not for the wait that was begun by the wrong clock.
  const many = Array.from({ length: GLOBAL_LIMIT + 5 }, (_, n) => send(200 + n));
  expect(await Promise.all(many)).toHaveLength(GLOBAL_LIMIT + 5);
});
