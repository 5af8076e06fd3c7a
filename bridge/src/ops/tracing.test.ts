import { afterAll, beforeAll, expect, test } from 'bun:test';
import { type Chat, eventually, startChat } from '../../testing/panel-bridge.ts';
import { storeKinds, type TestPlace } from '../../testing/stores.ts';

interface OtlpSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  attributes: { key: string; value: { stringValue?: string; intValue?: number } }[];
}

interface OtlpRequest {
  resourceSpans: { resource: { attributes: OtlpSpan['attributes'] }; scopeSpans: { spans: OtlpSpan[] }[] }[];
}

const KEY = 'of the collector';

let place: TestPlace;
let chat: Chat;
const spans: OtlpSpan[] = [];
const services = new Set<string | undefined>();
/** As much of a collector as OTLP over HTTP asks for (https://opentelemetry.io/docs/specs/otlp/#otlphttp). */
const collector = Bun.serve({
  port: 0,
  async fetch(request) {
    const { pathname } = new URL(request.url);
    if (pathname !== '/v1/traces' || request.headers.get('x-key') !== KEY)
      return new Response(null, { status: 404 });
    const { resourceSpans } = (await request.json()) as OtlpRequest;
    for (const { resource, scopeSpans } of resourceSpans) {
      services.add(resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue);
      spans.push(...scopeSpans.flatMap((scope) => scope.spans));
    }
    return Response.json({});
  },
});
beforeAll(async () => {
  place = await (storeKinds[0] as (typeof storeKinds)[number]).make();
  chat = await startChat(place, {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url.origin,
    OTEL_EXPORTER_OTLP_HEADERS: `x-key=${encodeURIComponent(KEY)}`,
    OTEL_SERVICE_NAME: 'lantern',
    LOG_LEVEL: 'debug',
  });
});
afterAll(async () => {
  await chat?.stop();
  await collector.stop(true);
  await place?.drop();
});

const attribute = ({ attributes }: OtlpSpan, name: string) =>
  attributes.find(({ key }) => key === name)?.value.stringValue;

/** The spans of one trace from its root down, each with its parent's name. */
function tree(traceId: string): string[] {
  const own = spans.filter((span) => span.traceId === traceId);
  return own.map(({ name, parentSpanId }) => {
    const parent = own.find(({ spanId }) => spanId === parentSpanId);
    if (parentSpanId && !parent) return `? > ${name}`;
    return parent ? `${parent.name} > ${name}` : name;
  });
}

/** Waits for a request to a cloud that is part of the trace that an event with this key began. */
const traceOf = async (key: RegExp, request: string) => {
  const root = await eventually(
    () => spans.find((span) => key.test(attribute(span, 'flexcord.key') ?? '')),
    (span) => span !== undefined,
  );
  const traceId = String(root?.traceId);
  await eventually(
    () => spans.filter((span) => span.traceId === traceId).map(({ name }) => name),
    (names) => names.includes(request),
  );
  return traceId;
};

test('one trace follows a message through both clouds, from the event to the request on the other side', async () => {
  const { id } = await chat.ada.dm('I cannot log in');
  // Refused once, so that the second attempt takes what led to it out of the store.
  chat.faults.add({
    on: 'api',
    method: 'POST',
    match: /channels\/\d+\/messages/,
    times: 1,
    effect: { kind: 'status', status: 503 },
  });
  const { sid } = await chat.agent.send(chat.conversationSid, 'I look at it.');
  const posted = 'twilio POST /conversations/v1/Conversations/:id/Messages';
  const toAgent = await traceOf(new RegExp(`^discord:${id}$`), posted);
  expect(tree(toAgent)).toEqual(
    expect.arrayContaining([
      'hear in.member-wrote',
      'hear in.member-wrote > transaction',
      'hear in.member-wrote > work twilio.member-message',
      `work twilio.member-message > ${posted}`,
      'work twilio.member-message > transaction',
    ]),
  );
  const sent = 'discord POST /channels/:id/messages';
  const toMember = await traceOf(new RegExp(`^twilio:${sid}$`), sent);
  expect(tree(toMember)).toEqual(
    expect.arrayContaining([
      'hear in.agent-wrote',
      'hear in.agent-wrote > transaction',
      'hear in.agent-wrote > work discord.message',
      `work discord.message > ${sent}`,
      'work discord.message > transaction',
    ]),
  );
  await eventually(
    () => tree(toMember).filter((line) => line === 'hear in.agent-wrote > work discord.message'),
    (attempts) => attempts.length === 2,
  );
  expect(toMember).not.toBe(toAgent);
  expect(tree(toAgent).filter((line) => line.startsWith('?'))).toEqual([]);
  expect(services).toEqual(new Set(['lantern']));
  // The log names a message by the same id at every hop.
  const logged = chat.lines
    .filter(({ trace }) => trace === toMember)
    .map(({ msg, kind }) => `${kind}: ${msg}`);
  expect(logged).toEqual(
    expect.arrayContaining(['in.agent-wrote: heard', 'discord.message: an entry was worked on']),
  );
  expect(JSON.stringify(spans)).not.toContain('I cannot log in');
  expect(JSON.stringify(chat.lines)).not.toContain('I cannot log in');
});
