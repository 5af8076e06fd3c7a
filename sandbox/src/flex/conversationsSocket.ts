import { TwilioError } from '../twilio/errors.ts';
import { isJsonObject, type JsonObject } from '../twilio/http.ts';
import type { FlexBackend } from './backend.ts';
import { type ConversationsApi, TYPING_TIMEOUT } from './conversationsApi.ts';
import type { SyncEvent, SyncObjects } from './sync.ts';
import { decodeFrame, encodeFrame, type TwilsockFrame, type TwilsockHeader } from './twilsock.ts';

export interface SocketOptions {
  backend: FlexBackend;
  /** Shared by all sockets of the agent, as `api` is. */
  sync: SyncObjects;
  api: ConversationsApi;
  send: (frame: Uint8Array) => void;
  /** Ends the connection; frames that were sent before arrive. */
  disconnect: () => void;
}

interface SubscriptionRequest {
  action: string;
  correlation_id: number;
  requests?: Array<{ object_sid: string; object_type: string; last_event_id?: number }>;
}

/** One Twilsock connection of the Conversations SDK: HTTP requests inside of frames, events pushed back. */
export function conversationsSocket(options: SocketOptions) {
  const { backend, sync, api, send, disconnect } = options;
  const subscribed = new Set<string>();
  let stopWatching = () => {};
  /** Requests are answered in the order in which they came. */
  let answered: Promise<unknown> = Promise.resolve();

  const push = (type: string, body: unknown) =>
    send(
      encodeFrame(
        { id: `TM${crypto.randomUUID()}`, method: 'notification', message_type: type },
        JSON.stringify(body),
      ),
    );

  const pushEvent = ({ event_type, event }: SyncEvent) =>
    push('twilio.sync.event', { event_type, event, event_protocol_version: 4, strictly_ordered: true });

  const stops = [
    backend.subscribe((change) => {
      if (change.type !== 'typing' || change.identity === backend.worker().identity) return;
      push('twilio.ipmsg.typing_indicator', {
        channel_sid: change.conversationSid,
        identity: change.identity,
        typing_timeout: TYPING_TIMEOUT + 1,
      });
    }),
    sync.subscribe((event) => {
      if (subscribed.has(event.objectSid)) pushEvent(event);
    }),
  ];

  function receive(message: string | Uint8Array): void {
    let frame: TwilsockFrame;
    try {
      frame = decodeFrame(message);
    } catch {
      // Whoever speaks another protocol is not answered.
      return disconnect();
    }
    const { header, payload } = frame;
    if (header.method === 'init' || header.method === 'update') admit(header);
    else if (header.method === 'message' && header.http_request) {
      const { http_request } = header;
      answered = answered.then(() => answer({ ...header, http_request }, payload));
    } else if (header.method !== 'reply') send(encodeFrame(replyTo(header)));
  }

  /** A connection begins, or goes on with a new token. */
  function admit(header: TwilsockHeader): void {
    try {
      const stop = backend.watchToken(String(header.token ?? ''), {
        aboutToExpire: () =>
          send(
            encodeFrame({
              id: `TM${crypto.randomUUID()}`,
              method: 'client_update',
              client_update_type: 'token_about_to_expire',
              client_update_message: 'Your token is about to expire',
            }),
          ),
        expired: () => {
          const status = {
            code: 410,
            status: 'TOKEN_EXPIRED',
            description: 'Token expired',
            errorCode: 51207,
          };
          send(encodeFrame({ id: `TM${crypto.randomUUID()}`, method: 'close', status }));
          disconnect();
        },
      });
      stopWatching();
      stopWatching = stop;
    } catch (error) {
      if (!(error instanceof TwilioError)) throw error;
      const status = {
        code: error.status,
        status: 'UNAUTHORIZED',
        description: error.message,
        errorCode: error.code,
      };
      return send(encodeFrame({ id: header.id, method: 'reply', status }));
    }
    send(
      encodeFrame({
        ...replyTo(header),
        continuation_token: 'sandbox',
        continuation_token_status: { reissued: false, reissue_reason: '', reissue_message: '' },
        capabilities: ['client_update', 'offline_storage', 'telemetry.v1'],
        init_registrations: [],
      }),
    );
  }

  async function answer(
    header: Required<Pick<TwilsockHeader, 'http_request'>> & TwilsockHeader,
    body: string,
  ) {
    const { path, method, params = {} } = header.http_request;
    const subscriptions = path === '/v4/Subscriptions' && method === 'POST' ? readJson(body) : undefined;
    const response = subscriptions
      ? Response.json({ estimated_delivery_in_ms: 100, max_batch_size: 1000 })
      : await api.handle(httpRequest(method, path, params, body));
    const status = { code: response.status, status: response.ok ? 'OK' : response.statusText || 'REFUSED' };
    const answer = await response.text();
    send(encodeFrame({ ...replyTo(header), http_status: status, http_headers: {} }, answer));
    // The answer has to be on the wire first: the client matches what follows by the id in it.
    if (subscriptions) subscribe(subscriptions as unknown as SubscriptionRequest);
  }

  function subscribe(request: SubscriptionRequest): void {
    const isCancel = request.action === 'cancel';
    for (const { object_sid, object_type, last_event_id } of request.requests ?? []) {
      if (isCancel) subscribed.delete(object_sid);
      else subscribed.add(object_sid);
      push('twilio.sync.event', {
        event_type: isCancel ? 'subscription_canceled' : 'subscription_established',
        correlation_id: request.correlation_id,
        event_protocol_version: 4,
        event: { object_sid, object_type, replay_status: 'completed', last_event_id: last_event_id ?? 0 },
      });
      // Sends the events since the object was read, or since the client was away, which it would miss otherwise.
      if (!isCancel && last_event_id !== undefined)
        for (const event of sync.eventsAfter(object_sid, last_event_id)) pushEvent(event);
    }
  }

  return {
    receive,
    close() {
      stopWatching();
      for (const stop of stops) stop();
    },
  };
}

function httpRequest(
  method: string,
  path: string,
  params: Record<string, string | string[]>,
  body: string,
): Request {
  const url = new URL(path, 'https://aim.us1.twilio.com');
  for (const [name, value] of Object.entries(params))
    for (const one of [value].flat()) url.searchParams.append(name, decodeURIComponent(one));
  const hasBody = method !== 'GET' && method !== 'HEAD';
  return new Request(url, { method, body: hasBody ? body : undefined });
}

/** Undefined for what is no JSON object: the request then meets no route. */
function readJson(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function replyTo(header: TwilsockHeader): TwilsockHeader & Record<string, unknown> {
  return { id: header.id, method: 'reply', status: { code: 200, status: 'OK' } };
}
