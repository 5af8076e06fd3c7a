import type { Transition } from './definition.ts';
import type { MessageAddedEvent, StudioEffects } from './host.ts';
import { createStudio } from './studio.ts';

export const accountSid = `AC${'a'.repeat(32)}`;
/** JSON as Studio's HTTP widget parses it. */
export const json = (body: unknown) =>
  new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } });

/** What send-to-flex gives back. */
export const sentToFlex = {
  sid: `KD${'1'.repeat(32)}`,
  channel: { sid: `UO${'1'.repeat(32)}`, type: 'web' },
  routing: { properties: { sid: `WT${'1'.repeat(32)}` } },
  url: `https://flex-api.twilio.com/v1/Interactions/KD${'1'.repeat(32)}`,
};
export type Input<Name extends keyof StudioEffects> = Parameters<StudioEffects[Name]>[0];

export function studioWith(options: { effects?: Partial<StudioEffects>; httpTimeoutMs?: number } = {}) {
  const tasks: Input<'sendToFlex'>[] = [];
  const messages: Input<'sendMessage'>[] = [];
  const studio = createStudio({
    accountSid,
    authToken: 'token',
    httpTimeoutMs: options.httpTimeoutMs,
    effects: {
      async sendToFlex(input) {
        tasks.push(input);
        return sentToFlex;
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

export function message(flowSid: string, more: Partial<MessageAddedEvent> = {}): MessageAddedEvent {
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
    index: 0,
    source: 'API',
    participantSid: null,
    messagingServiceSid: null,
    ...more,
  };
}

export const trigger = (next?: string) => ({
  name: 'Trigger',
  type: 'trigger',
  transitions: [
    { event: 'incomingMessage' },
    { event: 'incomingConversationMessage', ...(next ? { next } : {}) },
  ],
  properties: { offset: { x: 0, y: 0 } },
});
export const widget = (
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
export const flow = (...states: ReturnType<typeof widget>[]) => ({
  description: 'test',
  initial_state: 'Trigger',
  flags: { allow_concurrent_calls: true },
  states: [trigger(states[0]?.name), ...states],
});
export const say = (name: string, body: string) =>
  widget(name, 'send-message', { from: 'bot', body }, [{ event: 'sent' }, { event: 'failed' }]);
export const published = (definition: unknown) => ({
  FriendlyName: 'Test',
  Status: 'published',
  Definition: JSON.stringify(definition),
});
