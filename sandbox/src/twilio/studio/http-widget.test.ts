import { afterEach, beforeEach, describe, expect, test } from 'bun:test';
import fc from 'fast-check';
import { validateRequestWithBody } from 'twilio/lib/webhooks/webhooks.js';
import { type Served, serve } from '../../core/serve.ts';
import { flow, json, message, say, studioWith, widget } from './testing.ts';

describe('the HTTP widget', () => {
  let server: Served;
  let answer: (request: Request) => Response | Promise<Response>;
  beforeEach(() => {
    server = serve({ service: 'widget', handle: (request) => answer(request) });
  });
  afterEach(() => server.stop());

  const ask = async (
    properties: Record<string, unknown>,
    { body = 'hello', httpTimeoutMs = 10_000 } = {},
  ) => {
    const { studio, messages } = studioWith({ httpTimeoutMs });
    const definition = flow(
      widget('ask', 'make-http-request', properties, [
        { event: 'success', next: 'ok' },
        { event: 'failed', next: 'failed' },
      ]),
      say('ok', 'ok {{widgets.ask.status_code}} {{widgets.ask.parsed.word}} {{widgets.ask.body}}'),
      say('failed', 'failed {{widgets.ask.status_code}}'),
    );
    const { sid } = studio.createFlow({ friendlyName: 'Ask', definition });
    studio.onMessageAdded(message(sid, { body }));
    await studio.idle();
    return messages[0]?.body;
  };

  test('posts any text of the member as JSON and reads the response', async () => {
    let seen: unknown;
    answer = async (request) => {
      seen = await request.json();
      return json({ word: 'yes' });
    };
    const properties = () => ({
      method: 'POST',
      url: `${server.url}/turn`,
      content_type: 'application/json;charset=utf-8',
      body: '{"body":{{trigger.conversation.Body | to_json}}}',
    });
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (body) => {
        expect(await ask(properties(), { body })).toBe('ok 200 yes {"word":"yes"}');
        expect(seen).toEqual({ body });
      }),
      { numRuns: 30 },
    );
  });

  test('posts forms and gets with parameters', async () => {
    answer = async (request) =>
      new Response(`${request.method} ${new URL(request.url).search} ${await request.text()}`);
    const parameters = [{ key: 'q', value: '{{trigger.conversation.Body}}' }];
    const url = () => `${server.url}/turn`;
    expect(await ask({ method: 'POST', url: url(), parameters }, { body: 'a b' })).toBe(
      'ok 200  POST  q=a+b',
    );
    expect(await ask({ method: 'GET', url: `${url()}?x=1`, parameters }, { body: 'a b' })).toBe(
      'ok 200  GET ?x=1&q=a+b ',
    );
  });

  test('fails on any status but 2xx, on a timeout, a reset, an invalid URL and an oversized response', async () => {
    const url = `${server.url}/turn`;
    answer = () => new Response('no', { status: 503 });
    expect(await ask({ url })).toBe('failed 503');
    answer = () => new Response(null, { status: 204 });
    expect(await ask({ url })).toBe('ok 204  ');
    const late = Promise.withResolvers<Response>();
    answer = () => late.promise;
    expect(await ask({ url }, { httpTimeoutMs: 50 })).toBe('failed ');
    late.resolve(new Response('late'));
    answer = () => new Response('x'.repeat(64 * 1024 + 1));
    expect(await ask({ url })).toBe('failed 200');
    expect(await ask({ url: '{{nothing}}/x' })).toBe('failed ');
    await server.stop();
    expect(await ask({ url })).toBe('failed ');
  });

  test('signs what it posts, over the digest of its body', async () => {
    let isGenuine = false;
    answer = async (request) => {
      const signature = request.headers.get('x-twilio-signature') ?? '';
      isGenuine = validateRequestWithBody('token', signature, request.url, await request.text());
      return json({});
    };
    const properties = { method: 'POST', url: `${server.url}/turn?x=1`, body: '{"a":1}' };
    await ask({ ...properties, content_type: 'application/json' });
    expect(isGenuine).toBe(true);
  });

  test('parses a JSON object of exactly the type application/json and nothing else', async () => {
    const body = JSON.stringify({ word: 'yes' });
    for (const [type, word] of [
      ['application/json', 'yes'],
      ['application/json;charset=utf-8', ''],
      ['text/json', ''],
    ] as const) {
      answer = () => new Response(body, { headers: { 'content-type': type } });
      expect(await ask({ url: server.url })).toBe(`ok 200 ${word} ${body}`);
    }
    answer = () => json(['word']);
    expect(await ask({ url: server.url })).toBe('ok 200  ["word"]');
  });
});
