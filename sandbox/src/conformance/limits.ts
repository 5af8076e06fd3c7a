import type { Operation } from './documents.ts';
import { isObject, type JsonObject, parseJson } from './json.ts';
import type { Finding } from './violation.ts';

/** https://discord.com/developers/docs/resources/message#create-message; the OpenAPI document allows 4,000. */
const MAX_DISCORD_CONTENT_CHARACTERS = 2000;
/** https://www.twilio.com/docs/conversations-classic/conversations-limits */
const MAX_TWILIO_BODY_BYTES = 32 * 1024;
const MAX_TWILIO_CONVERSATION_ATTRIBUTES_BYTES = 16 * 1024;
const MAX_TWILIO_ATTRIBUTES_BYTES = 4 * 1024;
const MAX_TWILIO_NAME_CHARACTERS = 256;

const postEvents = [
  'onMessageAdded',
  'onMessageUpdated',
  'onMessageRemoved',
  'onConversationAdded',
  'onConversationUpdated',
  'onConversationRemoved',
  'onConversationStateUpdated',
  'onParticipantAdded',
  'onParticipantUpdated',
  'onParticipantRemoved',
  'onDeliveryUpdated',
  'onUserAdded',
  'onUserUpdated',
];
const preEvents = [
  'onMessageAdd',
  'onMessageUpdate',
  'onMessageRemove',
  'onConversationAdd',
  'onConversationUpdate',
  'onConversationRemove',
  'onParticipantAdd',
  'onParticipantUpdate',
  'onParticipantRemove',
  'onUserUpdate',
];

/** Promises that the vendors make in prose only, so that no schema can hold them. */
export function checkLimits(operation: Operation, body: unknown): Finding[] {
  if (!isObject(body)) return [];
  return operation.document.service === 'discord' ? checkDiscord(body) : checkTwilio(operation, body);
}

function checkDiscord(body: JsonObject): Finding[] {
  // An interaction's callback wraps the message in `data`, a forum post in `message`.
  const holders: [string, unknown][] = [
    ['/content', body],
    ['/data/content', body.data],
    ['/message/content', body.message],
  ];
  return holders.flatMap(([where, holder]) => {
    const content = isObject(holder) ? holder.content : undefined;
    // Whether Discord counts code points or UTF-16 units is unverified; code points are the laxer reading.
    if (typeof content !== 'string' || [...content].length <= MAX_DISCORD_CONTENT_CHARACTERS) return [];
    return [limit(where, `is longer than ${MAX_DISCORD_CONTENT_CHARACTERS} characters`)];
  });
}

function checkTwilio(operation: Operation, body: JsonObject): Finding[] {
  const { product } = operation.document;
  if (product === 'conversations') return checkConversations(operation, body);
  if (product === 'flex-api' && operation.path.startsWith('/v1/Interactions'))
    return ['Channel', 'Routing'].flatMap((name) => checkJsonObject(name, body[name]));
  if (product === 'studio') return checkJsonObject('Definition', body.Definition);
  return checkJsonObject('Attributes', body.Attributes);
}

function checkConversations(operation: Operation, body: JsonObject): Finding[] {
  const isConversation = /\/Conversations(\/\{Sid\})?$/.test(operation.path);
  const attributesLimit = isConversation
    ? MAX_TWILIO_CONVERSATION_ATTRIBUTES_BYTES
    : MAX_TWILIO_ATTRIBUTES_BYTES;
  const isScoped = /\/Conversations\/\{ConversationSid\}\/Webhooks/.test(operation.path);
  const filters = isScoped ? body['Configuration.Filters'] : body.Filters;
  const known = isScoped ? postEvents : [...postEvents, ...preEvents];
  return [
    ...checkBytes('Body', body.Body, MAX_TWILIO_BODY_BYTES),
    ...checkBytes('Attributes', body.Attributes, attributesLimit),
    ...checkJsonObject('Attributes', body.Attributes),
    ...['FriendlyName', 'Identity', 'Author'].flatMap((name) => checkName(name, body[name])),
    ...(Array.isArray(filters) ? filters : [])
      .filter((filter) => !known.includes(String(filter)))
      .map(() =>
        limit(isScoped ? '/Configuration.Filters' : '/Filters', `names an event other than ${known}`),
      ),
  ];
}

function checkBytes(name: string, value: unknown, most: number): Finding[] {
  if (typeof value !== 'string' || Buffer.byteLength(value) <= most) return [];
  return [limit(`/${name}`, `is larger than ${most} bytes`)];
}

function checkName(name: string, value: unknown): Finding[] {
  if (typeof value !== 'string' || [...value].length <= MAX_TWILIO_NAME_CHARACTERS) return [];
  return [limit(`/${name}`, `is longer than ${MAX_TWILIO_NAME_CHARACTERS} characters`)];
}

function checkJsonObject(name: string, value: unknown): Finding[] {
  if (typeof value !== 'string' || isObject(parseJson(value)?.value)) return [];
  return [limit(`/${name}`, 'is not a JSON object')];
}

function limit(where: string, what: string): Finding {
  return { rule: 'limit', where, what };
}
