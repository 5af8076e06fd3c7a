import { createHash } from 'node:crypto';
import type { FlexBackend, FlexChange, FlexConversation, FlexMessage, FlexParticipant } from './backend.ts';

type Kind = 'Maps' | 'Lists' | 'Documents';
type Item = { key: string; data: unknown } | { index: number; data: unknown };

/** Far more events than occur between reading an object and subscribing to it. */
const MAX_RECENT_EVENTS = 500;
const sidPrefix: Record<Kind, string> = { Maps: 'MP', Lists: 'ES', Documents: 'ET' };
const base = 'https://cds.us1.twilio.com/v3/Services/default';

/** An event of one sync object, as `twilio.sync.event` carries it. */
export interface SyncEvent {
  objectSid: string;
  event_type: string;
  event: Record<string, unknown>;
}

/**
 * The sync objects the Conversations SDK reads (2.5): `<identity>.convs` and `<identity>.info` maps, and for each
 * conversation a document `CH….channel`, a list `CH….messages` and a map `CH….roster`. They are views of the backend.
 */
export function syncObjects(backend: FlexBackend) {
  const names = new Map<string, { kind: Kind; name: string }>();
  const recent: SyncEvent[] = [];
  const started = new Date().toISOString();
  let lastEventId = 1;

  function sidOf(kind: Kind, name: string): string {
    const sid = sidPrefix[kind] + createHash('md5').update(`${kind}/${name}`).digest('hex');
    names.set(sid, { kind, name });
    return sid;
  }

  const conversation = (source: FlexConversation) => ({
    status: 'joined',
    channel: `${source.sid}.channel`,
    messages: `${source.sid}.messages`,
    roster: `${source.sid}.roster`,
    friendlyName: source.friendlyName,
    uniqueName: null,
    attributes: source.attributes,
    createdBy: 'system',
    dateCreated: source.createdAt,
    dateUpdated: source.updatedAt,
    lastConsumedMessageIndex: source.lastReadIndex,
    notificationLevel: 'default',
    state: { current: source.state, dateUpdated: source.updatedAt },
  });
  const message = (source: FlexMessage) => ({
    sid: source.sid,
    author: source.author,
    text: source.body,
    attributes: source.attributes,
    timestamp: source.createdAt,
    type: source.media.length > 0 ? 'media' : 'text',
    medias: source.media.map((medium) => ({ ...medium, category: 'media' })),
    memberSid: source.participantSid,
  });
  const participant = (source: FlexParticipant) => ({
    identity: source.identity,
    type: 'chat',
    attributes: source.attributes,
    dateCreated: source.createdAt,
    dateUpdated: source.createdAt,
    lastConsumedMessageIndex: source.lastReadIndex,
  });

  function items(name: string): Item[] {
    const [owner = '', part] = splitName(name);
    if (part === 'convs') {
      return backend.conversations().map((each) => ({ key: each.sid, data: conversation(each) }));
    }
    if (part === 'info') {
      return [
        { key: 'friendlyName', data: { value: backend.friendlyName(owner) } },
        { key: 'attributes', data: { value: '{}' } },
      ];
    }
    if (part === 'messages') {
      return backend.messages(owner).map((each) => ({ index: each.index, data: message(each) }));
    }
    if (part === 'roster') {
      return backend.participants(owner).map((each) => ({ key: each.sid, data: participant(each) }));
    }
    return [];
  }

  const wrap = (item: Item) => ({
    revision: '0',
    last_event_id: 0,
    date_created: started,
    date_updated: started,
    date_expires: null,
    created_by: 'system',
    url: `${base}/Items/${'key' in item ? item.key : item.index}`,
    ...item,
  });

  /** One object by its name or its SID, with its items. */
  function object(kind: Kind, nameOrSid: string) {
    const name = names.get(nameOrSid)?.name ?? nameOrSid;
    const sid = sidOf(kind, name);
    const url = `${base}/${kind}/${sid}`;
    const [owner = '', part] = splitName(name);
    const source = part === 'channel' ? backend.conversation(owner) : undefined;
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
      data: source ? conversation(source) : {},
      items: kind === 'Documents' ? [] : items(name).map(wrap),
    };
  }

  function itemsOf(sid: string, query: { key?: string; order?: string }) {
    const known = names.get(sid);
    const found = (known ? items(known.name) : []).filter(
      (item) => !query.key || ('key' in item && item.key === query.key),
    );
    if (query.order === 'desc') found.reverse();
    return { items: found.map(wrap), meta: {} };
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

  /** What a change of the backend means for the sync objects; kept for a while, for who reads an object before they subscribe. */
  function eventsOf(change: FlexChange): SyncEvent[] {
    const events = made(change);
    recent.push(...events);
    recent.splice(0, recent.length - MAX_RECENT_EVENTS);
    return events;
  }

  /** What happened to an object after an event. */
  const eventsAfter = (objectSid: string, eventId: number) =>
    recent.filter((each) => each.objectSid === objectSid && Number(each.event.id) > eventId);

  function made(change: FlexChange): SyncEvent[] {
    const mine = `${backend.worker().identity}.convs`;
    switch (change.type) {
      case 'conversation-joined':
      case 'conversation-read':
        return [
          event('Maps', mine, change.type === 'conversation-read' ? 'item_updated' : 'item_added', {
            item_key: change.conversation.sid,
            item_data: conversation(change.conversation),
          }),
        ];
      case 'conversation-left':
        return [event('Maps', mine, 'item_removed', { item_key: change.conversation.sid, item_data: {} })];
      case 'conversation-updated':
        return [
          event('Documents', `${change.conversation.sid}.channel`, 'updated', {
            document_data: conversation(change.conversation),
          }),
        ];
      case 'participant-added':
      case 'participant-updated':
      case 'participant-removed':
        return [
          event(
            'Maps',
            `${change.conversationSid}.roster`,
            change.type.replace('participant', 'item').replace('-', '_'),
            {
              item_key: change.participant.sid,
              item_data: participant(change.participant),
            },
          ),
        ];
      case 'message-removed':
        return [
          event('Lists', `${change.conversationSid}.messages`, 'item_removed', { item_index: change.index }),
        ];
      case 'message-added':
      case 'message-updated':
        return [
          event(
            'Lists',
            `${change.conversationSid}.messages`,
            change.type.replace('message', 'item').replace('-', '_'),
            {
              item_index: change.message.index,
              item_data: message(change.message),
            },
          ),
        ];
      default:
        return [];
    }
  }

  return { eventsOf, eventsAfter, itemsOf, object };
}

/** `CH….messages` → the conversation and `messages`; an identity may have dots of its own. */
function splitName(name: string): [owner: string, part: string] {
  const dot = name.lastIndexOf('.');
  return [name.slice(0, dot), name.slice(dot + 1)];
}
