import { truncate } from '@flexcord/shared/messages/truncate';
import { findMember, type Member } from '../../members/members.ts';
import {
  type CanonicalFile,
  type CanonicalMessage,
  type MessageTexts,
  type OpenFile,
  readableSize,
} from '../../messages/canonical.ts';
import { addLinks, assignMessage, digestOf, type NewLink } from '../../messages/records.ts';
import type { Attempt, Handled, PayloadOf } from '../../relay/entries.ts';
import { isRefusal, type RefusalReason, Refused } from '../../relay/errors.ts';
import type { EntryKey } from '../../relay/keys.ts';
import type { Relay } from '../../relay/relay.ts';
import type { Store, Tx } from '../../store/open.ts';
import { conversationEnded } from '../../support/agent-events.ts';
import { type Conversation, conversationQueries } from '../../support/conversations.ts';
import { memberWrote } from '../../support/member-events.ts';
import {
  botMessage,
  closeConversation,
  detachStudio,
  messageToAgent,
  nameMember,
} from '../../support/outgoing.ts';
import { callTwilio, isNotFound, paceConversation, type Twilio } from '../client.ts';
import { type OwnAttributes, ownMark } from '../format/from-twilio.ts';
import { memberIdentity, type TwilioPart, toTwilio, versionOf } from '../format/to-twilio.ts';
import type { Media } from './media.ts';
import type { ConversationOpener } from './opening.ts';
import type { OwnMessages } from './own-messages.ts';
import { READ_BACK } from './read-back.ts';

export interface ConversationsOptions {
  store: Store;
  relay: Relay;
  twilio: Twilio;
  /** Opens conversations where there are none. */
  opening: ConversationOpener;
  botName: string;
  ownMessages: OwnMessages;
  media: Media;
  /** Opens a member's file. */
  openFile: OpenFile;
  /** Largest file that is carried to Flex, in bytes. */
  fileLimit: number;
  /** Words for agents. */
  texts: MessageTexts;
  /** Closes the chat of a conversation in Flex. */
  closeChannel(conversationId: string): Promise<void>;
  /** A member's message cannot be delivered; called in the transaction that parks it. */
  messageRefused?(tx: Tx, payload: PayloadOf<typeof messageToAgent>, reason: RefusalReason): Promise<void>;
  /** Called once in the transaction that keeps a member's message waiting that has been failing for a while. */
  messageDelayed?(tx: Tx, payload: PayloadOf<typeof messageToAgent>): Promise<void>;
  /** Waits until Twilio takes one more message of a conversation. Default: Twilio's own limit. */
  pace?(conversationSid: string): Promise<void>;
  /** What is said in a voice message; null where it cannot be told. Never throws. */
  transcribe?(file: CanonicalFile): Promise<string | null>;
}

