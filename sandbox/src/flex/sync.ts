import { createHash } from 'node:crypto';
import { codes, TwilioError } from '../twilio/errors.ts';
import type { FlexBackend, FlexChange } from './backend.ts';
import type { FlexConversation, FlexMessage, FlexParticipant } from './chat-backend.ts';

type Kind = 'Maps' | 'Lists' | 'Documents';
type Item = { key: string; data: unknown } | { index: number; data: unknown };

/** Far more events than occur while a client is away for a while. */
const MAX_RECENT_EVENTS = 2000;
const DEFAULT_PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 100;
const sidPrefix: Record<Kind, string> = { Maps: 'MP', Lists: 'ES', Documents: 'ET' };
/** https://www.twilio.com/docs/api/errors/54100 and its neighbours */
const unknownObject: Record<Kind, number> = { Documents: 54100, Lists: 54150, Maps: 54200 };
const base = 'https://cds.us1.twilio.com/v3/Services/default';

/** An event of one sync object, as `twilio.sync.event` carries it. */
export interface SyncEvent {
  objectSid: string;
  event_type: string;
  event: Record<string, unknown>;
}

/** What is asked of a list or a map. */
export interface ItemsQuery {
  /** One item alone, of a list or of a map. */
  index?: string;
  key?: string;
  /** The first item of the page, in the given order. */
  from?: string;
  pageToken?: string;
  pageSize?: string;
  order?: string;
}

export type SyncObjects = ReturnType<typeof syncObjects>;

/**
 * The sync objects the Conversations SDK reads (2.5 to 3.0): `<identity>.convs` and `<identity>.info` maps, and for each
 * conversation a document `CH….channel`, a list `CH….messages` and a map `CH….roster`. They are views of the backend, and
 * outlive a client's connection: one that returns is given what it missed.
 */
