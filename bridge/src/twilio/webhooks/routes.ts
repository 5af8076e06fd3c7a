import { timingSafeEqual } from 'node:crypto';
import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { Elysia } from 'elysia';
import type { Logger } from 'pino';
import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';
import type { NewEntry } from '../../relay/entries.ts';
import { catchUpUnreadKey, channelFailedCause, channelStatusCause } from '../../relay/keys.ts';
import type { Relay } from '../../relay/relay.ts';
import { steadyNow } from '../../store/clock.ts';
import {
  agentJoined,
  agentLeft,
  agentWrote,
  catchUp,
  conversationEnded,
} from '../../support/agent-events.ts';
import { type ConversationQueries, placeOf } from '../../support/conversations.ts';
import { agentEdited, agentRemoved } from '../../support/message-changes.ts';
import type { Support } from '../../support/support.ts';
import { taskTimer } from '../../support/task-watch.ts';
import type { OwnMessages } from '../conversations/own-messages.ts';
import { fromTwilio, readTime } from '../format/from-twilio.ts';
import { createMailbox, PROBE_MAILBOX } from '../probe/mailbox.ts';
import { forFlow, type StudioTurnAnswer, studioTurnPath } from '../studio/flow.ts';
import { createRefusals } from './refusals.ts';
import { hasToken } from './token.ts';

export interface WebhookRoutesOptions {
  relay: Relay;
  support: Support;
  conversations: ConversationQueries;
  logger: Logger;
  ownMessages: OwnMessages;
  publicUrl: string;
  /** Those that webhooks may be signed with; more than one while it is being changed. */
  authTokens: readonly string[];
  /** Those that the Studio flow may send, as `authTokens`. */
  studioSecrets: readonly string[];
}

export const CONVERSATION_WEBHOOK = '/twilio/conversations';
export const INTERACTION_WEBHOOK = '/twilio/interactions';

/** Twilio's own bodies are at most some tens of kilobytes: 32 KB of text, percent-encoded. */
const MAX_BODY_BYTES = 512 * 1024;

/** How long after a channel failed it is tried once more at once, in milliseconds; later the regular looks do. */
const CHANNEL_RETRY_MS = 2000;

const MESSAGE_EVENTS = new Set(['onMessageAdded', 'onMessageUpdated', 'onMessageRemoved']);

const Turn = Type.Object({ secret: Type.String(), conversationSid: Type.String() });

/**
 * What Twilio calls. Webhooks are form-encoded and signed over every parameter, known or not, so they are read raw
 * (https://www.twilio.com/docs/usage/security#validating-requests). 200 is answered after the event is committed.
 */
