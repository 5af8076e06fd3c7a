import { type CanonicalMessage, nameFile, type OpenFile } from '../messages/canonical.ts';
import { type TwilioPart, toTwilio } from '../messages/to-twilio.ts';
import { Refused } from '../relay/errors.ts';
import type { Attempt, Handled, Relay } from '../relay/relay.ts';
import type { Store } from '../store/open.ts';
import { type Conversation, conversationQueries, type Member } from '../support/conversations.ts';
import { memberLane, type Payloads, type TwilioMessage } from '../support/entries.ts';
import { addLinks, digestOf, type NewLink } from '../support/links.ts';
import { asking, hasStatus, paceConversation, type Twilio } from './client.ts';
import { memberIdentity, type OwnAttributes, ownMark } from './identity.ts';
import type { Media } from './media.ts';

export interface ConversationsOptions {
  store: Store;
  relay: Relay<Payloads>;
  twilio: Twilio;
  /** Where Twilio posts what happens in a conversation. */
  webhookUrl: string;
  /** New conversations are attached to it; null when the bridge routes by itself. */
  studioFlowSid: string | null;
  botName: string;
  media: Media;
  /** Opens a member's file. */
  openFile: OpenFile;
  /** Largest file that is carried to Flex, in bytes. */
  fileLimit: number;
}

/** Events that a conversation tells the bridge; at most five webhooks a conversation, of which this is one. */
const RELAY_FILTERS = [
  'onMessageAdded',
  'onMessageUpdated',
  'onMessageRemoved',
  'onConversationStateUpdated',
];

type Content = { body: string } | { mediaSid: string };
interface Written {
  sid: string;
  index: number;
}

/** Messages read back at most to find one of ours. */
const READ_BACK = 50;

