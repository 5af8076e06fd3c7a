import { afterEach, beforeEach, describe, expect, test } from 'bun:test';
import fc from 'fast-check';
import { type Served, serve } from '../../core/serve.ts';
import type { Transition } from './definition.ts';
import type { MessageAddedEvent, StudioEffects } from './host.ts';
import { createStudio } from './studio.ts';

const accountSid = `AC${'a'.repeat(32)}`;
type Input<Name extends keyof StudioEffects> = Parameters<StudioEffects[Name]>[0];

function studioWith(options: { effects?: Partial<StudioEffects>; httpTimeoutMs?: number } = {}) {
  const tasks: Input<'sendToFlex'>[] = [];
  const messages: Input<'sendMessage'>[] = [];
  const studio = createStudio({
    accountSid,
    httpTimeoutMs: options.httpTimeoutMs,
    effects: {
      async sendToFlex(input) {
        tasks.push(input);
        return { taskSid: `WT${'1'.repeat(32)}` };
      },
      async sendMessage(input) {
        messages.push(input);
      },
      ...options.effects,
    },
  });
  const call = async (method: string, path: string, form?: Record<string, string>) => {
    const response = await studio.routes.handle(
      new Request(`http://localhost/studio/v2${path}`, {
        method,
        ...(form ? { body: new URLSearchParams(form) } : {}),
      }),
    );
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : undefined };
  };
  return { studio, tasks, messages, call };
}

function message(flowSid: string, more: Partial<MessageAddedEvent> = {}): MessageAddedEvent {
  return {
    flowSid,
    conversationSid: `CH${'c'.repeat(32)}`,
    messageSid: `IM${'d'.repeat(32)}`,
    body: 'hello',
    author: 'discord_1',
    attributes: '{}',
    conversationAttributes: '{"customerName":"Ada"}',
    chatServiceSid: `IS${'e'.repeat(32)}`,
    dateCreated: '2026-01-02T03:04:05.678Z',
    ...more,
  };
}

const trigger = (next?: string) => ({
  name: 'Trigger',
  type: 'trigger',
  transitions: [
    { event: 'incomingMessage' },
    { event: 'incomingConversationMessage', ...(next ? { next } : {}) },
  ],
  properties: { offset: { x: 0, y: 0 } },
});
const widget = (
  name: string,
  type: string,
  properties: Record<string, unknown>,
  transitions: Transition[],
) => ({
  name,
  type,
  properties,
  transitions,
});
const flow = (...states: ReturnType<typeof widget>[]) => ({
  description: 'test',
  initial_state: 'Trigger',
  flags: { allow_concurrent_calls: true },
  states: [trigger(states[0]?.name), ...states],
});
const say = (name: string, body: string) =>
  widget(name, 'send-message', { from: 'bot', body }, [{ event: 'sent' }, { event: 'failed' }]);
const published = (definition: unknown) => ({
  FriendlyName: 'Test',
  Status: 'published',
  Definition: JSON.stringify(definition),
});

