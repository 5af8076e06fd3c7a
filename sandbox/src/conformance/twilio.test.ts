import { expect, test } from 'bun:test';
import { brief, describeConformance, exchange, hex, type Sent } from './testing.ts';

const conversationSid = `CH${hex('a')}`;
const conversations = 'http://127.0.0.1:4010/conversations/v1';

describeConformance('Twilio', (checker) => {
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

  test('accepts documented exchanges at the addresses of the sandbox and of Twilio', () => {
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

  test('reads a repeated key as a list and checks the names of events', () => {
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

  test('accepts only Twilio\u2019s error shape as an error', () => {
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

  test('checks the limits that are documented in prose only', () => {
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

  test('accepts undocumented parts of the service, and reports what it checked', () => {
    const media = `http://127.0.0.1:1/mcs/v1/Services/IS${hex('a')}/Media`;
    expect(check({ method: 'POST', url: media })).toEqual([]);
    const report = checker.report();
    expect(report.undocumented).toBe(1);
    expect(report.operations.get('POST /v1/Conversations/{ConversationSid}/Messages')).toBeGreaterThan(5);
    expect(report.violationCount).toBeGreaterThan(10);
    expect(report.violations).toHaveLength(report.violationCount);
    const unused = report.unusedFaults.map((fault) => fault.where.source);
    expect(unused).toContain('\\/event_callback_url$');
    expect(unused).not.toContain('^\\/Configuration\\.Method$');
  });

  test('checking three hundred exchanges takes less than a second of processor time', () => {
    const start = process.cpuUsage();
    for (let count = 0; count < 300; count++) checker.check(exchange(post));
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1000).toBeLessThan(1000);
  });
});