/** Writes members' and the virtual agent's messages into Twilio Conversations. */
export function createConversations(options: ConversationsOptions) {
  const { store, relay, twilio } = options;
  const queries = conversationQueries(store);
  const api = twilio.conversations.v1;

  async function load(id: string): Promise<{ conversation: Conversation; member: Member }> {
    const conversation = await queries.find(id);
    const member = conversation && (await queries.findMember(conversation.member_id));
    if (!conversation || !member) throw new Refused('gone', `conversation ${id} is not in the store`);
    return { conversation, member };
  }

  /** The Twilio conversation with its participant and webhooks; what an earlier attempt made is found, not made again. */
  async function ensure(conversation: Conversation, member: Member, uncertain: boolean): Promise<string> {
    const sid = conversation.twilio_sid ?? (await create(conversation, member, uncertain));
    const found = uncertain ? await asking('webhooks', () => api.conversations(sid).webhooks.list()) : [];
    if (options.studioFlowSid && !conversation.studio_webhook_sid && conversation.phase !== 'agent') {
      const flowSid = options.studioFlowSid;
      const existing = found.find(({ target }) => target === 'studio');
      const studio =
        existing ??
        (await asking('studio webhook', () =>
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
        (await asking('relay webhook', () =>
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
          if (hasStatus(error, 404)) return undefined;
          return asking('conversation', () => Promise.reject(error));
        });
    }
    const previous = conversation.previous_id ? await queries.find(conversation.previous_id) : undefined;
    sid ??= (
      await asking('new conversation', () =>
        api.conversationWithParticipants.create({
          friendlyName: `Discord: ${member.name}`.slice(0, 256),
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

  /** Posts one message once: after an attempt that may have taken effect, the transcript is read back first. */
  async function post(
    sid: string,
    message: {
      author: string;
      content: () => Promise<Content>;
      key: string;
      part: number;
      webhook: boolean;
      attributes: object;
    },
    uncertain: boolean,
  ): Promise<Written> {
    if (uncertain) {
      const recent = await asking('read back', () =>
        api.conversations(sid).messages.list({ order: 'desc', limit: READ_BACK, pageSize: READ_BACK }),
      );
      const mine = recent.find(({ attributes }) => {
        const mark = ownMark(attributes);
        return mark?.key === message.key && mark.part === message.part;
      });
      if (mine) return mine;
    }
    const attributes: OwnAttributes = {
      ...message.attributes,
      flexcord: { key: message.key, part: message.part },
    };
    const content = await message.content();
    await paceConversation(sid);
    return asking('message', () =>
      api.conversations(sid).messages.create({
        author: message.author,
        ...content,
        attributes: JSON.stringify(attributes),
        ...(message.webhook ? { xTwilioWebhookEnabled: 'true' as const } : {}),
      }),
    );
  }

  /** Where everything up to the new message was known before, it is known up to the new one. */
  async function advance(id: string, index: number): Promise<void> {
    await store.db
      .updateTable('conversations')
      .set({ twilio_cursor: index })
      .where('id', '=', id)
      .where('twilio_cursor', '=', index - 1)
      .execute();
  }

  async function postMemberMessage(
    { conversationId, message }: Payloads['twilio.member-message'],
    attempt: Attempt,
  ): Promise<Handled> {
    const { conversation, member } = await load(conversationId);
    if (conversation.closed_at && conversation.twilio_sid)
      return startAfresh(conversation, message, attempt.key);
    const sid = await ensure(conversation, member, attempt.uncertain);
    const posted = partsPosted(attempt.progress);
    const parts = toTwilio(message, options.fileLimit);
    try {
      for (const part of parts.slice(posted.length)) {
        const written = await post(
          sid,
          {
            author: memberIdentity(member.id),
            content: () => contentOf(part),
            key: attempt.key,
            part: part.part,
            webhook: true,
            attributes: { discord: { messageId: message.id } },
          },
          attempt.uncertain,
        );
        posted.push(written.sid);
        await advance(conversationId, written.index);
        if (posted.length < parts.length) await attempt.save(posted);
      }
    } catch (error) {
      if (error instanceof Refused && posted.length === 0 && (await isOver(sid))) {
        return startAfresh(conversation, message, attempt.key);
      }
      throw error;
    }
    return {
      outcome: posted,
      commit: (tx) => addLinks(tx, linksFor(conversationId, message, parts, posted)),
    };
  }

  /** A file that cannot be fetched after all is named in its place, so that the parts keep their numbers. */
  async function contentOf(part: TwilioPart): Promise<Content> {
    if ('body' in part) return { body: part.body };
    try {
      return { mediaSid: await options.media.upload(await options.openFile(part.file)) };
    } catch (error) {
      if (error instanceof Refused) return { body: `${nameFile(part.file)} (could not be carried)` };
      throw error;
    }
  }

  /** Twilio closed the conversation before we heard of it: the message opens the next one instead of being lost. */
  function startAfresh(conversation: Conversation, message: CanonicalMessage, key: string): Handled {
    const lane = memberLane(conversation.member_id);
    return {
      outcome: 'moved to a new conversation',
      commit: async (tx) => {
        await relay.append(
          tx,
          {
            lane,
            key: `ended:${conversation.id}`,
            kind: 'in.ended',
            payload: { conversationId: conversation.id },
          },
          {
            lane,
            key: `again:${key}`,
            kind: 'in.member-wrote',
            payload: { memberId: conversation.member_id, message },
          },
        );
      },
    };
  }

  async function isOver(sid: string): Promise<boolean> {
    try {
      return (await api.conversations(sid).fetch()).state === 'closed';
    } catch (error) {
      if (hasStatus(error, 404)) return true;
      return asking('conversation', () => Promise.reject(error));
    }
  }

  async function postBotMessage(
    { conversationId, body }: Payloads['twilio.bot-message'],
    attempt: Attempt,
  ): Promise<Handled> {
    const { conversation, member } = await load(conversationId);
    const sid = await ensure(conversation, member, attempt.uncertain);
    const written = await post(
      sid,
      {
        author: options.botName,
        content: async () => ({ body }),
        key: attempt.key,
        part: 0,
        webhook: false,
        attributes: {},
      },
      attempt.uncertain,
    );
    await advance(conversationId, written.index);
    return { outcome: [written.sid] };
  }

  /** A small thing that a member did. It starts no flow and, unlike a message, brings no new task. */
  async function postNote(conversationId: string, body: string, attempt: Attempt): Promise<string> {
    const { conversation, member } = await load(conversationId);
    const sid = await ensure(conversation, member, attempt.uncertain);
    const author = memberIdentity(member.id);
    const written = await post(
      sid,
      { author, content: async () => ({ body }), key: attempt.key, part: 0, webhook: false, attributes: {} },
      attempt.uncertain,
    );
    await advance(conversationId, written.index);
    return written.sid;
  }

  async function close({ conversationId }: Payloads['twilio.close']): Promise<Handled> {
    const { conversation } = await load(conversationId);
    const sid = conversation.twilio_sid;
    if (!sid || (await isOver(sid))) return undefined;
    await paceConversation(sid);
    await asking('close', () => api.conversations(sid).update({ state: 'closed' }));
    return undefined;
  }

  /** Not on first contact, which must stay cheap, but before an agent can look. Without it Flex shows the identity. */
  async function nameMember({ conversationId }: Payloads['twilio.name-member']): Promise<Handled> {
    const { member } = await load(conversationId);
    try {
      await api.users(memberIdentity(member.id)).update({ friendlyName: member.name.slice(0, 256) });
    } catch (error) {
      if (!hasStatus(error, 404)) await asking('name a member', () => Promise.reject(error));
    }
    return undefined;
  }

  /**
   * Whether Send to Flex takes the Studio webhook away is not documented, so the bridge makes sure: left in place,
   * every message would start the flow again.
   */
  async function detachStudio({ conversationId }: Payloads['twilio.detach-studio']): Promise<Handled> {
    const { conversation } = await load(conversationId);
    const { twilio_sid, studio_webhook_sid } = conversation;
    if (!twilio_sid || !studio_webhook_sid) return undefined;
    try {
      await api.conversations(twilio_sid).webhooks(studio_webhook_sid).remove();
    } catch (error) {
      if (!hasStatus(error, 404)) await asking('detach studio', () => Promise.reject(error));
    }
    return undefined;
  }

  /** Messages above `index` in their order, and whether the conversation is over. */
  async function transcriptAfter(conversationSid: string, index: number) {
    const messages: TwilioMessage[] = [];
    let closed = false;
    try {
      closed = (await api.conversations(conversationSid).fetch()).state === 'closed';
      // Newest first, so that a short gap in a long conversation costs one page.
      await new Promise<void>((resolve, reject) => {
        api.conversations(conversationSid).messages.each({
          order: 'desc',
          pageSize: READ_BACK,
          callback: (message, done) => {
            if (message.index <= index) done();
            else messages.push(fromRest(message));
          },
          done: (error?: Error) => (error ? reject(error) : resolve()),
        });
      });
    } catch (error) {
      if (hasStatus(error, 404)) return { messages: [], closed: true };
      await asking('transcript', () => Promise.reject(error));
    }
    return { messages: messages.reverse(), closed };
  }

  return { postMemberMessage, postBotMessage, postNote, nameMember, close, detachStudio, transcriptAfter };
}

function linksFor(
  conversationId: string,
  message: CanonicalMessage,
  parts: readonly TwilioPart[],
  sids: readonly string[],
): NewLink[] {
  const { id, channelId } = message;
  // Pressed buttons and commands are no messages on Discord.
  if (!channelId) return [];
  return parts.flatMap((part, index) => {
    const sid = sids[index];
    if (!sid) return [];
    return {
      conversation_id: conversationId,
      direction: 'to-agent' as const,
      part: part.part,
      kind: 'body' in part ? ('text' as const) : ('file' as const),
      channel_id: channelId,
      discord_id: id,
      twilio_sid: sid,
      digest: 'body' in part ? digestOf(part.body) : null,
    };
  });
}

function partsPosted(progress: unknown): string[] {
  return Array.isArray(progress) ? [...(progress as string[])] : [];
}

function fromRest(message: {
  sid: string;
  index: number;
  author: string;
  body: string | null;
  attributes: string;
  media: unknown;
}): TwilioMessage {
  const media = Array.isArray(message.media) ? (message.media as Record<string, unknown>[]) : [];
  return {
    sid: message.sid,
    index: message.index,
    author: message.author,
    body: message.body,
    attributes: message.attributes,
    media: media.map((item) => ({
      sid: String(item.sid ?? item.Sid ?? ''),
      contentType: String(item.content_type ?? item.ContentType ?? 'application/octet-stream'),
      filename: (item.filename ?? item.Filename ?? null) as string | null,
      size: Number(item.size ?? item.Size ?? 0),
    })),
  };
}
