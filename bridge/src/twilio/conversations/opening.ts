import { truncate } from '@flexcord/shared/messages/truncate';
import type { ConversationContext } from 'twilio/lib/rest/conversations/v1/conversation.js';
import type { Member } from '../../members/members.ts';
import { isRefusal } from '../../relay/errors.ts';
import type { Store } from '../../store/open.ts';
import { type Conversation, conversationQueries } from '../../support/conversations.ts';
import { counted } from '../../telemetry/metrics.ts';
import { findThread, type PublicThread } from '../../threads/threads.ts';
import { callTwilio, isNotFound, type Twilio } from '../client.ts';
import { participantIdentity } from '../format/to-twilio.ts';
import { HANDED_OVER } from '../studio/flow.ts';

export interface ConversationOpenerOptions {
  store: Store;
  twilio: Twilio;
  /** Where Twilio posts what happens in a conversation. */
  webhookUrl: string;
  /** New conversations are attached to it; null when the bridge routes by itself. */
  studioFlowSid: string | null;
}

/** Events that a conversation tells the bridge; at most five webhooks a conversation, of which this is one. */
const RELAY_FILTERS = [
  'onMessageAdded',
  'onMessageUpdated',
  'onMessageRemoved',
  'onConversationStateUpdated',
];

/** Somebody with that identity is in the conversation already (https://www.twilio.com/docs/api/errors/50433). */
const PARTICIPANT_EXISTS = 50433;

const NAME_START = 'flexcord-';

/** The id under which the store has, or had, the conversation with this unique name; null for one that is not ours. */
export const conversationIdOf = (uniqueName: string): string | null =>
  uniqueName.startsWith(NAME_START) ? uniqueName.slice(NAME_START.length) : null;

