import { timingSafeEqual } from 'node:crypto';
import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { Elysia } from 'elysia';
import type { Logger } from 'pino';
import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';
import type { Relay } from '../../relay/relay.ts';
import type { ConversationQueries } from '../../support/conversations.ts';
import { memberLane, type Payloads, type SupportEntry } from '../../support/entries.ts';
import type { Support } from '../../support/support.ts';
import { isOurs } from '../conversations/identity.ts';
import { type StudioTurnAnswer, studioTurnPath } from '../studio/flow.ts';

export interface WebhookRoutesOptions {
  relay: Relay<Payloads>;
  support: Support;
  conversations: ConversationQueries;
  logger: Logger;
  publicUrl: string;
  authToken: string;
  studioSecret: string;
}

export const CONVERSATION_WEBHOOK = '/twilio/conversations';
export const INTERACTION_WEBHOOK = '/twilio/interactions';

/** Twilio's own bodies are at most some tens of kilobytes: 32 KB of text, percent-encoded. */
const LARGEST_BODY = 512 * 1024;

const MESSAGE_EVENTS = new Set(['onMessageAdded', 'onMessageUpdated', 'onMessageRemoved']);

const Turn = Type.Object({ secret: Type.String(), conversationSid: Type.String() });

/**
 * What Twilio calls. Webhooks are form-encoded and signed over every parameter, known or not, so they are read raw
 * (https://www.twilio.com/docs/usage/security#validating-requests). 200 is answered after the event is committed.
 */
