import { describe, expect, test } from 'bun:test';
import type { Transition } from './definition.ts';
import { flow, published, say, studioWith, trigger, widget } from './testing.ts';

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

  test('an update without a definition keeps it, and an invalid one changes nothing', async () => {
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
    [
      'a broken expression',
      flow(
        split({
          event: 'match',
          next: 'split',
          conditions: [{ friendly_name: 'c', arguments: ['x'], type: 'regex', value: '(' }],
        }),
      ),
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

  test('accepts a valid flow', async () => {
    const { call } = studioWith();
    const definition = flow(split(match('flex'), { event: 'noMatch' }), flex({ attributes: '{"a":"b"}' }));
    expect(await call('POST', '/Flows/Validate', published(definition))).toEqual({
      status: 200,
      body: { valid: true },
    });
  });
});
