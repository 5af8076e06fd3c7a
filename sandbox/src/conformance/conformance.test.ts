import { describe, expect, test } from 'bun:test';
import type { Exchange } from '../core/serve.ts';
import { loadConformance } from './checker.ts';
import type { Violation } from './violation.ts';

const folder = process.env.FLEXCORD_SPECS;
if (!folder)
  console.warn('FLEXCORD_SPECS is not set: the checks against the vendors\u2019 documents are skipped.');

const hex = (digit: string) => digit.repeat(32);
const conversationSid = `CH${hex('a')}`;
const conversations = 'http://127.0.0.1:4010/conversations/v1';

interface Sent {
  service?: 'discord' | 'twilio';
  method?: string;
  url: string;
  form?: [string, string][];
  json?: unknown;
  headers?: Record<string, string>;
  status?: number;
  answer?: unknown;
}

function exchange(sent: Sent): Exchange {
  const requestHeaders = new Headers(sent.headers);
  let request = '';
  if (sent.form) {
    request = new URLSearchParams(sent.form).toString();
    requestHeaders.set('content-type', 'application/x-www-form-urlencoded');
  }
  if (sent.json !== undefined) {
    request = JSON.stringify(sent.json);
    requestHeaders.set('content-type', 'application/json');
  }
  const answer = sent.answer === undefined ? '' : JSON.stringify(sent.answer);
  return {
    service: sent.service ?? (sent.url.includes('/api/v10') ? 'discord' : 'twilio'),
    method: sent.method ?? 'GET',
    url: sent.url,
    requestHeaders,
    requestBody: new TextEncoder().encode(request),
    status: sent.status ?? 200,
    responseHeaders: new Headers(answer ? { 'content-type': 'application/json; charset=utf-8' } : {}),
    responseBody: new TextEncoder().encode(answer),
  };
}

const brief = (violations: Violation[]) => violations.map(({ rule, where }) => `${rule} ${where}`.trim());

if (folder) describe('conformance', () => describeConformance(folder));
else test.skip('conformance (needs FLEXCORD_SPECS, a folder with the vendors’ documents)', () => {});

