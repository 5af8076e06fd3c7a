import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { generate } from 'selfsigned';
import { isPublicAddress, permittedAddresses } from './addresses.ts';
import { type GuardedGet, guardedFetch, guardedGet } from './guarded-fetch.ts';

const LIMITS = { timeoutMs: 5000, maxBytes: 1000, maxRedirects: 2 };

describe('a guarded request', () => {
  let server: Bun.Server<undefined>;
  let secure: Bun.Server<undefined>;
  let ca = '';
  /** The `Host` of every request that arrived. */
  let hosts: (string | null)[] = [];
  let lookups: string[] = [];
  beforeAll(async () => {
    const answer = (request: Request) => {
      hosts.push(request.headers.get('host'));
      const { pathname, searchParams } = new URL(request.url);
      const to = searchParams.get('to');
      if (to !== null) return new Response(null, { status: 302, headers: to ? { location: to } : {} });
      if (pathname === '/large') return new Response('x'.repeat(1001));
      if (pathname === '/bomb')
        return new Response(Bun.gzipSync('x'.repeat(1001)), { headers: { 'content-encoding': 'gzip' } });
      if (pathname === '/silent') return new Promise<Response>(() => {});
      return new Response(request.method === 'POST' ? request.body : 'fine');
    };
    server = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: answer });
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'shop.test' }], {
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'shop.test' }] }],
    });
    ca = cert;
    secure = Bun.serve({ port: 0, hostname: '127.0.0.1', tls: { cert, key }, fetch: answer });
  });
  afterAll(async () => {
    await server.stop(true);
    await secure.stop(true);
  });
  beforeEach(() => {
    hosts = [];
    lookups = [];
  });

  /** A name server that gives one list of addresses after the other, and the last one for ever. */
  const names =
    (...answers: string[][]) =>
    async (hostname: string) => {
      lookups.push(hostname);
      return (answers.length > 1 ? answers.shift() : answers[0]) ?? [];
    };
  const at = (host: string, path = '/') => new URL(`http://${host}:${server.port}${path}`);
  const get = (url: URL, options: Partial<GuardedGet> = {}) => guardedGet(url, { ...LIMITS, ...options });

  test('reaches a permitted address under the name of its host', async () => {
    const { response } = await get(at('shop.test'), { allowPrivate: true, lookup: names(['127.0.0.1']) });
    expect(await response.text()).toBe('fine');
    expect(hosts).toEqual([`shop.test:${server.port}`]);
  });

  test('is refused where a name stands for an address of a private network or of this machine', async () => {
    for (const address of ['127.0.0.1', '10.0.0.1', '169.254.169.254', '::1', 'fd00::1', '::ffff:10.0.0.1'])
      await expect(get(at('shop.test'), { lookup: names([address]) })).rejects.toThrow(/private network/);
    expect(hosts).toEqual([]);
  });

  test.each(['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0.0.0.0'])(
    'is refused where this machine is written as %s',
    async (host) => {
      await expect(get(at(host))).rejects.toThrow(/private network/);
      expect(hosts).toEqual([]);
    },
  );

  test('reaches this machine by its own names alone where that is allowed', async () => {
    const { response } = await get(at('127.0.0.1'), { allowLoopback: true });
    expect(response.status).toBe(200);
    await expect(get(at('shop.test'), { allowLoopback: true, lookup: names(['127.0.0.1']) })).rejects.toThrow(
      /private network/,
    );
    await expect(get(at('localhost'), { allowLoopback: true, lookup: names(['10.0.0.1']) })).rejects.toThrow(
      /private network/,
    );
  });

  test('connects to the address that was checked, whatever the name stands for a moment later', async () => {
    const lookup = names(['127.0.0.1'], ['10.0.0.1']);
    const { response } = await get(at('shop.test'), { allowPrivate: true, lookup });
    expect(response.status).toBe(200);
    expect(lookups).toEqual(['shop.test']);
  });

  test('goes on to the next address where nobody listens at the first', async () => {
    const { response } = await get(at('shop.test'), {
      allowPrivate: true,
      lookup: names(['127.0.0.9', '127.0.0.1']),
    });
    expect(response.status).toBe(200);
  });

  test('wants a certificate for the name, not for the address', async () => {
    const request = { ...LIMITS, allowPrivate: true, lookup: names(['127.0.0.1']), ca };
    const url = (host: string) => new URL(`https://${host}:${secure.port}/`);
    expect(await (await guardedFetch(url('shop.test'), request)).text()).toBe('fine');
    await expect(guardedFetch(url('other.test'), request)).rejects.toMatchObject({
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
    expect(hosts).toEqual([`shop.test:${secure.port}`]);
  });

  test('checks every redirect as it checked the first address', async () => {
    const lookup = async (host: string) => (host === 'shop.test' ? ['127.0.0.1'] : ['10.0.0.1']);
    const leadingTo = (to: string) =>
      get(at('shop.test', `/?to=${encodeURIComponent(to)}`), { allowPrivate: true, lookup });
    expect((await leadingTo('/fine')).url.pathname).toBe('/fine');
    await expect(
      get(at('127.0.0.1', '/?to=http://inside.test/'), { allowLoopback: true, lookup }),
    ).rejects.toThrow('inside.test is an address of this machine or of a private network');
    await expect(leadingTo('http://:bad')).rejects.toThrow('redirects to what is no address');
    await expect(leadingTo('file:///etc/passwd')).rejects.toThrow('file: is not the protocol');
    const circle = at('shop.test', '/');
    circle.searchParams.set('to', '/?to=/%3Fto=/%3Fto=/');
    await expect(get(circle, { allowPrivate: true, lookup })).rejects.toThrow('redirects too often');
  });

  test('follows no redirect that its caller refuses', async () => {
    const refused = get(at('127.0.0.1', '/?to=/other'), {
      allowLoopback: true,
      refuseRedirect: (to) => (to.pathname === '/other' ? 'is closed.' : null),
    });
    await expect(refused).rejects.toThrow(`redirects to ${at('127.0.0.1', '/other')}, which is closed.`);
    expect(hosts).toHaveLength(1);
  });

  test.each(['/large', '/bomb'])('breaks off a body beyond its limit: %s', async (path) => {
    const { response } = await get(at('127.0.0.1', path), { allowLoopback: true });
    await expect(response.text()).rejects.toThrow('is larger than');
  });

  test.each([
    [
      'a server that does not answer',
      () => get(at('127.0.0.1', '/silent'), { allowLoopback: true, timeoutMs: 50 }),
    ],
    [
      'a name server that does not answer',
      () => get(at('shop.test'), { timeoutMs: 50, lookup: () => new Promise(() => {}) }),
    ],
  ])('ends in time with %s', async (_, request) => {
    await expect(request()).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  test('sends method, headers and body, and takes a redirect for the answer', async () => {
    const request = { timeoutMs: 5000, allowLoopback: true, method: 'POST', body: 'hello' };
    expect(await (await guardedFetch(at('127.0.0.1'), request)).text()).toBe('hello');
    expect((await guardedFetch(at('127.0.0.1', '/?to=/x'), request)).status).toBe(302);
  });
});

test('addresses of the public internet and others are told apart', () => {
  const of = (expected: boolean, ...addresses: string[]) =>
    expect(addresses.filter((address) => isPublicAddress(address) !== expected)).toEqual([]);
  of(true, '93.184.215.14', '2606:2800:21f:cb07:6820:80da:af6b:8b2c', '::ffff:93.184.215.14');
  of(false, '192.168.1.1', '172.16.0.1', '100.64.0.1', '127.8.8.8', '224.0.0.1', '255.255.255.255');
  of(false, '::', '::1', 'fe80::1', 'fd00::1', '64:ff9b::7f00:1', '::ffff:10.0.0.1', 'not an address');
});

test('an address that is written as digits is permitted or not without a lookup', async () => {
  const lookup = () => Promise.reject(new Error('was looked up'));
  const permitted = (url: string, reach = {}) => permittedAddresses(new URL(url), reach, lookup);
  expect(await permitted('https://8.8.8.8')).toEqual(['8.8.8.8']);
  for (const host of ['10.0.0.1', '169.254.169.254', '[fd00::1]', '[::ffff:10.0.0.1]']) {
    await expect(permitted(`https://${host}`)).rejects.toThrow('private network');
    expect(await permitted(`https://${host}`, { allowPrivate: true })).toHaveLength(1);
  }
});
