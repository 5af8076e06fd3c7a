import { afterAll, expect, test } from 'bun:test';
import { fetchFeed } from './fetch-feed.ts';

const server = Bun.serve({
  hostname: '127.0.0.1',
  port: 0,
  fetch(request) {
    const { pathname } = new URL(request.url);
    if (pathname === '/moved') return Response.redirect('/feed');
    if (pathname === '/elsewhere') return Response.redirect('http://127.0.0.1:1/feed');
    if (pathname === '/broken') return new Response(null, { status: 500 });
    return request.headers.get('if-none-match') === '"1"'
      ? new Response(null, { status: 304 })
      : new Response('<rss/>', { headers: { etag: '"1"' } });
  },
});
afterAll(() => server.stop(true));

const fetched = (url: string, etag: string | null = null) =>
  fetchFeed(
    url,
    { etag, lastModified: null },
    {
      hosts: new Set([server.url.host, '10.0.0.1']),
      allowPrivate: false,
      signal: new AbortController().signal,
    },
  );

test('fetches a feed that changed, also after a redirect, and not one that did not', async () => {
  const changed = {
    is: 'changed',
    document: { bytes: new TextEncoder().encode('<rss/>'), url: `${server.url}feed` },
    etag: '"1"',
    lastModified: null,
  };
  expect(await fetched(`${server.url}feed`)).toMatchObject(changed);
  expect(await fetched(`${server.url}moved`)).toMatchObject(changed);
  expect(await fetched(`${server.url}moved`, '"1"')).toEqual({ is: 'unchanged' });
});

test('refuses a redirect to a host that is not configured, and a private network', async () => {
  await expect(fetched(`${server.url}elsewhere`)).rejects.toThrow(
    'redirects to http://127.0.0.1:1/feed, which is on a host that no address in FEEDS names',
  );
  await expect(fetched('http://10.0.0.1/feed')).rejects.toThrow('private network');
  await expect(fetched(`${server.url}broken`)).rejects.toThrow('HTTP 500');
});
