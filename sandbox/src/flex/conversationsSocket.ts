import { TwilioError } from '../twilio/errors.ts';
import type { FlexBackend } from './backend.ts';
import { type SyncEvent, syncObjects } from './sync.ts';
import { decodeFrame, encodeFrame, type TwilsockHeader } from './twilsock.ts';

const api = 'https://aim.us1.twilio.com/Client/v1';
/** Seconds a typing indicator stands. */
const TYPING_TIMEOUT = 5;

interface UpstreamRequest {
  path: string;
  method: string;
  params: Record<string, string>;
  body: string;
}

export interface SocketOptions {
  backend: FlexBackend;
  send: (frame: Uint8Array) => void;
  /** A request nothing here answers; the client gets 404. */
  onUnknown: (what: string) => void;
}

/** One Twilsock connection of the Conversations SDK: HTTP requests inside of frames, events pushed back. */
export function conversationsSocket({ backend, send, onUnknown }: SocketOptions) {
  const sync = syncObjects(backend);
  const subscribed = new Set<string>();

  const push = (type: string, body: unknown) =>
    send(
      encodeFrame(
        { id: `TM${crypto.randomUUID()}`, method: 'notification', message_type: type },
        JSON.stringify(body),
      ),
    );

  const pushEvent = ({ event_type, event }: SyncEvent) =>
    push('twilio.sync.event', { event_type, event, event_protocol_version: 4, strictly_ordered: true });

  const unsubscribe = backend.subscribe((change) => {
    if (change.type === 'typing' && change.identity !== backend.worker().identity) {
      push('twilio.ipmsg.typing_indicator', {
        channel_sid: change.conversationSid,
        identity: change.identity,
        typing_timeout: TYPING_TIMEOUT + 1,
      });
    }
    for (const event of sync.eventsOf(change)) if (subscribed.has(event.objectSid)) pushEvent(event);
  });

  function receive(message: string | Uint8Array): void {
    const { header, payload } = decodeFrame(message);
    if (header.method === 'init') {
      send(
        encodeFrame({
          ...replyTo(header),
          continuation_token: 'sandbox',
          continuation_token_status: { reissued: false, reissue_reason: '', reissue_message: '' },
          capabilities: ['client_update', 'offline_storage', 'telemetry.v1'],
          init_registrations: [],
        }),
      );
    } else if (header.method === 'message' && header.http_request) {
      const { path, method, params = {} } = header.http_request;
      const { code, status, answer } = answered({ path, method, params, body: payload });
      send(
        encodeFrame(
          { ...replyTo(header), http_status: { code, status }, http_headers: {} },
          JSON.stringify(answer),
        ),
      );
    } else if (header.method !== 'reply') {
      send(encodeFrame(replyTo(header)));
    }
  }

  /** The answer, or the refusal in Twilio's shape: what is not supported is not there, so that no client believes it done. */
  function answered(request: UpstreamRequest): { code: number; status: string; answer: unknown } {
    try {
      const answer = answerOf(request);
      if (answer !== undefined) return { code: 200, status: 'OK', answer };
      onUnknown(`${request.method} ${request.path}`);
      return refusal(404, 20404, `The requested resource ${request.path} was not found`);
    } catch (error) {
      if (error instanceof TwilioError) return refusal(error.status, error.code, error.message);
      if (error instanceof SyntaxError) return refusal(400, 20001, 'The body is not JSON');
      throw error;
    }
  }

  function answerOf({ path, method, params, body }: UpstreamRequest): unknown {
    if (path === '/v1/Telemetry/Events') return {};
    if (path === '/Client/v2/Configuration') return configuration(backend);
    if (path === '/Client/v1/Users/me/Conversations') return myConversations();
    if (path === '/Client/v1/Typing') return typing(body);
    const messagesOf = /^\/Client\/v1\/Conversations\/(CH\w+)\/Messages$/.exec(path)?.[1];
    if (messagesOf && method === 'POST') return sendMessage(messagesOf, body);
    const mine = /^\/Client\/v1\/Users\/me\/Conversations\/(CH\w+)$/.exec(path)?.[1];
    if (mine) return readState(mine, method === 'POST' ? body : '{}');
    if (/\/MessageRecipients$/.test(path)) {
      return { message_recipients: [], meta: { previous_token: null, next_token: null } };
    }
    const user = /^\/Client\/v1\/Users\/([^/]+)$/.exec(path)?.[1];
    if (user) return userOf(decodeURIComponent(user));
    const listed = /\/(?:Maps|Lists)\/([^/]+)\/Items(?:\/(.+))?$/.exec(path);
    if (listed) {
      const key = params.Key ?? (listed[2] === undefined ? undefined : decodeURIComponent(listed[2]));
      return sync.itemsOf(listed[1] ?? '', { key, order: params.Order });
    }
    const object = /\/(Maps|Lists|Documents)\/([^/]+)$/.exec(path);
    if (object) return sync.object(object[1] as 'Maps', decodeURIComponent(object[2] ?? ''));
    if (/\/Subscriptions$/.test(path)) return subscribe(body);
    return undefined;
  }

  function subscribe(body: string) {
    const request = JSON.parse(body) as {
      action: string;
      correlation_id: number;
      requests?: Array<{ object_sid: string; object_type: string; last_event_id?: number }>;
    };
    const isCancel = request.action === 'cancel';
    // The answer has to be on the wire first: the client matches what follows by the id in it.
    queueMicrotask(() => {
      for (const { object_sid, object_type, last_event_id } of request.requests ?? []) {
        if (isCancel) subscribed.delete(object_sid);
        else subscribed.add(object_sid);
        push('twilio.sync.event', {
          event_type: isCancel ? 'subscription_canceled' : 'subscription_established',
          correlation_id: request.correlation_id,
          event_protocol_version: 4,
          event: { object_sid, object_type, replay_status: 'completed', last_event_id: last_event_id ?? 0 },
        });
        // Sends the events since the object was read, which the client would miss otherwise.
        if (!isCancel && last_event_id !== undefined)
          for (const event of sync.eventsAfter(object_sid, last_event_id)) pushEvent(event);
      }
    });
    return { estimated_delivery_in_ms: 100, max_batch_size: 1000 };
  }

  function sendMessage(conversationSid: string, body: string) {
    const sent = JSON.parse(body) as { body?: string; attributes?: string; media_sids?: string[] };
    const message = backend.sendMessage(conversationSid, {
      body: sent.body ?? '',
      attributes: sent.attributes ?? '{}',
      mediaSids: sent.media_sids ?? [],
    });
    return {
      sid: message.sid,
      index: message.index,
      author: message.author,
      body: message.body,
      attributes: message.attributes,
      conversation_sid: conversationSid,
      date_created: message.createdAt,
    };
  }

  function readState(conversationSid: string, body: string) {
    const { last_read_message_index: upTo } = JSON.parse(body) as { last_read_message_index?: number };
    if (upTo !== undefined) backend.read(conversationSid, upTo);
    const last = backend.conversation(conversationSid)?.lastReadIndex ?? null;
    const unread = backend.messages(conversationSid).filter(({ index }) => last !== null && index > last);
    return {
      conversation_sid: conversationSid,
      last_read_message_index: last,
      unread_messages_count: last === null ? null : unread.length,
    };
  }

  function userOf(identity: string) {
    return {
      identity,
      friendly_name: backend.friendlyName(identity),
      attributes: '{}',
      sync_objects: { user_info_map: `${identity}.info` },
      links: {},
    };
  }

  function typing(body: string) {
    const form = new URLSearchParams(body);
    const conversationSid = form.get('ConversationSid') ?? form.get('ChannelSid');
    if (conversationSid) backend.typing(conversationSid);
    return { typing_timeout: TYPING_TIMEOUT };
  }

  function myConversations() {
    return {
      conversations: backend.conversations().map(({ sid, lastReadIndex }) => ({
        conversation_sid: sid,
        status: 'joined',
        sync_objects: { conversation: `${sid}.channel`, messages: `${sid}.messages` },
        last_read_message_index: lastReadIndex,
        notification_level: 'default',
      })),
      meta: { next_token: null },
    };
  }

  return { receive, close: unsubscribe };
}

