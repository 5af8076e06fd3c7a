import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { REST } from 'discord.js';
import type { CanonicalFile } from '../../messages/canonical.ts';
import { createDiscordFiles } from './files.ts';

const LIMIT = 100_000;

describe('files on the CDN', () => {
  let cdn: Bun.Server<undefined>;
  let elsewhere: Bun.Server<undefined>;
  let asked = 0;
  beforeAll(() => {
    elsewhere = Bun.serve({
      port: 0,
      hostname: '127.0.0.1',
      fetch() {
        asked += 1;
        return new Response('a secret of the network');
      },
    });
    cdn = Bun.serve({
      port: 0,
      hostname: '127.0.0.1',
      fetch(request) {
        const { pathname } = new URL(request.url);
        if (pathname === '/moved') return Response.redirect(elsewhere.url.href);
        if (pathname === '/busy') return new Response(null, { status: 503 });
        if (pathname === '/large') return new Response(new Uint8Array(LIMIT + 1));
        if (pathname === '/endless')
          return new Response(
            new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(50_000)) }),
          );
        return new Response('a map');
      },
    });
  });
  afterAll(async () => {
    await cdn.stop(true);
    await elsewhere.stop(true);
  });

  const open = (url: string) => {
    const files = createDiscordFiles({
      rest: new REST(),
      cdnHosts: [cdn.url.host, '10.0.0.1'],
      limit: LIMIT,
    });
    const source = { at: 'discord', channelId: '1', messageId: '2', attachmentId: '3' } as const;
    const file: CanonicalFile = { name: 'map.txt', contentType: 'text/plain', size: 5, url, source };
    return files.open(file);
  };

  test('are opened with their size', async () => {
    const { body, size } = await open(`${cdn.url}map`);
    expect(size).toBe(5);
    expect(await new Response(body).text()).toBe('a map');
  });

  const refused: [name: string, url: () => string][] = [
    ['another host', () => `${elsewhere.url}x`],
    ['an unencrypted link', () => 'http://cdn.example.com/x'],
    ['no link at all', () => 'map.txt'],
    ['a redirect', () => `${cdn.url}moved`],
    ['a file that is larger than it was said to be', () => `${cdn.url}large`],
  ];
  test.each(refused)('%s is refused', async (_, url) => {
    await expect(open(url())).rejects.toMatchObject({ name: 'Refused', reason: 'unacceptable' });
    expect(asked).toBe(0);
  });

  test('a host in a private network is refused, although it is one of the CDN', async () => {
    await expect(open('https://10.0.0.1/x')).rejects.toMatchObject({ name: 'Refused', reason: 'forbidden' });
  });

  test('a busy CDN is asked again later', async () => {
    await expect(open(`${cdn.url}busy`)).rejects.toMatchObject({ name: 'Transient', ambiguous: false });
  });

  test('a file without an end is broken off', async () => {
    const { body, size } = await open(`${cdn.url}endless`);
    expect(size).toBeNull();
    await expect(new Response(body).arrayBuffer()).rejects.toThrow('more than');
  });
});