describe('flows over REST', () => {
  test('create, fetch, update, list, revisions and delete', async () => {
    const { call } = studioWith();
    const created = await call('POST', '/Flows', published(flow(say('hi', 'Hello'))));
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ revision: 1, status: 'published', valid: true, errors: [] });
    const { sid } = created.body;
    const updated = await call('POST', `/Flows/${sid}`, { Status: 'draft', FriendlyName: 'Renamed' });
    expect(updated.body).toMatchObject({ sid, revision: 2, status: 'draft', friendly_name: 'Renamed' });
    expect((await call('GET', `/Flows/${sid}`)).body.definition).toEqual(flow(say('hi', 'Hello')));
    const revisions = await call('GET', `/Flows/${sid}/Revisions?PageSize=1`);
    expect(revisions.body.revisions.map((it: { revision: number }) => it.revision)).toEqual([2]);
    expect(revisions.body.meta.next_page_url).toContain('Page=1');
    expect((await call('GET', `/Flows/${sid}/Revisions/LatestPublished`)).body.revision).toBe(1);
    expect((await call('GET', '/Flows')).body.flows).toHaveLength(1);
    expect((await call('DELETE', `/Flows/${sid}`)).status).toBe(204);
    expect((await call('GET', `/Flows/${sid}`)).body).toMatchObject({ code: 20404, status: 404 });
  });

  test('an update that names no definition keeps it, and a bad one changes nothing', async () => {
    const { call } = studioWith();
    const { sid } = (await call('POST', '/Flows', published(flow(say('hi', 'Hello'))))).body;
    const refused = await call('POST', `/Flows/${sid}`, { Status: 'published', Definition: '{}' });
    expect(refused.status).toBe(400);
    expect((await call('GET', `/Flows/${sid}`)).body.revision).toBe(1);
    expect((await call('POST', `/Flows/${sid}`, { Status: 'hidden' })).body.code).toBe(20001);
  });

  const match = (next: string, type = 'equal_to'): Transition => ({
    event: 'match',
    next,
    conditions: [{ friendly_name: 'c', arguments: ['{{trigger.conversation.Body}}'], type, value: 'x' }],
  });
  const split = (...transitions: Transition[]) =>
    widget('split', 'split-based-on', { input: '{{trigger.conversation.Body}}' }, transitions);
  const flex = (properties: Record<string, unknown>) =>
    widget('flex', 'send-to-flex', { workflow: 'WW1', channel: 'TC1', ...properties }, [
      { event: 'callComplete' },
    ]);
  const faults: [string, unknown, string][] = [
    ['no JSON object', [], '#'],
    ['no states', { initial_state: 'Trigger', states: [] }, '#/states'],
    ['no trigger', { ...flow(), states: [say('a', 'b')] }, '#/states'],
    ['two triggers', { ...flow(), states: [trigger(), { ...trigger(), name: 'T2' }] }, '#/states'],
    ['an unknown initial state', { ...flow(), initial_state: 'Nowhere' }, '#/initial_state'],
    ['an unknown widget type', flow(widget('a', 'teleport', {}, [])), '#/states/1/type'],
    ['a missing property', flow(widget('a', 'make-http-request', {}, [])), '#/states/1/properties/url'],
    [
      'an unknown property',
      flow(widget('a', 'split-based-on', { input: 'x', y: 1 }, [])),
      '#/states/1/properties/y',
    ],
    ['a transition to nowhere', flow(split(match('lost'))), '#/states/1/transitions/0/next'],
    ['names that are not unique', flow(say('a', 'x'), say('a', 'y')), '#/states/2/name'],
    ['an event of another widget', flow(split({ event: 'sent' })), '#/states/1/transitions/0/event'],
    ['a match without conditions', flow(split({ event: 'match' })), '#/states/1/transitions/0/conditions'],
    [
      'an unknown comparison',
      flow(split(match('split', 'resembles'))),
      '#/states/1/transitions/0/conditions/0',
    ],
    ['an unreachable state', flow(say('a', 'x'), say('b', 'y')), '#/states/2'],
    ['a broken template', flow(say('a', '{{ x')), '#/states/1/properties/body'],
    ['attributes that are no JSON', flow(flex({ attributes: 'x' })), '#/states/1/properties/attributes'],
    [
      'attributes that are too long',
      flow(flex({ attributes: `{"a":"${'x'.repeat(1020)}"}` })),
      '#/states/1/properties/attributes',
    ],
    ['a time-out that is too long', flow(flex({ timeout: '1209601' })), '#/states/1/properties/timeout'],
  ];
  test.each(faults)('refuses %s', async (_name, definition, path) => {
    const { call } = studioWith();
    const { status, body } = await call('POST', '/Flows/Validate', published(definition));
    expect([status, body.code]).toEqual([400, 81022]);
    expect(body.details.errors.map((it: { property_path: string }) => it.property_path)).toContain(path);
  });

  test('accepts a sound flow', async () => {
    const { call } = studioWith();
    const definition = flow(split(match('flex'), { event: 'noMatch' }), flex({ attributes: '{"a":"b"}' }));
    expect(await call('POST', '/Flows/Validate', published(definition))).toEqual({
      status: 200,
      body: { valid: true },
    });
  });
});

