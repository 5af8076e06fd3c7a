import { afterEach, expect, setSystemTime, test } from 'bun:test';
import { Routes } from 'discord.js';
import { createRest } from './gateway/gateway.ts';

// The stand-in would live by the clock that is set here; Discord has its own.
const heard: string[] = [];
const server = Bun.serve({
  port: 0,
  hostname: '127.0.0.1',
  async fetch(request) {
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

afterEach(async () => {
  setSystemTime();
  await server.stop(true);
});

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