export function syncObjects(backend: FlexBackend) {
  const names = new Map<string, { kind: Kind; name: string }>();
  const recent: SyncEvent[] = [];
  const listeners = new Set<(event: SyncEvent) => void>();
  const started = new Date().toISOString();
  let lastEventId = 1;

  const close = backend.subscribe((change) => {
    for (const event of made(change)) {
      recent.push(event);
      if (recent.length > MAX_RECENT_EVENTS) recent.shift();
      for (const listener of listeners) listener(event);
    }
  });

  function sidOf(kind: Kind, name: string): string {
    const sid = sidPrefix[kind] + createHash('md5').update(`${kind}/${name}`).digest('hex');
    names.set(sid, { kind, name });
    return sid;
  }

  /** The items of a list or a map in its own order; undefined where there is no such object. */
  function items(kind: Kind, name: string): Item[] | undefined {
    const [owner, part] = splitName(name);
    if (kind === 'Maps' && part === 'convs' && owner === backend.worker().identity)
      return byKey(backend.conversations().map((each) => ({ key: each.sid, data: membership(each) })));
    if (kind === 'Maps' && part === 'info') {
      const user = backend.user(owner);
      return (
        user && [
          { key: 'attributes', data: { value: user.attributes } },
          { key: 'friendlyName', data: { value: user.friendlyName } },
        ]
      );
    }
    if (!backend.conversation(owner)) return undefined;
    if (kind === 'Lists' && part === 'messages')
      return backend.messages(owner).map((each) => ({ index: each.index, data: message(each) }));
    if (kind === 'Maps' && part === 'roster')
      return byKey(backend.participants(owner).map((each) => ({ key: each.sid, data: participant(each) })));
    return undefined;
  }

  const wrap = (item: Item) => ({
    revision: '0',
    last_event_id: 0,
    date_created: started,
    date_updated: started,
    date_expires: null,
    created_by: 'system',
    url: `${base}/Items/${positionOf(item)}`,
    ...item,
  });

  /** One object by its name or its SID; a map with its items. */
  function object(kind: Kind, nameOrSid: string) {
    const name = names.get(nameOrSid)?.name ?? nameOrSid;
    const [owner, part] = splitName(name);
    const source = kind === 'Documents' && part === 'channel' ? backend.conversation(owner) : undefined;
    const held = items(kind, name);
    if (!source && !held) throw new TwilioError(404, unknownObject[kind], `${name} was not found`);
    const sid = sidOf(kind, name);
    const url = `${base}/${kind}/${sid}`;
    return {
      sid,
      unique_name: name,
      url,
      links: { items: `${url}/Items` },
      revision: '0',
      last_event_id: lastEventId,
      date_created: started,
      date_updated: started,
      date_expires: null,
      created_by: 'system',
      data: source ? document(source) : {},
      ...(kind === 'Maps' && held ? { items: held.map(wrap) } : {}),
    };
  }

  /** One page of a list or a map. https://www.twilio.com/docs/sync/api/listitem-resource#read-multiple-listitem-resources */
  function itemsOf(sid: string, query: ItemsQuery) {
    const { kind, name } = names.get(sid) ?? { kind: 'Lists' as const, name: sid };
    const held = items(kind, name);
    if (!held) throw new TwilioError(404, unknownObject[kind], `${name} was not found`);
    const size = Number(query.pageSize ?? DEFAULT_PAGE_SIZE);
    if (!Number.isInteger(size) || size < 1) throw new TwilioError(400, codes.invalidParameter, 'PageSize');
    if (size > MAX_PAGE_SIZE) throw new TwilioError(400, codes.pageSizeTooLarge, 'Page size too large');
    const one = query.key ?? query.index;
    if (one !== undefined)
      return pageOf(held.filter((item) => String(positionOf(item)) === one).map(wrap), {});
    const ordered = query.order === 'desc' ? held.toReversed() : held;
    const start = query.pageToken ? Number(query.pageToken) : firstFrom(ordered, query);
    const end = start + size;
    return pageOf(ordered.slice(start, end).map(wrap), {
      previous: start > 0 ? String(Math.max(0, start - size)) : undefined,
      next: end < ordered.length ? String(end) : undefined,
    });
  }

  function event(kind: Kind, name: string, type: string, fields: Record<string, unknown>): SyncEvent {
    const objectSid = sidOf(kind, name);
    const singular = { Maps: 'map', Lists: 'list', Documents: 'document' }[kind];
    lastEventId += 1;
    return {
      objectSid,
      event_type: `${singular}_${type}`,
      event: {
        id: lastEventId,
        [`${singular}_sid`]: objectSid,
        [`${singular}_revision`]: String(lastEventId),
        date_created: new Date().toISOString(),
        item_revision: String(lastEventId),
        item_url: `${base}/${kind}/${objectSid}/Items/${fields.item_key ?? fields.item_index ?? ''}`,
        ...fields,
      },
    };
  }

  /** What happened to an object after an event. */
  const eventsAfter = (objectSid: string, eventId: number) =>
    recent.filter((each) => each.objectSid === objectSid && Number(each.event.id) > eventId);

  /** What a change of the backend means for the sync objects. */
  function made(change: FlexChange): SyncEvent[] {
    const mine = `${backend.worker().identity}.convs`;
    switch (change.type) {
      case 'conversation-joined':
      case 'conversation-read': {
        const type = change.type === 'conversation-read' ? 'item_updated' : 'item_added';
        const { sid } = change.conversation;
        return [event('Maps', mine, type, { item_key: sid, item_data: membership(change.conversation) })];
      }
      case 'conversation-left':
        return [event('Maps', mine, 'item_removed', { item_key: change.conversation.sid, item_data: {} })];
      case 'conversation-removed':
        return [
          event('Maps', mine, 'item_removed', { item_key: change.conversationSid, item_data: {} }),
          event('Documents', `${change.conversationSid}.channel`, 'removed', {}),
        ];
      case 'conversation-updated': {
        const name = `${change.conversation.sid}.channel`;
        return [event('Documents', name, 'updated', { document_data: document(change.conversation) })];
      }
      case 'participant-added':
      case 'participant-updated':
      case 'participant-removed': {
        const type = change.type.replace('participant', 'item').replace('-', '_');
        const fields = { item_key: change.participant.sid, item_data: participant(change.participant) };
        return [event('Maps', `${change.conversationSid}.roster`, type, fields)];
      }
      case 'message-removed':
        return [
          event('Lists', `${change.conversationSid}.messages`, 'item_removed', { item_index: change.index }),
        ];
      case 'message-added':
      case 'message-updated': {
        const type = change.type.replace('message', 'item').replace('-', '_');
        const fields = { item_index: change.message.index, item_data: message(change.message) };
        return [event('Lists', `${change.conversationSid}.messages`, type, fields)];
      }
      case 'user-updated':
        return (items('Maps', `${change.identity}.info`) ?? []).map((item) =>
          event('Maps', `${change.identity}.info`, 'item_updated', {
            item_key: positionOf(item),
            item_data: item.data,
          }),
        );
      default:
        return [];
    }
  }

  return {
    object,
    itemsOf,
    eventsAfter,
    /** Calls back with every event until the returned function is called. */
    subscribe(listener: (event: SyncEvent) => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close,
  };
}

const positionOf = (item: Item): string | number => ('key' in item ? item.key : item.index);

const byKey = <One extends { key: string }>(all: One[]): One[] =>
  all.toSorted((a, b) => (a.key < b.key ? -1 : 1));

function firstFrom(ordered: readonly Item[], { from, order }: ItemsQuery): number {
  if (from === undefined) return 0;
  const found = ordered.findIndex((item) => {
    const [one, start] = 'key' in item ? [item.key, from] : [item.index, Number(from)];
    return order === 'desc' ? one <= start : one >= start;
  });
  return found < 0 ? ordered.length : found;
}

function pageOf(items: unknown[], tokens: { previous?: string; next?: string }) {
  const meta = { key: 'items', previous_token: tokens.previous ?? null, next_token: tokens.next ?? null };
  return { items, meta };
}

/** What a map says of a conversation for its user: only what is the user's own. */
function membership(source: FlexConversation) {
  return {
    status: 'joined',
    channel: `${source.sid}.channel`,
    messages: `${source.sid}.messages`,
    roster: `${source.sid}.roster`,
    lastConsumedMessageIndex: source.lastReadIndex,
    notificationLevel: source.notificationLevel,
  };
}

/** What a document says of a conversation to all. */
function document(source: FlexConversation) {
  return {
    messages: `${source.sid}.messages`,
    roster: `${source.sid}.roster`,
    friendlyName: source.friendlyName,
    uniqueName: source.uniqueName,
    attributes: source.attributes,
    createdBy: source.createdBy,
    dateCreated: source.createdAt,
    dateUpdated: source.updatedAt,
    state: { current: source.state, dateUpdated: source.updatedAt },
    lastMessage: source.lastMessage && {
      index: source.lastMessage.index,
      timestamp: source.lastMessage.createdAt,
    },
  };
}

function message(source: FlexMessage) {
  return {
    sid: source.sid,
    author: source.author,
    text: source.body ?? '',
    attributes: source.attributes,
    timestamp: source.createdAt,
    dateUpdated: source.updatedAt,
    lastUpdatedBy: source.lastUpdatedBy,
    type: source.media.length > 0 ? 'media' : 'text',
    medias: source.media.map((medium) => ({ ...medium, category: 'media' })),
    memberSid: source.participantSid,
  };
}

function participant(source: FlexParticipant) {
  return {
    identity: source.identity,
    type: source.type,
    attributes: source.attributes,
    roleSid: source.roleSid,
    dateCreated: source.createdAt,
    dateUpdated: source.updatedAt,
    lastConsumedMessageIndex: source.lastReadIndex,
    lastConsumptionTimestamp: source.lastReadAt,
    userInfo: source.identity === null ? undefined : `${source.identity}.info`,
  };
}

/** `CH….messages` → the conversation and `messages`; an identity may have dots of its own. */
function splitName(name: string): [owner: string, part: string] {
  const dot = name.lastIndexOf('.');
  return [name.slice(0, dot), name.slice(dot + 1)];
}
