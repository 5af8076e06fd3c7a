import { describe, expect, test } from 'bun:test';
import type { StudioEffects } from './host.ts';
import { flow, message, published, say, studioWith, widget } from './testing.ts';

describe('executions', () => {
  test('run from the trigger to the end and are listed over REST', async () => {
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

  test('run in sequence in one conversation and in parallel in several', async () => {
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

  test('end when one widget of a flow ran ten times', async () => {
    const { studio } = studioWith();
    const definition = flow(
      widget('spin', 'set-variables', { variables: [] }, [{ event: 'next', next: 'spin' }]),
    );
    const { sid } = studio.createFlow({ friendlyName: 'Spin', definition });
    studio.onMessageAdded(message(sid));
    await studio.idle();
    expect(studio.executions(sid)[0]).toMatchObject({ status: 'ended' });
    expect(studio.executions(sid)[0]?.steps).toHaveLength(11);
  });

  const comparisons: [string, string, string, boolean][] = [
    ['equal_to', 'flex', 'flex', true],
    ['equal_to', ' FLEX\n', 'flex', true],
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
    ['regex', 'Order 66', 'order \\d+', true],
    ['regex', 'order 66', '\\d+', false],
    ['is_before_time', '17:00', '16:35', false],
    ['is_after_time', '17:00', '16:35', true],
    ['is_before_date', '2017-09-04', '2019-08-12', true],
    ['is_after_date', '2019-08-12', 'soon', false],
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

  test('send to Flex with the sender and the given attributes, and follow the failure transition', async () => {
    const toFlex = (attributes: string) =>
      flow(
        widget('flex', 'send-to-flex', { workflow: 'WW1', channel: 'TC1', attributes, priority: '5' }, [
          { event: 'callComplete', next: 'done' },
          { event: 'failedToEnqueue', next: 'sorry' },
        ]),
        say('done', '{{widgets.flex.routing.properties.sid}}'),
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
    expect(await outcome('{"body":{{trigger.conversation.Body}}}')).toMatchObject({
      said: 'sorry',
      tasks: [],
    });
    const tooLong = '{"body":{{trigger.conversation.Body | to_json}}}';
    expect(await outcome(tooLong)).toMatchObject({ said: 'sorry', tasks: [] });
    const refusing = { sendToFlex: () => Promise.reject(new Error('no such workflow')) };
    expect((await outcome('{}', refusing)).said).toBe('sorry');
  });
});