describe('executions', () => {
  test('run from the trigger to the end and are told over REST', async () => {
    const { studio, messages, call } = studioWith();
    const greeting =
      'Hi {{trigger.conversation.ChannelAttributes.customerName}}, {{trigger.conversation.Body | to_json}}{{flow.variables.mark}}';
    const { sid } = studio.createFlow({
      friendlyName: 'Greet',
      definition: flow(
        widget('set', 'set-variables', { variables: [{ key: 'mark', value: '!' }] }, [
          { event: 'next', next: 'hi' },
        ]),
        say('hi', greeting),
      ),
    });
    studio.onMessageAdded(message(sid, { body: 'a "quoted"\nline' }));
    await studio.idle();
    expect(messages).toEqual([
      {
        conversationSid: message(sid).conversationSid,
        body: 'Hi Ada, "a \\"quoted\\"\\nline"!',
        from: 'bot',
      },
    ]);
    const [execution] = (await call('GET', `/Flows/${sid}/Executions`)).body.executions;
    expect(execution).toMatchObject({
      status: 'ended',
      contact_channel_address: 'discord_1',
      flow_version: 1,
    });
    const path = `/Flows/${sid}/Executions/${execution.sid}`;
    const { steps } = (await call('GET', `${path}/Steps`)).body;
    expect(
      steps.map((step: { name: string; transitioned_to: string }) => [step.name, step.transitioned_to]),
    ).toEqual([
      ['sent', 'Ended'],
      ['next', 'hi'],
      ['incomingConversationMessage', 'set'],
    ]);
    expect((await call('GET', `${path}/Steps/${steps[0].sid}`)).body.sid).toBe(steps[0].sid);
    expect((await call('GET', `${path}/Context`)).body.context.flow).toMatchObject({ flow_sid: sid });
    expect((await call('GET', `/Flows/${sid}/Executions?status=active`)).body.executions).toEqual([]);
  });

  test('run the published revision, and nothing for a draft or an unknown flow', async () => {
    const { studio, messages, call } = studioWith();
    const { sid } = (await call('POST', '/Flows', published(flow(say('hi', 'one'))))).body;
    await call('POST', `/Flows/${sid}`, {
      Status: 'draft',
      Definition: JSON.stringify(flow(say('hi', 'two'))),
    });
    studio.onMessageAdded(message(sid));
    studio.onMessageAdded(message(`FW${'0'.repeat(32)}`));
    await studio.idle();
    expect(messages.map((it) => it.body)).toEqual(['one']);
  });

  test('of one conversation run one after another, of several side by side', async () => {
    const started: string[] = [];
    const gate = Promise.withResolvers<void>();
    const { studio } = studioWith({
      effects: {
        async sendMessage({ conversationSid, body }) {
          started.push(`${conversationSid} ${body}`);
          if (body === '1') await gate.promise;
        },
      },
    });
    const definition = flow(say('echo', '{{trigger.conversation.Body}}'));
    const { sid } = studio.createFlow({ friendlyName: 'Echo', definition });
    for (const [conversationSid, body] of [
      ['CH1', '1'],
      ['CH1', '2'],
      ['CH2', '3'],
    ])
      studio.onMessageAdded(message(sid, { conversationSid, body }));
    while (started.length < 2) await Bun.sleep(1);
    expect(started).toEqual(['CH1 1', 'CH2 3']);
    gate.resolve();
    await studio.idle();
    expect(started).toEqual(['CH1 1', 'CH2 3', 'CH1 2']);
  });

  test('end when a flow goes in circles', async () => {
    const { studio } = studioWith();
    const definition = flow(
      widget('spin', 'set-variables', { variables: [] }, [{ event: 'next', next: 'spin' }]),
    );
    const { sid } = studio.createFlow({ friendlyName: 'Spin', definition });
    studio.onMessageAdded(message(sid));
    await studio.idle();
    expect(studio.executions(sid)[0]).toMatchObject({ status: 'ended' });
    expect(studio.executions(sid)[0]?.steps).toHaveLength(1000);
  });

  const comparisons: [string, string, string, boolean][] = [
    ['equal_to', 'flex', 'flex', true],
    ['equal_to', 'flex', 'none', false],
    ['not_equal_to', 'flex', 'none', true],
    ['matches_any_of', 'human', 'agent, human', true],
    ['matches_any_of', 'hum', 'agent, human', false],
    ['does_not_match_any_of', 'hum', 'agent, human', true],
    ['contains', 'a human please', 'human', true],
    ['does_not_contain', 'a human please', 'bot', true],
    ['starts_with', 'human please', 'human', true],
    ['does_not_start_with', 'a human', 'human', true],
    ['less_than', '9', '10', true],
    ['greater_than', '9', '10', false],
    ['greater_than', 'x', '10', false],
    ['is_blank', ' ', '', true],
    ['is_not_blank', 'x', '', true],
    ['regex', 'order 66', '\\d+$', true],
  ];
  test.each(comparisons)('split by %s: "%s" against "%s" is %p', async (type, body, value, expected) => {
    const { studio, messages } = studioWith();
    const input = '{{trigger.conversation.Body}}';
    const definition = flow(
      widget('split', 'split-based-on', { input }, [
        { event: 'noMatch', next: 'no' },
        {
          event: 'match',
          next: 'yes',
          conditions: [{ friendly_name: 'c', arguments: [input], type, value }],
        },
      ]),
      say('yes', 'true'),
      say('no', 'false'),
    );
    const { sid } = studio.createFlow({ friendlyName: 'Split', definition });
    studio.onMessageAdded(message(sid, { body }));
    await studio.idle();
    expect(messages.map((it) => it.body)).toEqual([String(expected)]);
  });

  test('send to Flex with the sender and the given attributes, and notice when that fails', async () => {
    const toFlex = (attributes: string) =>
      flow(
        widget('flex', 'send-to-flex', { workflow: 'WW1', channel: 'TC1', attributes, priority: '5' }, [
          { event: 'callComplete', next: 'done' },
          { event: 'failedToEnqueue', next: 'sorry' },
        ]),
        say('done', '{{widgets.flex.sid}}'),
        say('sorry', 'sorry'),
      );
    const outcome = async (attributes: string, effects?: Partial<StudioEffects>) => {
      const { studio, tasks, messages } = studioWith({ effects });
      const { sid } = studio.createFlow({ friendlyName: 'Flex', definition: toFlex(attributes) });
      studio.onMessageAdded(message(sid, { body: 'x'.repeat(2000) }));
      await studio.idle();
      return { tasks, said: messages[0]?.body };
    };
    const good = await outcome('{"from":"{{trigger.conversation.ChannelAttributes.customerName}}"}');
    expect(good.said).toBe(`WT${'1'.repeat(32)}`);
    expect(good.tasks).toMatchObject([
      {
        workflowSid: 'WW1',
        channelSid: 'TC1',
        priority: 5,
        timeout: 3600,
        attributes: { from: 'Ada', customerAddress: 'discord_1' },
      },
    ]);
    expect(await outcome('{{trigger.conversation.Body}}')).toMatchObject({ said: 'sorry', tasks: [] });
    const tooLong = '{"body":{{trigger.conversation.Body | to_json}}}';
    expect(await outcome(tooLong)).toMatchObject({ said: 'sorry', tasks: [] });
    const refusing = { sendToFlex: () => Promise.reject(new Error('no such workflow')) };
    expect((await outcome('{}', refusing)).said).toBe('sorry');
  });
});

