import { Elysia } from 'elysia';
import { errorResponse, invalid, notFound } from '../twilio/errors.ts';
import {
  type Call,
  created,
  type JsonObject,
  jsonObject,
  noContent,
  optional,
  product,
} from '../twilio/http.ts';
import type { FlexBackend } from './backend.ts';
import type { FlexConversation, FlexMessage, FlexParticipant } from './chat-backend.ts';
import { type PushRegistrations, pushRoutes } from './pushRegistrations.ts';
import type { SyncObjects } from './sync.ts';

const api = 'https://aim.us1.twilio.com/Client/v1';
/** Seconds a typing indicator stands. */
export const TYPING_TIMEOUT = 5;

export interface ConversationsApiOptions {
  backend: FlexBackend;
  sync: SyncObjects;
  /** Where the Media Content Service is, without a slash at the end. */
  mediaUrl: string;
  push: PushRegistrations;
  /** A request nothing here answers; the client gets 404. */
  onUnknown: (what: string) => void;
}

export type ConversationsApi = ReturnType<typeof conversationsApi>;

/**
 * What the Conversations SDK (2.5 to 3.0) asks by its socket: its own API, which no page of Twilio's describes, and Sync.
 * Derived from the requests of the unchanged clients; answers are the resources of the REST API. Mutations are
 * idempotent by their `X-Twilio-Mutation-Id`, which is not kept here: a client on this machine does not repeat itself.
 */