export function twilioRoutes(options: WebhookRoutesOptions) {
  const { relay, conversations, logger } = options;

  /** The parameters of a genuine webhook, or the answer to one that is not. */
  function verified(request: Request, raw: string): Record<string, string> | Response {
    if (raw.length > LARGEST_BODY) return new Response('Payload too large', { status: 413 });
    const parameters = readForm(raw);
    const { pathname, search } = new URL(request.url);
    const signature = request.headers.get('x-twilio-signature') ?? '';
    if (
      !validateRequest(options.authToken, signature, `${options.publicUrl}${pathname}${search}`, parameters)
    ) {
      logger.warn({ path: pathname }, 'a webhook without a valid signature was refused');
      return new Response('The X-Twilio-Signature does not fit. Check TWILIO_AUTH_TOKEN and PUBLIC_URL.', {
        status: 403,
      });
    }
    return Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [
        name,
        Array.isArray(value) ? (value[0] ?? '') : value,
      ]),
    );
  }

  async function receive(
    request: Request,
    raw: unknown,
    translate: (event: Record<string, string>) => Promise<SupportEntry | null>,
  ): Promise<Response> {
    const event = verified(request, String(raw ?? ''));
    if (event instanceof Response) return event;
    const entry = await translate(event);
    if (!entry) {
      logger.debug({ event: event.EventType }, 'a webhook event without meaning here');
      return new Response(null, { status: 204 });
    }
    await relay.commit([entry]);
    return new Response(null, { status: 200 });
  }

  async function fromConversation(event: Record<string, string>): Promise<SupportEntry | null> {
    const { EventType, ConversationSid = '', MessageSid: sid = '' } = event;
    const over = EventType === 'onConversationStateUpdated' && event.StateTo === 'closed';
    if (!over && !MESSAGE_EVENTS.has(EventType ?? '')) return null;
    const conversation = await conversations.findByTwilioSid(ConversationSid);
    if (!conversation) return null;
    const lane = memberLane(conversation.member_id);
    const conversationId = conversation.id;
    if (over) return { lane, key: `ended:${conversationId}`, kind: 'in.ended', payload: { conversationId } };
    const message = {
      sid,
      index: Number(event.Index),
      author: event.Author ?? '',
      body: event.Body ?? null,
      attributes: event.Attributes ?? '{}',
      media: readMedia(event.Media),
    };
    if (!sid || !Number.isInteger(message.index) || isOurs(message)) return null;
    switch (EventType) {
      case 'onMessageUpdated': {
        const at =
          event.DateUpdated ?? new Bun.CryptoHasher('sha256').update(message.body ?? '').digest('hex');
        const payload = { conversationId, message };
        return { lane, key: `twilio:${sid}:edited:${at}`, kind: 'in.agent-edited', payload };
      }
      case 'onMessageRemoved': {
        const payload = { conversationId, messageSid: sid };
        return { lane, key: `twilio:${sid}:removed`, kind: 'in.agent-removed', payload };
      }
      default:
        return { lane, key: `twilio:${sid}`, kind: 'in.agent-wrote', payload: { conversationId, message } };
    }
  }

  async function fromInteraction(event: Record<string, string>): Promise<SupportEntry | null> {
    const { EventType, ParticipantType, ParticipantSid = '', TaskSid = '', ChannelSid = '' } = event;
    const conversation =
      (await conversations.findByTwilioSid(event.MediaChannelSid ?? '')) ??
      (await conversations.findByChannel(ChannelSid));
    if (!conversation) return null;
    const lane = memberLane(conversation.member_id);
    const conversationId = conversation.id;
    if (EventType === 'onChannelStatusUpdated' && event.ChannelStatus === 'closed') {
      return { lane, key: `ended:${conversationId}`, kind: 'in.ended', payload: { conversationId } };
    }
    if (ParticipantType !== 'agent' || !ParticipantSid) return null;
    if (EventType === 'onParticipantJoined') {
      return {
        lane,
        key: `joined:${ParticipantSid}`,
        kind: 'in.agent-joined',
        payload: { conversationId, participantSid: ParticipantSid, taskSid: TaskSid, channelSid: ChannelSid },
      };
    }
    if (EventType === 'onParticipantLeft') {
      return {
        lane,
        key: `left:${ParticipantSid}`,
        kind: 'in.agent-left',
        payload: { conversationId, participantSid: ParticipantSid },
      };
    }
    return null;
  }

  return new Elysia({ name: 'twilio' })
    .post(CONVERSATION_WEBHOOK, ({ request, body }) => receive(request, body, fromConversation), {
      parse: 'text',
      detail: {
        summary: 'Conversation webhook',
        description: 'Messages added, updated and removed, and onConversationStateUpdated; signed by Twilio.',
      },
    })
    .post(INTERACTION_WEBHOOK, ({ request, body }) => receive(request, body, fromInteraction), {
      parse: 'text',
      detail: {
        summary: 'Interaction webhook',
        description: 'Agents joining and leaving, channels closing; signed by Twilio.',
      },
    })
    .post(
      studioTurnPath,
      async ({ body }) => {
        const question = readJson(String(body ?? ''));
        if (!Value.Check(Turn, question))
          return Response.json({ error: 'conversationSid and secret are needed' }, { status: 400 });
        if (!sameSecret(question.secret, options.studioSecret)) {
          logger.warn('a Studio question with a wrong secret was refused');
          return Response.json({ error: 'wrong secret' }, { status: 403 });
        }
        const answer = await options.support.takeTurn(question.conversationSid);
        const told: StudioTurnAnswer =
          answer.next === 'flex'
            ? { next: 'flex', taskAttributes: JSON.stringify(answer.taskAttributes) }
            : { next: 'none' };
        return told;
      },
      {
        parse: 'text',
        detail: {
          summary: 'What the Studio flow does next',
          description: 'Authenticated by STUDIO_SECRET in the JSON body.',
        },
      },
    );
}

function readForm(raw: string): Record<string, string | string[]> {
  const parameters: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(raw)) {
    const earlier = parameters[name];
    if (earlier === undefined) parameters[name] = value;
    else parameters[name] = [...(Array.isArray(earlier) ? earlier : [earlier]), value];
  }
  return parameters;
}

/** `Media` is a JSON array with members in PascalCase in webhooks; observed, not documented. */
function readMedia(raw: string | undefined) {
  const items = readJson(raw ?? '');
  if (!Array.isArray(items)) return [];
  return (items as Record<string, unknown>[]).map((item) => ({
    sid: String(item.Sid ?? item.sid ?? ''),
    contentType: String(item.ContentType ?? item.content_type ?? 'application/octet-stream'),
    filename: (item.Filename ?? item.filename ?? null) as string | null,
    size: Number(item.Size ?? item.size ?? 0),
  }));
}

function readJson(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return null;
  }
}

function sameSecret(given: string, wanted: string): boolean {
  const [a, b] = [given, wanted].map((text) => new Bun.CryptoHasher('sha256').update(text).digest());
  return wanted !== '' && timingSafeEqual(a as Buffer, b as Buffer);
}