/** Writes members' and the virtual agent's messages into Twilio Conversations. */
export function createConversations(options: ConversationsOptions) {
  const { store, relay, twilio } = options;
  const { post, advance } = createPoster(options);
  const queries = conversationQueries(store);
  const api = twilio.conversations.v1;

  async function load(id: string): Promise<{ conversation: Conversation; member: Member }> {
    const conversation = await queries.find(id);
    const member = conversation && (await findMember(store.db, conversation.member_id));
    if (!conversation || !member) throw new Refused('gone', `conversation ${id} is not in the store`);
    return { conversation, member };
  }

  async function postMemberMessage(
    { conversationId, message }: PayloadOf<typeof messageToAgent>,
    attempt: Attempt,
  ): Promise<Handled> {
    const { conversation, member } = await load(conversationId);
    if (conversation.closed_at && conversation.twilio_sid)
      return startAfresh(conversation, message, attempt.key);
    const sid = await options.opening.ensure(conversation, member, attempt.uncertain);
    const { posted, ...heard } = progressOf(attempt.progress);
    const transcript = heard.transcript ?? (posted.length === 0 ? await listen(message) : '');
    const { texts, fileLimit } = options;
    const parts = toTwilio(message, { texts, fileLimit, transcript });
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
            attributes: { discord: describePart(message, part, parts.length) },
          },
          attempt.uncertain,
        );
        posted.push(written.sid);
        await advance(conversationId, written.index);
        if (posted.length < parts.length) await attempt.save({ posted, transcript });
      }
    } catch (error) {
      // With which code a closed conversation refuses is not documented, so every refusal is a reason to look.
      if (isRefusal(error) && posted.length === 0 && (await isOver(sid))) {
        return startAfresh(conversation, message, attempt.key);
      }
      throw error;
    }
    return {
      outcome: posted,
      commit: (tx) => addLinks(tx, linksFor(conversationId, message, parts, posted)),
    };
  }

  /** The words of a voice message, heard once before anything of it is posted. Empty where there are none. */
  async function listen({ files }: CanonicalMessage): Promise<string> {
    const voice = files.find(({ voiceSeconds }) => voiceSeconds !== undefined);
    return (voice && (await options.transcribe?.(voice))) || '';
  }

  /** A file that cannot be fetched after all is named in its place, so that the parts keep their numbers. */
  async function contentOf(part: TwilioPart): Promise<Content> {
    if ('body' in part) return { body: part.body };
    try {
      return { mediaSid: await options.media.upload(await options.openFile(part.file)) };
    } catch (error) {
      if (error instanceof Refused) {
        const { name, size, url } = part.file;
        return { body: `[${options.texts.fileLost(name, readableSize(size))}]${url ? ` ${url}` : ''}` };
      }
      throw error;
    }
  }

  /** Twilio closed the conversation before we heard of it: the message opens the next one instead of being lost. */
  function startAfresh(conversation: Conversation, message: CanonicalMessage, key: EntryKey): Handled {
    const { id: conversationId, member_id: memberId } = conversation;
    return {
      outcome: 'moved to a new conversation',
      commit: async (tx) => {
        // What waits behind it to change it sees that it is not here any more.
        await assignMessage(tx, message.id, null);
        await relay.append(
          tx,
          conversationEnded({ conversationId }, memberId),
          memberWrote({ memberId, message }, key),
        );
      },
    };
  }

  async function isOver(sid: string): Promise<boolean> {
    try {
      return (await api.conversations(sid).fetch()).state === 'closed';
    } catch (error) {
      if (isNotFound(error)) return true;
      return callTwilio('conversation', () => Promise.reject(error));
    }
  }

  async function postBotMessage(
    { conversationId, body }: PayloadOf<typeof botMessage>,
    attempt: Attempt,
  ): Promise<Handled> {
    const { conversation, member } = await load(conversationId);
    const sid = await options.opening.ensure(conversation, member, attempt.uncertain);
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
    const sid = await options.opening.ensure(conversation, member, attempt.uncertain);
    const author = memberIdentity(member.id);
    const written = await post(
      sid,
      { author, content: async () => ({ body }), key: attempt.key, part: 0, webhook: false, attributes: {} },
      attempt.uncertain,
    );
    await advance(conversationId, written.index);
    return written.sid;
  }

  async function close({ conversationId }: PayloadOf<typeof closeConversation>): Promise<Handled> {
    await options.closeChannel(conversationId);
    const { conversation } = await load(conversationId);
    const sid = conversation.twilio_sid;
    if (!sid || (await isOver(sid))) return undefined;
    await paceConversation(sid);
    await callTwilio('close', () => api.conversations(sid).update({ state: 'closed' }));
    return undefined;
  }

  /** Not on first contact, which must stay cheap, but before an agent can look. Without it Flex shows the identity. */
  async function setFriendlyName({ conversationId }: PayloadOf<typeof nameMember>): Promise<Handled> {
    const { member } = await load(conversationId);
    try {
      await api.users(memberIdentity(member.id)).update({ friendlyName: truncate(member.name, 256) });
    } catch (error) {
      if (!isNotFound(error)) await callTwilio('name a member', () => Promise.reject(error));
    }
    return undefined;
  }

  /**
   * Whether Send to Flex takes the Studio webhook away is not documented, so the bridge makes sure: left in place,
   * every message would start the flow again.
   */
  async function removeStudioWebhook({ conversationId }: PayloadOf<typeof detachStudio>): Promise<Handled> {
    const { conversation } = await load(conversationId);
    const { twilio_sid, studio_webhook_sid } = conversation;
    if (!twilio_sid || !studio_webhook_sid) return undefined;
    try {
      await api.conversations(twilio_sid).webhooks(studio_webhook_sid).remove();
    } catch (error) {
      if (!isNotFound(error)) await callTwilio('detach studio', () => Promise.reject(error));
    }
    return undefined;
  }

  return {
    postNote,
    handlers: [
      messageToAgent.handledBy({
        run: postMemberMessage,
        refused: options.messageRefused,
        delayed: options.messageDelayed,
      }),
      botMessage.handledBy({ run: postBotMessage }),
      nameMember.handledBy({ run: setFriendlyName }),
      detachStudio.handledBy({ run: removeStudioWebhook }),
      closeConversation.handledBy({ run: close }),
    ] as const,
  };
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
      digest: digestOf({ content: versionOf(message) }),
    };
  });
}

/** Flex and its plugin can tell by it which messages are one on Discord. */
function describePart(message: CanonicalMessage, part: TwilioPart, of: number) {
  const seconds = 'file' in part ? part.file.voiceSeconds : undefined;
  return {
    messageId: message.id,
    part: part.part,
    of,
    ...(seconds === undefined ? {} : { voiceSeconds: Math.round(seconds) }),
  };
}

/** What earlier attempts posted, and the transcript that the parts were made with. */
function progressOf(progress: unknown): { posted: string[]; transcript?: string } {
  const { posted = [], transcript } = (progress ?? {}) as { posted?: string[]; transcript?: string };
  return { posted: [...posted], ...(transcript === undefined ? {} : { transcript }) };
}

type Content = { body: string } | { mediaSid: string };
interface Written {
  sid: string;
  index: number;
}

/** Puts single messages into Twilio conversations. */
function createPoster({
  store,
  twilio,
  ownMessages,
  pace = paceConversation,
}: Pick<ConversationsOptions, 'store' | 'twilio' | 'ownMessages' | 'pace'>) {
  const api = twilio.conversations.v1;

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
      const recent = await callTwilio('read back', () =>
        api.conversations(sid).messages.list({ order: 'desc', limit: READ_BACK, pageSize: READ_BACK }),
      );
      const mine = recent.find(({ author, attributes }) => {
        const mark = ownMark(attributes);
        return author === message.author && mark?.key === message.key && mark.part === message.part;
      });
      if (mine) return mine;
    }
    const attributes: OwnAttributes = {
      ...message.attributes,
      flexcord: ownMessages.mark(sid, message.author, message.key, message.part),
    };
    const content = await message.content();
    await pace(sid);
    return callTwilio('message', () =>
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

  return { post, advance };
}
