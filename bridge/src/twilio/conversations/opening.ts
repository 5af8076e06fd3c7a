import { truncate } from '@flexcord/shared/messages/truncate';
import type { Member } from '../../members/members.ts';
import type { Store } from '../../store/open.ts';
import { type Conversation, conversationQueries } from '../../support/conversations.ts';
import { callTwilio, isNotFound, type Twilio } from '../client.ts';
import { memberIdentity } from '../format/to-twilio.ts';

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

/** Opens Twilio conversations for members. */
export function createConversationOpener(options: ConversationOpenerOptions) {
  const { store, twilio } = options;
  const queries = conversationQueries(store);
  const api = twilio.conversations.v1;

  /** The Twilio conversation with its participant and webhooks; what an earlier attempt made is found, not made again. */
  async function ensure(conversation: Conversation, member: Member, uncertain: boolean): Promise<string> {
    const sid = conversation.twilio_sid ?? (await create(conversation, member, uncertain));
    const found = uncertain ? await callTwilio('webhooks', () => api.conversations(sid).webhooks.list()) : [];
    if (options.studioFlowSid && !conversation.studio_webhook_sid && conversation.phase !== 'agent') {
      const flowSid = options.studioFlowSid;
      const existing = found.find(({ target }) => target === 'studio');
      const studio =
        existing ??
        (await callTwilio('studio webhook', () =>
          api.conversations(sid).webhooks.create({
            target: 'studio',
            'configuration.flowSid': flowSid,
            'configuration.filters': ['onMessageAdded'],
          }),
        ));
      await keep(conversation.id, { studio_webhook_sid: studio.sid });
    }
    if (!conversation.relay_webhook_sid) {
      const existing = found.find(({ target }) => target === 'webhook');
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

  async function create(conversation: Conversation, member: Member, uncertain: boolean): Promise<string> {
    const uniqueName = `flexcord-${conversation.id}`;
    let sid: string | undefined;
    if (uncertain) {
      sid = await api
        .conversations(uniqueName)
        .fetch()
        .then((found) => found.sid)
        .catch((error: unknown) => {
          if (isNotFound(error)) return undefined;
          return callTwilio('conversation', () => Promise.reject(error));
        });
    }
    const previous = conversation.previous_id ? await queries.find(conversation.previous_id) : undefined;
    sid ??= (
      await callTwilio('new conversation', () =>
        api.conversationWithParticipants.create({
          friendlyName: truncate(`Discord: ${member.name}`, 256),
          uniqueName,
          attributes: JSON.stringify({
            customerName: member.name,
            customerAddress: memberIdentity(member.id),
            channel: 'discord',
            ...(previous?.twilio_sid ? { previousConversationSid: previous.twilio_sid } : {}),
          }),
          participant: [
            JSON.stringify({
              identity: memberIdentity(member.id),
              attributes: JSON.stringify({ customerName: member.name }),
            }),
          ],
        }),
      )
    ).sid;
    await keep(conversation.id, { twilio_sid: sid });
    return sid;
  }

  const keep = (id: string, change: Partial<Conversation>) =>
    store.transact((tx) => queries.change(tx, id, change));

  return { ensure };
}

export type ConversationOpener = ReturnType<typeof createConversationOpener>;