/** Opens Twilio conversations for members. */
export function createConversationOpener(options: ConversationOpenerOptions) {
  const { store, twilio } = options;
  const queries = conversationQueries(store);
  const api = twilio.conversations.v1;

  /**
   * The Twilio conversation with its participant and webhooks. What any earlier attempt made is found and taken over, whether
   * or not its answer came: a second Studio webhook would start a second flow. Only what this very call has made is
   * known to be bare.
   */
  async function ensure(conversation: Conversation, member: Member): Promise<string> {
    const { twilio_sid } = conversation;
    const { sid, isNew } = twilio_sid
      ? { sid: twilio_sid, isNew: false }
      : await createOrTakeOver(conversation, member);
    // No flow answers in public.
    const wantsStudio =
      conversation.thread_id === null && !conversation.studio_webhook_sid && conversation.phase !== 'agent';
    const flowSid = wantsStudio ? options.studioFlowSid : null;
    const wantsRelay = !conversation.relay_webhook_sid;
    if (!flowSid && !wantsRelay) return sid;
    const found = isNew ? [] : await callTwilio('webhooks', () => api.conversations(sid).webhooks.list());
    if (flowSid) {
      const existing = found.find(
        ({ target, configuration }) => target === 'studio' && configuration?.flow_sid === flowSid,
      );
      const studio =
        existing ??
        (await callTwilio('studio webhook', () =>
          api.conversations(sid).webhooks.create({
            target: 'studio',
            'configuration.flowSid': flowSid,
            'configuration.filters': ['onMessageAdded'],
          }),
        ));
      // The first message after it begins an execution of the flow.
      if (!existing) counted.billed.inc({ item: 'studio_execution' });
      await keep(conversation.id, { studio_webhook_sid: studio.sid });
    }
    if (wantsRelay) {
      const existing = found.find(
        ({ target, configuration }) => target === 'webhook' && configuration?.url === options.webhookUrl,
      );
      const webhook =
        existing ??
        (await callTwilio('relay webhook', () =>
          api.conversations(sid).webhooks.create({
            target: 'webhook',
            'configuration.url': options.webhookUrl,
            'configuration.method': 'post',
            'configuration.filters': RELAY_FILTERS,
          }),
        ));
      await keep(conversation.id, { relay_webhook_sid: webhook.sid });
    }
    return sid;
  }

  /** The name that each conversation has for itself alone tells whether it was made before. */
  async function createOrTakeOver(
    conversation: Conversation,
    member: Member,
  ): Promise<{ sid: string; isNew: boolean }> {
    const uniqueName = `${NAME_START}${conversation.id}`;
    try {
      const sid = await create(conversation, member, uniqueName);
      await keep(conversation.id, { twilio_sid: sid });
      return { sid, isNew: true };
    } catch (error) {
      // With which code a name that is taken is refused is not documented.
      if (!isRefusal(error)) throw error;
      const sid = await findByName(uniqueName);
      if (!sid) throw error;
      await ensureParticipant(sid, conversation, member);
      await keep(conversation.id, { twilio_sid: sid });
      return { sid, isNew: false };
    }
  }

  async function findByName(uniqueName: string): Promise<string | undefined> {
    try {
      return (await api.conversations(uniqueName).fetch()).sid;
    } catch (error) {
      if (isNotFound(error)) return undefined;
      return callTwilio('conversation', () => Promise.reject(error));
    }
  }

  /** That a conversation and its participants are made together or not at all is not documented. */
  async function ensureParticipant(sid: string, conversation: Conversation, member: Member): Promise<void> {
    const identity = participantIdentity(conversation);
    const { participants } = api.conversations(sid);
    const present = await callTwilio('participants', () => participants.list());
    if (present.some((one) => one.identity === identity)) return;
    const attributes = JSON.stringify({ customerName: member.name });
    try {
      await participants.create({ identity, attributes });
    } catch (error) {
      if ((error as { code?: unknown } | null)?.code !== PARTICIPANT_EXISTS)
        await callTwilio('participant', () => Promise.reject(error));
    }
  }

  async function create(conversation: Conversation, member: Member, uniqueName: string): Promise<string> {
    const previous = conversation.previous_id ? await queries.find(conversation.previous_id) : undefined;
    const thread =
      conversation.thread_id === null ? undefined : await findThread(store.db, conversation.thread_id);
    const identity = participantIdentity(conversation);
    const { sid } = await callTwilio('new conversation', () =>
      api.conversationWithParticipants.create({
        friendlyName: truncate(`Discord: ${thread?.title || member.name}`, 256),
        uniqueName,
        attributes: JSON.stringify({
          customerName: member.name,
          customerAddress: identity,
          channel: 'discord',
          // What a store that was restored learns of it again.
          ...(thread ? { discordThread: threadMark(thread, member) } : {}),
          ...(previous?.twilio_sid ? { previousConversationSid: previous.twilio_sid } : {}),
        }),
        participant: [
          JSON.stringify({
            identity,
            attributes: JSON.stringify({ customerName: member.name }),
          }),
        ],
      }),
    );
    counted.billed.inc({ item: 'conversation' });
    return sid;
  }

  const keep = (id: string, change: Partial<Conversation>) =>
    store.transact((tx) => queries.change(tx, id, change));

  return { ensure };
}

/** A public thread, in the attributes of its conversation. */
const threadMark = (
  { id, guild_id, channel_id, title, opened_at }: PublicThread,
  { id: authorId }: Member,
) => ({ id, guildId: guild_id, channelId: channel_id, authorId, title, openedAt: opened_at });

/** Says in a conversation's attributes, beside what is there, that it was handed over. A closed one takes nothing. */
export async function markHandedOver(conversation: ConversationContext): Promise<void> {
  const { state, attributes } = await callTwilio('conversation', () => conversation.fetch());
  const known = readAttributes(attributes);
  if (state === 'closed' || known[HANDED_OVER] === 'yes') return;
  const marked = JSON.stringify({ ...known, [HANDED_OVER]: 'yes' });
  await callTwilio('mark a conversation', () => conversation.update({ attributes: marked }));
}

function readAttributes(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

export type ConversationOpener = ReturnType<typeof createConversationOpener>;