function describeConformance(documents: string) {
  const checker = loadConformance(documents);
  const check = (sent: Sent) => brief(checker.check(exchange(sent)));

  const message = {
    sid: `IM${hex('b')}`,
    account_sid: `AC${hex('c')}`,
    conversation_sid: conversationSid,
    body: 'hello',
    media: null,
    author: 'discord_1',
    participant_sid: null,
    attributes: '{}',
    date_created: '2026-01-02T03:04:05Z',
    date_updated: '2026-01-02T03:04:05Z',
    index: 0,
    delivery: null,
    content_sid: null,
    url: `${conversations}/Conversations/${conversationSid}/Messages/IM${hex('b')}`,
    links: {},
  };
  const post: Sent = {
    method: 'POST',
    url: `${conversations}/Conversations/${conversationSid}/Messages`,
    form: [
      ['Author', 'discord_1'],
      ['Body', 'hello'],
      ['Attributes', '{"discord":{"id":"1"}}'],
    ],
    headers: { 'x-twilio-webhook-enabled': 'true' },
    status: 201,
    answer: message,
  };
  const fields = (...more: [string, string][]): Sent => ({ ...post, form: [...(post.form ?? []), ...more] });

  test('accepts what Twilio documents, at the sandbox and at Twilio', () => {
    expect(check(post)).toEqual([]);
    const real = `https://conversations.twilio.com/v1/Conversations/${conversationSid}/Messages`;
    expect(check({ ...post, url: real })).toEqual([]);
    expect(
      check({
        url: `${post.url}?PageSize=50&Order=asc`,
        answer: { messages: [message], meta: { key: 'messages' } },
      }),
    ).toEqual([]);
    expect(check({ method: 'DELETE', url: `${post.url}/IM${hex('b')}`, status: 204 })).toEqual([]);
  });

  test('finds unknown operations and unknown or wrong parameters', () => {
    expect(check({ ...post, method: 'PUT' })).toEqual(['unknown-operation']);
    expect(check({ ...post, url: `${conversations}/Nothing` })).toEqual(['unknown-operation']);
    expect(check({ url: `${post.url}?PageSize=no&Colour=red`, answer: {} })).toEqual([
      'query-parameter Colour',
      'query-parameter PageSize',
    ]);
    expect(check({ ...post, headers: { 'x-twilio-webhook-enabled': 'yes' } })).toEqual([
      'header-parameter X-Twilio-Webhook-Enabled',
    ]);
    expect(
      check({
        url: 'http://127.0.0.1:1/taskrouter/v1/Workspaces/WS1/Workers',
        answer: { workers: [] },
      }),
    ).toEqual(['path-parameter WorkspaceSid']);
  });

  test('finds unknown, repeated and wrong form fields, and bodies of the wrong type', () => {
    expect(check(fields(['Colour', 'red']))).toEqual(['request-body /Colour']);
    expect(check(fields(['Body', 'twice']))).toEqual(['request-body /Body']);
    expect(check(fields(['MediaSid', 'IM1']))).toContain('request-body /MediaSid');
    expect(check({ ...post, form: undefined, json: { Body: 'x' } })).toEqual(['request-type']);
  });

  test('takes a repeated key as a list and knows the names of events', () => {
    const hook: Sent = {
      method: 'POST',
      url: `${conversations}/Conversations/${conversationSid}/Webhooks`,
      status: 201,
      answer: { sid: `WH${hex('d')}` },
      form: [
        ['Target', 'webhook'],
        ['Configuration.Url', 'https://bridge.example/twilio'],
        ['Configuration.Method', 'POST'],
        ['Configuration.Filters', 'onMessageAdded'],
        ['Configuration.Filters', 'onMessageUpdated'],
      ],
    };
    expect(check(hook)).toEqual([]);
    expect(
      check({ ...hook, form: [...(hook.form ?? []), ['Configuration.Filters', 'onMessageSent']] }),
    ).toEqual(['limit /Configuration.Filters']);
    expect(check({ ...hook, form: [['Configuration.Url', 'https://bridge.example']] })).toEqual([
      'request-body /Target',
    ]);
  });

  test('finds undocumented statuses and answers that differ from the document', () => {
    expect(check({ ...post, status: 200 })).toEqual(['response-status 200']);
    expect(check({ ...post, answer: { ...message, colour: 'red' } })).toEqual(['response-body /colour']);
    expect(check({ ...post, answer: { ...message, index: 'first', date_created: 'today' } }).sort()).toEqual([
      'response-body /date_created',
      'response-body /index',
    ]);
    expect(check({ ...post, answer: undefined })).toEqual(['response-type']);
  });

  test('takes Twilio\u2019s error shape, and no other, for a refusal', () => {
    const refusal = {
      code: 20404,
      message: 'not found',
      more_info: 'https://www.twilio.com/docs/errors/20404',
      status: 404,
    };
    expect(check({ ...post, status: 404, answer: refusal })).toEqual([]);
    expect(check({ ...post, status: 409, answer: refusal })).toEqual(['response-body /status']);
    expect(check({ ...post, status: 404, answer: { error: 'not found' } })).toContain('response-body /error');
  });

  test('knows the limits that stand in prose only', () => {
    expect(check(fields(['Subject', 's']))).toEqual([]);
    const long = (name: string, value: string): Sent => ({
      ...post,
      form: [
        ['Author', 'discord_1'],
        [name, value],
      ] as [string, string][],
    });
    expect(check(long('Body', 'x'.repeat(32 * 1024)))).toEqual([]);
    expect(check(long('Body', 'x'.repeat(32 * 1024 + 1)))).toEqual(['limit /Body']);
    expect(check(long('Attributes', 'not json'))).toEqual(['limit /Attributes']);
    const attributes = JSON.stringify({ a: 'x'.repeat(5000) });
    expect(check(long('Attributes', attributes))).toEqual(['limit /Attributes']);
    expect(
      check({
        method: 'POST',
        url: `${conversations}/Conversations`,
        form: [['Attributes', attributes]],
        status: 201,
        answer: {},
      }),
    ).toEqual([]);
  });

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

  test('accepts what Discord documents', () => {
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

  test('takes permissions as text, which the document has as numbers', () => {
    const body = { name: 'announce', description: 'Announce', default_member_permissions: '8' };
    const url = 'http://127.0.0.1:1/api/v10/applications/1/commands';
    const refused = { code: 50001, message: 'Missing Access' };
    expect(check({ method: 'POST', url, json: body, status: 403, answer: refused })).toEqual([]);
  });

  test('finds the exact place in a union of components', () => {
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

  test('finds wrong requests to and answers of Discord', () => {
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

  test('takes undocumented parts of the services as they come, and reports what it saw', () => {
    expect(check({ method: 'POST', url: `http://127.0.0.1:1/mcs/v1/Services/IS${hex('a')}/Media` })).toEqual(
      [],
    );
    expect(check({ service: 'discord', url: 'http://127.0.0.1:1/attachments/1/2/a.png' })).toEqual([]);
    expect(check({ service: 'discord', url: 'http://127.0.0.1:1/elsewhere' })).toEqual(['unknown-operation']);
    const report = checker.report();
    expect(report.undocumented).toBe(2);
    expect(report.operations.get('POST /channels/{channel_id}/messages')).toBeGreaterThan(5);
    expect(report.violationCount).toBeGreaterThan(20);
    const unused = report.unusedFaults.map((fault) => fault.where.source);
    expect(unused).toContain('\\/event_callback_url$');
    expect(unused).not.toContain('^\\/Configuration\\.Method$');
  });

  test('a few hundred exchanges take well under a second', () => {
    const start = performance.now();
    for (let count = 0; count < 300; count++) checker.check(exchange(count % 2 ? post : send));
    expect(performance.now() - start).toBeLessThan(1000);
  });
}