export function twilioRoutes(options: WebhookRoutesOptions) {
  const { relay, conversations, logger } = options;
  const { refused } = createRefusals(logger);

  /** The parameters of a genuine webhook, or the answer to one that is not. */
  function verified(request: Request, raw: string, byToken: boolean): Record<string, string> | Response {
    if (raw.length > MAX_BODY_BYTES) return new Response('Payload too large', { status: 413 });
    const parameters = readForm(raw);
    const url = new URL(request.url);
    const { pathname, search } = url;
    const signature = request.headers.get('x-twilio-signature') ?? '';
    const address = `${options.publicUrl}${pathname}`;
    const isGenuine = options.authTokens.some(
      (authToken) =>
        (byToken && hasToken(url, authToken)) ||
        validateRequest(authToken, signature, `${address}${search}`, parameters),
    );
    if (!isGenuine) {
      refused('signature', { path: pathname, checked: address, signed: signature !== '' });
      return new Response(
        `The X-Twilio-Signature does not fit ${address}. Check TWILIO_AUTH_TOKEN and PUBLIC_URL.`,
        { status: 403 },
      );
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
    translate: (event: Record<string, string>) => Promise<NewEntry | null>,
    { byToken = false } = {},
  ): Promise<Response> {
    const event = verified(request, String(raw ?? ''), byToken);
    if (event instanceof Response) return event;
    const entry = await translate(event);
    if (!entry) {
      logger.debug({ event: event.EventType }, 'a webhook event without meaning here');
      return new Response(null, { status: 204 });
    }
    await relay.commit([entry]);
    return new Response(null, { status: 200 });
  }

  async function fromConversation(event: Record<string, string>): Promise<NewEntry | null> {
    const { EventType } = event;
    const over = EventType === 'onConversationStateUpdated' && event.StateTo === 'closed';
    if (!over && !MESSAGE_EVENTS.has(EventType ?? '')) return null;
    const conversation = await conversations.findByTwilioSid(readSid(event.ConversationSid));
    if (!conversation) return null;
    const conversationId = conversation.id;
    const placeId = placeOf(conversation);
    if (over) return conversationEnded({ conversationId }, placeId);
    const sid = readSid(event.MessageSid);
    const {
      ConversationSid: conversationSid = '',
      Author: author = '',
      Attributes: attributes = '{}',
    } = event;
    if (await options.ownMessages.isOurs({ sid, conversationSid, author, attributes })) return null;
    const index = readIndex(event.Index);
    if (!sid || (index === null && EventType !== 'onMessageRemoved')) {
      logger.warn({ event: EventType, conversationId }, 'a webhook does not say which message it is about');
      return catchUp({ conversationId }, placeId, catchUpUnreadKey(digestOf(JSON.stringify(event))));
    }
    const body = event.Body ?? null;
    const dateUpdated = event.DateUpdated ?? event.DateCreated;
    const { Media: media } = event;
    const message = fromTwilio({ sid, index: index ?? -1, author, body, media, dateUpdated });
    switch (EventType) {
      case 'onMessageUpdated': {
        const time = event.DateUpdated ?? '';
        const version = readTime(time) === null ? digestOf(`${time} ${body}`) : time;
        return agentEdited({ conversationId, message }, placeId, { version });
      }
      case 'onMessageRemoved':
        return agentRemoved({ conversationId, messageSid: sid }, placeId);
      default:
        return agentWrote({ conversationId, message }, placeId, message.changedAt);
    }
  }

  async function fromInteraction(event: Record<string, string>): Promise<NewEntry | null> {
    const { EventType, ParticipantType } = event;
    const [participantSid, taskSid, channelSid] = [
      readSid(event.ParticipantSid),
      readSid(event.TaskSid),
      readSid(event.ChannelSid),
    ];
    if (EventType === 'onChannelCreateFailed')
      logger.error(
        { code: event.ErrorCode, reason: event.ErrorMessage, conversation: event.MediaChannelSid },
        'Flex could not make a channel for a conversation',
      );
    const conversation =
      (await conversations.findByTwilioSid(readSid(event.MediaChannelSid))) ??
      (await conversations.findByChannel(channelSid));
    if (!conversation) return null;
    const conversationId = conversation.id;
    const placeId = placeOf(conversation);
    if (EventType === 'onChannelStatusUpdated' && event.ChannelStatus === 'closed')
      return conversationEnded({ conversationId }, placeId);
    if (EventType === 'onChannelCreateFailed')
      return taskTimer(
        { conversationId, once: true },
        channelFailedCause(conversationId),
        steadyNow() + CHANNEL_RETRY_MS,
      );
    // Nobody is on the channel any more, be it said by the agent's leaving or not.
    if (EventType === 'onChannelStatusUpdated' && ['inactive', 'pause'].includes(event.ChannelStatus ?? ''))
      return taskTimer(
        { conversationId, once: true },
        channelStatusCause(channelSid, Bun.randomUUIDv7()),
        steadyNow(),
      );
    if (ParticipantType !== 'agent' || !participantSid) return null;
    const participant = { conversationId, participantSid };
    if (EventType === 'onParticipantJoined')
      return agentJoined(
        {
          ...participant,
          taskSid,
          channelSid,
          interactionSid: readSid(event.InteractionSid),
        },
        placeId,
      );
    if (EventType === 'onParticipantLeft') return agentLeft(participant, placeId);
    return null;
  }

  const mailbox = createMailbox(options);

  return new Elysia({ name: 'twilio' })
    .get(PROBE_MAILBOX, ({ request }) => mailbox.answer(request, ''), {
      detail: {
        summary: 'What came for a probe',
        description: 'For `bun run doctor --probe` beside this bridge; its address has the token of one run.',
      },
    })
    .post(PROBE_MAILBOX, ({ request, body }) => mailbox.answer(request, String(body ?? '')), {
      parse: 'text',
      detail: {
        summary: 'A webhook for a probe',
        description: 'Kept in memory for some minutes and given to the probe; it changes nothing here.',
      },
    })
    .post(CONVERSATION_WEBHOOK, ({ request, body }) => receive(request, body, fromConversation), {
      parse: 'text',
      detail: {
        summary: 'Conversation webhook',
        description: 'Messages added, updated and removed, and onConversationStateUpdated; signed by Twilio.',
      },
    })
    .post(
      INTERACTION_WEBHOOK,
      ({ request, body }) => receive(request, body, fromInteraction, { byToken: true }),
      {
        parse: 'text',
        detail: {
          summary: 'Interaction webhook',
          description:
            'Agents joining and leaving, channels failing, put aside and closing; signed by Twilio or with the token of its address.',
        },
      },
    )
    .post(
      studioTurnPath,
      async ({ body }) => {
        const question = readJson(String(body ?? ''));
        if (!Value.Check(Turn, question))
          return Response.json({ error: 'conversationSid and secret are needed' }, { status: 400 });
        if (!options.studioSecrets.some((secret) => sameSecret(question.secret, secret))) {
          refused('secret');
          return Response.json({ error: 'wrong secret' }, { status: 403 });
        }
        const answer = await options.support.takeTurn(question.conversationSid);
        const told: StudioTurnAnswer =
          answer.next === 'flex' ? { next: 'flex', ...forFlow(answer.taskAttributes) } : { next: 'none' };
        // Studio parses an answer only where its type is exactly this one.
        return new Response(JSON.stringify(told), { headers: { 'content-type': 'application/json' } });
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

/** A SID, which neither a key nor a query is spoiled by; empty where it is none. */
const readSid = (value = ''): string => (/^[A-Z]{2}\w{1,62}$/.test(value) ? value : '');

/** Null where it is no place in a conversation. */
const readIndex = (value = ''): number | null => (/^\d{1,9}$/.test(value) ? Number(value) : null);

const digestOf = (text: string): string => new Bun.CryptoHasher('sha256').update(text).digest('hex');

function readForm(raw: string): Record<string, string | string[]> {
  // Without a prototype, since a parameter may have any name.
  const parameters: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of new URLSearchParams(raw)) {
    const earlier = parameters[name];
    if (earlier === undefined) parameters[name] = value;
    else parameters[name] = [...(Array.isArray(earlier) ? earlier : [earlier]), value];
  }
  return parameters;
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