export function conversationsApi({ backend, sync, mediaUrl, push, onUnknown }: ConversationsApiOptions) {
  const conversationOf = (sid: string): FlexConversation => {
    const found = backend.conversation(sid);
    if (!found) throw notFound(`/Conversations/${sid}`);
    return found;
  };
  const messageOf = (sid: string, messageSid: string): FlexMessage => {
    const found = backend.messages(sid).find((one) => one.sid === messageSid);
    if (!found) throw notFound(`/Conversations/${sid}/Messages/${messageSid}`);
    return found;
  };

  const conversations = product('/Client/v1/Conversations')
    .post('', ({ call }) =>
      created(conversationJson(backend.createConversation(readConversation(bodyOf(call))))),
    )
    .get('/:sid', ({ params }) => conversationJson(conversationOf(params.sid)))
    .post('/:sid', ({ params, call }) =>
      conversationJson(backend.updateConversation(params.sid, readConversation(bodyOf(call)))),
    )
    .delete('/:sid', ({ params }) => {
      backend.deleteConversation(params.sid);
      return noContent();
    })
    .post('/:sid/Messages', ({ params, call }) => {
      const body = bodyOf(call);
      const sent = backend.sendMessage(params.sid, {
        body: text(body, 'body') ?? '',
        attributes: text(body, 'attributes'),
        mediaSids: texts(body, 'media_sids'),
      });
      return created(messageJson(params.sid, sent));
    })
    .get('/:sid/Messages/:message', ({ params }) =>
      messageJson(params.sid, messageOf(params.sid, params.message)),
    )
    .post('/:sid/Messages/:message', ({ params, call }) => {
      const body = bodyOf(call);
      const change = { body: text(body, 'body'), attributes: text(body, 'attributes') };
      return messageJson(params.sid, backend.updateMessage(params.sid, params.message, change));
    })
    .delete('/:sid/Messages/:message', ({ params }) => {
      backend.removeMessage(params.sid, params.message);
      return noContent();
    })
    // Receipts are of messages that leave the chat, and here none does.
    // https://www.twilio.com/docs/conversations-classic/delivery-receipts
    .get('/:sid/Messages/:message/Receipts', ({ params }) => {
      messageOf(params.sid, params.message);
      return { delivery_receipts: [], meta: { previous_token: null, next_token: null } };
    })
    .get('/:sid/MessageRecipients', ({ params }) => {
      conversationOf(params.sid);
      return { message_recipients: [], meta: { previous_token: null, next_token: null } };
    })
    .post('/:sid/Participants', ({ params, call }) => {
      const body = bodyOf(call);
      const identity = text(body, 'identity');
      // Others than chat users come in by addresses, which a Flex agent's client does not add.
      if (!identity) throw invalid('Identity is required');
      const participant = backend.addParticipant(params.sid, {
        identity,
        attributes: text(body, 'attributes'),
      });
      return created(participantJson(params.sid, participant));
    })
    .get('/:sid/Participants/:participant', ({ params }) => {
      const found = backend
        .participants(params.sid)
        .find(({ sid, identity }) => sid === params.participant || identity === params.participant);
      if (!found) throw notFound(`/Conversations/${params.sid}/Participants/${params.participant}`);
      return participantJson(params.sid, found);
    })
    .post('/:sid/Participants/:participant', ({ params, call }) => {
      const change = { attributes: text(bodyOf(call), 'attributes') };
      return participantJson(params.sid, backend.updateParticipant(params.sid, params.participant, change));
    })
    .delete('/:sid/Participants/:participant', ({ params }) => {
      backend.removeParticipant(params.sid, params.participant);
      return noContent();
    });

  const users = product('/Client/v1')
    .get('/Users/me/Conversations', () => ({
      conversations: backend.conversations().map(membershipJson),
      meta: { next_token: null },
    }))
    .get('/Users/me/Conversations/:sid', ({ params }) => membershipJson(conversationOf(params.sid)))
    .post('/Users/me/Conversations/:sid', ({ params, call }) => {
      const body = bodyOf(call);
      const index = body.last_read_message_index;
      if (index === null || Number.isInteger(index)) backend.read(params.sid, index as number | null);
      else if (index !== undefined) throw invalid('last_read_message_index must be an integer');
      const level = text(body, 'notification_level');
      if (level === 'default' || level === 'muted') backend.setNotificationLevel(params.sid, level);
      else if (level !== undefined) throw invalid('notification_level must be default or muted');
      return membershipJson(conversationOf(params.sid));
    })
    .get('/Users/:identity', ({ params }) => userJson(params.identity))
    .post('/Users/:identity', ({ params, call }) => {
      const body = bodyOf(call);
      const identity = params.identity;
      const change = { friendlyName: text(body, 'friendly_name'), attributes: text(body, 'attributes') };
      backend.updateUser(identity, change);
      return userJson(identity);
    })
    .post('/Typing', ({ call }) => {
      const sid = optional(call.form, 'ConversationSid') ?? optional(call.form, 'ChannelSid');
      if (!sid) throw invalid('ChannelSid is required');
      backend.typing(sid);
      return { typing_timeout: TYPING_TIMEOUT };
    });

  const objects = product('/v3')
    .get('/Maps/:object', ({ params }) => sync.object('Maps', params.object))
    .get('/Lists/:object', ({ params }) => sync.object('Lists', params.object))
    .get('/Documents/:object', ({ params }) => sync.object('Documents', params.object))
    .get('/Services/default/Maps/:object/Items', ({ params, call }) =>
      sync.itemsOf(params.object, readQuery(call)),
    )
    .get('/Services/default/Lists/:object/Items', ({ params, call }) =>
      sync.itemsOf(params.object, readQuery(call)),
    );

  return new Elysia()
    .use(conversations)
    .use(users)
    .use(objects)
    .use(pushRoutes(push))
    .get('/Client/v2/Configuration', () => configuration(backend, mediaUrl))
    .post('/v1/Telemetry/Events', () => ({}))
    .onError(({ code, request, path }) => {
      if (code !== 'NOT_FOUND') return undefined;
      // What is not supported is refused, so that no client believes it done.
      onUnknown(`${request.method} ${path}`);
      return errorResponse(notFound(path));
    });

  function membershipJson(source: FlexConversation) {
    const { lastReadIndex } = source;
    const unread =
      lastReadIndex === null
        ? null
        : backend.messages(source.sid).filter(({ index }) => index > lastReadIndex).length;
    return {
      ...conversationJson(source),
      conversation_sid: source.sid,
      status: source.isJoined ? 'joined' : 'notParticipating',
      last_read_message_index: lastReadIndex,
      unread_messages_count: unread,
      notification_level: source.notificationLevel,
    };
  }

  function userJson(identity: string) {
    const user = backend.user(identity);
    if (!user) throw notFound(`/Users/${identity}`);
    return {
      identity,
      friendly_name: user.friendlyName,
      attributes: user.attributes,
      sync_objects: { user_info_map: `${identity}.info` },
      url: `${api}/Users/${encodeURIComponent(identity)}`,
      links: {},
    };
  }
}

