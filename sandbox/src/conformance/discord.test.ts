import { expect, test } from 'bun:test';
import { brief, describeConformance, exchange, type Sent } from './testing.ts';

describeConformance('Discord', (checker) => {
  const check = (sent: Sent) => brief(checker.check(exchange(sent)));

  const channel = 'http://127.0.0.1:4020/api/v10/channels/1234567890';
  const user = {
    id: '99',
    username: 'ada',
    avatar: null,
    discriminator: '0',
    public_flags: 0,
    flags: 0,
    global_name: 'Ada',
    primary_guild: null,
  };
  const discordMessage = {
    type: 0,
    content: 'hello',
    mentions: [],
    mention_roles: [],
    attachments: [],
    embeds: [],
    timestamp: '2026-01-02T03:04:05.678000+00:00',
    edited_timestamp: null,
    flags: 0,
    components: [],
    id: '1300000000000000000',
    channel_id: '1234567890',
    author: user,
    pinned: false,
    mention_everyone: false,
    tts: false,
  };
  const send: Sent = {
    method: 'POST',
    url: `${channel}/messages`,
    json: { content: 'hello', nonce: 'n-1', enforce_nonce: true, allowed_mentions: { parse: [] } },
    answer: discordMessage,
  };

  test('accepts documented exchanges', () => {
    expect(check(send)).toEqual([]);
    expect(check({ url: `${channel}/messages?limit=50&after=0`, answer: [discordMessage] })).toEqual([]);
    expect(check({ method: 'POST', url: `${channel}/typing`, status: 204 })).toEqual([]);
    expect(
      check({ ...send, status: 403, answer: { code: 50007, message: 'Cannot send messages to this user' } }),
    ).toEqual([]);
    const button = { type: 2, style: 1, label: 'Ask', custom_id: 'ask' };
    expect(check({ ...send, json: { components: [{ type: 1, components: [button] }] } })).toEqual([]);
  });

  test('reads paths as discord.js writes them', () => {
    const original = 'http://127.0.0.1:1/api/v10/webhooks/1/tok/messages/%40original';
    expect(check({ ...send, method: 'PATCH', url: original, json: { content: 'x' } })).toEqual([]);
    const reaction = `${channel}/messages/1/reactions/%F0%9F%91%8D/%40me`;
    expect(check({ method: 'PUT', url: reaction, status: 204 })).toEqual([]);
  });

  test('accepts permissions as strings, although the document has numbers', () => {
    const body = { name: 'announce', description: 'Announce', default_member_permissions: '8' };
    const url = 'http://127.0.0.1:1/api/v10/applications/1/commands';
    const refused = { code: 50001, message: 'Missing Access' };
    expect(check({ method: 'POST', url, json: body, status: 403, answer: refused })).toEqual([]);
  });

  test('reports the exact path in a union of components', () => {
    const components = (button: unknown) => ({
      ...send,
      json: { components: [{ type: 1, components: [button] }] },
    });
    expect(check(components({ type: 2, style: 1, label: 'x'.repeat(90), custom_id: 'a' }))).toEqual([
      'request-body /components/0/components/0/label',
    ]);
    expect(check(components({ type: 2, style: 1, custom_id: 'a', colour: 'red' }))).toEqual([
      'request-body /components/0/components/0/colour',
    ]);
  });

  test('finds invalid requests and responses', () => {
    expect(check({ ...send, json: { content: 'x'.repeat(2001) } })).toEqual(['limit /content']);
    expect(check({ ...send, json: { content: 'x', colour: 1 } })).toEqual(['request-body /colour']);
    expect(check({ ...send, url: `${channel}x/messages` })).toEqual(['path-parameter channel_id']);
    expect(check({ url: `${channel}/messages?limit=101`, answer: [] })).toEqual(['query-parameter limit']);
    expect(check({ ...send, answer: { ...discordMessage, author: { id: '99' } } })).toContain(
      'response-body /author/username',
    );
    expect(check({ ...send, answer: { ...discordMessage, colour: 1 } })).toEqual(['response-body /colour']);
    expect(check({ ...send, status: 201 })).toEqual(['response-status 201']);
  });

  test('reads the JSON part and the names of files in a multipart body', async () => {
    const multipart = async (payload: unknown, file: string) => {
      const form = new FormData();
      form.set('payload_json', JSON.stringify(payload));
      form.set(file, new Blob(['--bytes\r\n']), 'a.txt');
      const request = new Request('http://localhost', { method: 'POST', body: form });
      // Read first: the boundary is no longer in the headers once the body is consumed.
      const requestHeaders = new Headers(request.headers);
      const requestBody = new Uint8Array(await request.arrayBuffer());
      const violations = checker.check({
        ...exchange({ ...send, json: undefined }),
        requestHeaders,
        requestBody,
      });
      return brief(violations);
    };
    expect(await multipart({ content: 'caf\u00e9', attachments: [{ id: 0 }] }, 'files[0]')).toEqual([]);
    expect(await multipart({ content: '\u00e9'.repeat(2000) }, 'files[0]')).toEqual([]);
    expect(await multipart({ content: '\u00e9'.repeat(2001) }, 'files[0]')).toEqual(['limit /content']);
    expect(await multipart({ colour: 1 }, 'picture')).toEqual([
      'request-body /picture',
      'request-body /colour',
    ]);
  });

  test('accepts files of the CDN, and nothing else outside the API', () => {
    expect(check({ service: 'discord', url: 'http://127.0.0.1:1/attachments/1/2/a.png' })).toEqual([]);
    expect(check({ service: 'discord', url: 'http://127.0.0.1:1/elsewhere' })).toEqual(['unknown-operation']);
  });
});