function refusal(status: number, code: number, message: string) {
  const answer = { status, code, message, more_info: `https://www.twilio.com/docs/errors/${code}` };
  return { code: status, status: status === 404 ? 'Not Found' : 'Bad Request', answer };
}

function replyTo(header: TwilsockHeader): TwilsockHeader & Record<string, unknown> {
  return { id: header.id, method: 'reply', status: { code: 200, status: 'OK' } };
}

function configuration(backend: FlexBackend) {
  const { identity } = backend.worker();
  const media = `https://mcs.us1.twilio.com/v1/Services/${backend.account.chatServiceSid}`;
  return {
    identity,
    links: {
      my_conversations: `${api}/Users/me/Conversations`,
      conversations: `${api}/Conversations`,
      users: `${api}/Users`,
      current_user: `${api}/Users/me`,
      typing: `${api}/Typing`,
      media_service: `${media}/Media`,
      media_set_service: `${media}/MediaSet`,
      messages_receipts: `${api}/Receipts`,
    },
    options: {
      user_infos_to_subscribe: 100,
      reachability_enabled: false,
      http_cache_interval: 'PT5S',
      consumption_report_interval: 'PT5S',
      typing_timeout: TYPING_TIMEOUT,
      media_attachments_count_limit: 10,
      media_attachment_size_limit_in_mb: 50,
      media_attachments_total_size_limit_in_mb: 50,
      email_histories_allowed_mime_types: [],
      email_bodies_allowed_mime_types: [],
    },
    sync_objects: { my_user_info: `${identity}.info`, my_conversations: `${identity}.convs` },
  };
}