function conversationJson(source: FlexConversation) {
  const url = `${api}/Conversations/${source.sid}`;
  return {
    sid: source.sid,
    friendly_name: source.friendlyName,
    unique_name: source.uniqueName,
    attributes: source.attributes,
    state: source.state,
    created_by: source.createdBy,
    status: source.isJoined ? 'joined' : 'notParticipating',
    messages_count: source.messagesCount,
    participants_count: source.participantsCount,
    date_created: source.createdAt,
    date_updated: source.updatedAt,
    sync_objects: {
      conversation: `${source.sid}.channel`,
      messages: `${source.sid}.messages`,
      participants: `${source.sid}.roster`,
    },
    url,
    links: { messages: `${url}/Messages`, participants: `${url}/Participants` },
  };
}

function messageJson(conversationSid: string, source: FlexMessage) {
  const url = `${api}/Conversations/${conversationSid}/Messages/${source.sid}`;
  return {
    sid: source.sid,
    conversation_sid: conversationSid,
    index: source.index,
    author: source.author,
    body: source.body,
    attributes: source.attributes,
    media: source.media.length > 0 ? source.media : null,
    participant_sid: source.participantSid,
    last_updated_by: source.lastUpdatedBy,
    delivery: null,
    date_created: source.createdAt,
    date_updated: source.updatedAt,
    url,
    links: { delivery_receipts: `${url}/Receipts` },
  };
}

function participantJson(conversationSid: string, source: FlexParticipant) {
  return {
    sid: source.sid,
    conversation_sid: conversationSid,
    identity: source.identity,
    attributes: source.attributes,
    role_sid: source.roleSid,
    messaging_binding: source.type === 'chat' ? null : { type: source.type },
    last_read_message_index: source.lastReadIndex,
    last_read_timestamp: source.lastReadAt,
    date_created: source.createdAt,
    date_updated: source.updatedAt,
    url: `${api}/Conversations/${conversationSid}/Participants/${source.sid}`,
  };
}

function configuration(backend: FlexBackend, mediaUrl: string) {
  const { identity } = backend.worker();
  const media = `${mediaUrl}/v1/Services/${backend.account.chatServiceSid}`;
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
      messages_receipts: `${api}/Conversations/%s/Messages/%s/Receipts`,
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

const bodyOf = (call: Call): JsonObject => jsonObject(call.text || '{}', 'body');

function text(body: JsonObject, name: string): string | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw invalid(`${name} must be a string`);
  return value;
}

function texts(body: JsonObject, name: string): string[] {
  const value = body[name] ?? [];
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'string'))
    throw invalid(`${name} must be a list of strings`);
  return value;
}

function readConversation(body: JsonObject) {
  return {
    friendlyName: text(body, 'friendly_name'),
    uniqueName: text(body, 'unique_name'),
    attributes: text(body, 'attributes'),
  };
}

function readQuery({ query }: Call) {
  return {
    index: optional(query, 'Index'),
    key: optional(query, 'Key'),
    from: optional(query, 'From'),
    pageToken: optional(query, 'PageToken'),
    pageSize: optional(query, 'PageSize'),
    order: optional(query, 'Order'),
  };
}