describe('the HTTP widget', () => {
  let server: Served;
  let answer: (request: Request) => Response | Promise<Response>;
  beforeEach(() => {
    server = serve({ service: 'widget', handle: (request) => answer(request) });
  });
  afterEach(() => server.stop());

  const ask = async (properties: Record<string, unknown>, body = 'hello') => {
    const { studio, messages } = studioWith({ httpTimeoutMs: 150 });
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

  test('posts JSON, whatever the member wrote, and reads the answer', async () => {
    let seen: unknown;
    answer = async (request) => {
      seen = await request.json();
      return Response.json({ word: 'yes' });
    };
    const properties = () => ({
      method: 'POST',
      url: `${server.url}/turn`,
      content_type: 'application/json;charset=utf-8',
      body: '{"body":{{trigger.conversation.Body | to_json}}}',
    });
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (body) => {
        expect(await ask(properties(), body)).toBe('ok 200 yes {"word":"yes"}');
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
    expect(await ask({ method: 'POST', url: url(), parameters }, 'a b')).toBe('ok 200  POST  q=a+b');
    expect(await ask({ method: 'GET', url: `${url()}?x=1`, parameters }, 'a b')).toBe(
      'ok 200  GET ?x=1&q=a+b ',
    );
  });

  test('fails on any status but 2xx, on no answer in time, on a reset, a bad address and a huge answer', async () => {
    const url = `${server.url}/turn`;
    answer = () => new Response('no', { status: 503 });
    expect(await ask({ url })).toBe('failed 503');
    answer = () => new Response(null, { status: 204 });
    expect(await ask({ url })).toBe('ok 204  ');
    const late = Promise.withResolvers<Response>();
    answer = () => late.promise;
    expect(await ask({ url })).toBe('failed ');
    late.resolve(new Response('late'));
    answer = () => new Response('x'.repeat(64 * 1024 + 1));
    expect(await ask({ url })).toBe('failed 200');
    expect(await ask({ url: '{{nothing}}/x' })).toBe('failed ');
    await server.stop();
    expect(await ask({ url })).toBe('failed ');
  });

  test('an answer that is no JSON object is not parsed', async () => {
    answer = () => Response.json(['word']);
    expect(await ask({ url: server.url })).toBe('ok 200  ["word"]');
  });
});
