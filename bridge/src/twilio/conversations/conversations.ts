import type { MemberMessageAttributes } from '@flexcord/shared/messages/layout';
import { truncate } from '@flexcord/shared/messages/truncate';
import { namedLink } from '../../formats/markdown/escape.ts';
import { findMember, type Member } from '../../members/members.ts';
import {
  type CanonicalFile,
  type CanonicalMessage,
  type MessageTexts,
  type OpenFile,
  readableSize,
} from '../../messages/canonical.ts';
import { addLinks, digestOf, type NewLink } from '../../messages/records.ts';
import type { Attempt, Handled, PayloadOf } from '../../relay/entries.ts';
import { isRefusal, type RefusalReason, Refused } from '../../relay/errors.ts';
import { againKey } from '../../relay/keys.ts';
import type { Relay } from '../../relay/relay.ts';
import type { Store, Tx } from '../../store/open.ts';
import { type Conversation, conversationQueries } from '../../support/conversations.ts';
import {
  botMessage,
  closeConversation,
  detachStudio,
  editToAgent,
  messageToAgent,
  nameMember,
  type noteToAgent,
} from '../../support/outgoing.ts';
import { findThread } from '../../threads/threads.ts';
import { callTwilio, isNotFound, paceConversation, type Twilio } from '../client.ts';
import {
  memberIdentity,
  participantIdentity,
  type TwilioPart,
  toTwilio,
  versionOf,
} from '../format/to-twilio.ts';
import type { Media } from './media.ts';
import { createMoving } from './moving.ts';
import { type ConversationOpener, markHandedOver } from './opening.ts';
import type { OwnMessages } from './own-messages.ts';
import {
  advance,
  type Content,
  createPoster,
  type OwnMessage,
  type OwnWritten,
  settled,
  type Written,
} from './posting.ts';
import { createSecondLook } from './second-look.ts';

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
  /** Whether agents can open a file of this name in Flex. Never throws. */
  opensInFlex?(name: string): Promise<boolean>;
  /** Largest file that is carried to Flex, in bytes. */
  fileLimit: number;
  /** Words for agents. */
  texts: MessageTexts;
  /** Closes the chat of a conversation in Flex. */
  closeChannel(conversationId: string, reason?: string): Promise<void>;
  /** A member's message cannot be delivered; called in the transaction that parks it. */
  messageRefused?(tx: Tx, payload: PayloadOf<typeof messageToAgent>, reason: RefusalReason): Promise<void>;
  /** Called once in the transaction that keeps a member's message waiting that has been failing for a while. */
  messageDelayed?(tx: Tx, payload: PayloadOf<typeof messageToAgent>): Promise<void>;
  /** Waits until Twilio takes one more message of a conversation. Default: Twilio's own limit. */
  pace?(conversationSid: string): Promise<void>;
  /** What is said in a voice message; null where it cannot be told. Never throws. */
  transcribe?(file: CanonicalFile): Promise<string | null>;
}

/** How often a message looks whether those before it, of a conversation that is over, have come, in milliseconds. */
const TURN_CHECK_MS = 250;

/** Writes members' and the virtual agent's messages into Twilio Conversations. */
export function createConversations(options: ConversationsOptions) {
  const { store, twilio } = options;
  const poster = createPoster(options);
  const moving = createMoving(options);
  const secondLook = createSecondLook({ ...options, poster });
  const queries = conversationQueries(store);
  const api = twilio.conversations.v1;

  async function load(id: string): Promise<{ conversation: Conversation; member: Member }> {
    const conversation = await queries.find(id);
    const member = conversation && (await findMember(store.db, conversation.member_id));
    if (!conversation || !member) throw new Refused('gone', `conversation ${id} is not in the store`);
    return { conversation, member };
  }

  async function postMemberMessage(
    { conversationId, after = -1, message, speaker }: PayloadOf<typeof messageToAgent>,
    attempt: Attempt,
  ): Promise<Handled> {
    const { conversation, member } = await load(conversationId);
    const closedSid = conversation.closed_at === null ? null : conversation.twilio_sid;
    if (!closedSid && !(await moving.isNext(conversation, attempt.key))) return { againInMs: TURN_CHECK_MS };
    const sid = closedSid ?? (await options.opening.ensure(conversation, member));
    const { before, posted, ...heard } = progressOf(attempt.progress);
    const first = before.length === 0 && posted.length === 0;
    const transcript = heard.transcript ?? (first ? await listen(message) : '');
    const { texts, fileLimit } = options;
    const all = toTwilio(message, {
      ...{ texts, fileLimit, transcript },
      ...(speaker ? { speaker: speaker.name } : {}),
    });
    const parts = all.slice(before.length);
    const written: Written[] = [];
    /** What an earlier life of the store has posted before it was edited. */
    const outdated: OwnWritten[] = [];
    const links = () => linksFor(conversationId, message, parts, posted, outdated);
    const take = (one: Written) => {
      written.push(one);
      posted.push(one.sid);
    };
    /** Of an attempt that may have had an effect: the parts that are there. */
    async function takeWhatIsThere(): Promise<void> {
      const known = await poster.readBack(sid, attempt, after);
      for (const part of parts.slice(posted.length)) {
        const one = known.get(part.part);
        if (!one) return;
        if ('body' in part && !says(one, part.body)) outdated.push(one);
        take(one);
      }
    }
    async function writeRest(): Promise<void> {
      for (const part of parts.slice(posted.length)) {
        const own = {
          author: memberIdentity(speaker?.id ?? member.id),
          content: () => contentOf(part),
          part: part.part,
          webhook: true,
          attributes: { discord: describePart(message, part, all.length), ...(speaker ? { speaker } : {}) },
        };
        take(await poster.write(sid, own, attempt));
        if (posted.length < parts.length) await attempt.save({ before, posted, transcript });
      }
    }
    if (attempt.uncertain) await takeWhatIsThere();
    let isOver = closedSid !== null;
    try {
      if (!isOver) await writeRest();
    } catch (error) {
      // With which code a closed conversation refuses is not documented, so every refusal is a reason to look.
      if (!isRefusal(error) || !(await poster.isOver(sid))) throw error;
      isOver = true;
      // What was on its way may have come in before the end; from here on nothing does.
      if (attempt.uncertain) await takeWhatIsThere();
    }
    if (isOver && posted.length < parts.length) {
      const moved = { key: attempt.key, messageId: message.id, links: links() };
      return {
        outcome: { before: [...before, ...posted], posted: [], transcript },
        commit: async (tx) => {
          await moving.moveOn(tx, conversation, moved);
          if (attempt.uncertain) await secondLook.owe(tx, { conversationId, after });
        },
      };
    }
    return {
      outcome: [...before, ...posted],
      commit: async (tx) => {
        await addLinks(tx, links());
        await advance(tx, conversationId, written);
        const before = outdated[0]?.body;
        if (before) {
          const edit = { conversationId, message, before, removedFiles: [] };
          await options.relay.append(tx, editToAgent(edit, againKey(attempt.key)));
        }
        if (attempt.uncertain) await secondLook.owe(tx, { conversationId, after });
      },
    };
  }

  /** The words of a voice message, heard once before anything of it is posted. Empty where there are none. */
  async function listen({ files }: CanonicalMessage): Promise<string> {
    const voice = files.find(({ voiceSeconds }) => voiceSeconds !== undefined);
    return (voice && (await options.transcribe?.(voice))) || '';
  }

  /** A file that cannot be fetched after all, or opened in Flex, is named in its place, so that the parts keep their numbers. */
  async function contentOf(part: TwilioPart): Promise<Content> {
    if ('body' in part) return { body: part.body };
    const { name, size, url } = part.file;
    const named = (text: MessageTexts['fileLost']): Content => ({
      body: `[${text(url ? namedLink(name, url) : name, readableSize(size))}]`,
    });
    if (!((await options.opensInFlex?.(name)) ?? true)) return named(options.texts.fileNotOpened);
    try {
      return { mediaSid: await options.media.upload(await options.openFile(part.file)) };
    } catch (error) {
      if (error instanceof Refused) return named(options.texts.fileLost);
      throw error;
    }
  }

  /** Writes a message of one part once; null where the conversation is over, which needs no such thing any more. */
  async function writeOnce(
    { conversationId, after = -1 }: Pick<PayloadOf<typeof botMessage>, 'conversationId' | 'after'>,
    attempt: Attempt,
    own: (member: Member) => Pick<OwnMessage, 'author' | 'content'> & Partial<Pick<OwnMessage, 'attributes'>>,
  ): Promise<Written | null> {
    const { conversation, member } = await load(conversationId);
    const sid = await options.opening.ensure(conversation, member);
    if (attempt.uncertain) await store.transact((tx) => secondLook.owe(tx, { conversationId, after }));
    const known = attempt.uncertain && (await poster.readBack(sid, attempt, after)).get(0);
    return (
      known || (await poster.write(sid, { attributes: {}, ...own(member), part: 0, webhook: false }, attempt))
    );
  }

  async function postBotMessage(
    { body, isSummary, author = options.botName, ...to }: PayloadOf<typeof botMessage>,
    attempt: Attempt,
  ): Promise<Handled> {
    const written = await writeOnce(to, attempt, () => ({
      author,
      content: async () => ({ body }),
    }));
    if (!written || !isSummary) return settled(to.conversationId, written);
    return {
      outcome: [written.sid],
      commit: async (tx) => {
        await advance(tx, to.conversationId, [written]);
        await queries.note(tx, to.conversationId, { summary_sid: written.sid });
      },
    };
  }

  /** A small thing that a member did. It starts no flow and, unlike a message, brings no new task. */
  const postNote = (to: PayloadOf<typeof noteToAgent>, attempt: Attempt): Promise<Written | null> =>
    writeOnce(to, attempt, ({ id }) => ({
      author: memberIdentity(to.speakerId ?? id),
      content: async () => ({ body: to.body }),
      ...(to.reaction ? { attributes: { discord: { reaction: to.reaction } } } : {}),
    }));

  async function close({ conversationId, reason }: PayloadOf<typeof closeConversation>): Promise<Handled> {
    await options.closeChannel(conversationId, reason);
    const { conversation } = await load(conversationId);
    const sid = conversation.twilio_sid;
    if (!sid || (await poster.isOver(sid))) return undefined;
    await paceConversation(sid);
    await callTwilio('close', () => api.conversations(sid).update({ state: 'closed' }));
    return undefined;
  }

  /** Not on first contact, which must stay cheap, but before an agent can look. Without it Flex shows the identity. */
  async function setFriendlyName({ conversationId }: PayloadOf<typeof nameMember>): Promise<Handled> {
    const { conversation, member } = await load(conversationId);
    const thread =
      conversation.thread_id === null ? undefined : await findThread(store.db, conversation.thread_id);
    const friendlyName = truncate(thread?.title || member.name, 256);
    try {
      await api.users(participantIdentity(conversation)).update({ friendlyName });
    } catch (error) {
      if (!isNotFound(error)) await callTwilio('name a member', () => Promise.reject(error));
    }
    return undefined;
  }

  /**
   * Whether Send to Flex takes the Studio webhook away is not documented, so the bridge makes sure: left in place,
   * every message would start the flow again. The mark is for executions that begin before that.
   */
  async function removeStudioWebhook({ conversationId }: PayloadOf<typeof detachStudio>): Promise<Handled> {
    const { conversation } = await load(conversationId);
    const { twilio_sid, studio_webhook_sid } = conversation;
    if (!twilio_sid || !studio_webhook_sid) return undefined;
    const place = api.conversations(twilio_sid);
    const remove = async () => {
      try {
        await place.webhooks(studio_webhook_sid).remove();
      } catch (error) {
        if (!isNotFound(error)) await callTwilio('detach studio', () => Promise.reject(error));
      }
    };
    // Either is enough to keep a second task from being made, so neither waits for the other.
    const [removed, marked] = await Promise.allSettled([remove(), markHandedOver(place)]);
    for (const outcome of [removed, marked]) if (outcome.status === 'rejected') throw outcome.reason;
    return undefined;
  }

  return {
    postNote,
    isOver: poster.isOver,
    handlers: [
      ...secondLook.handlers,
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
  outdated: readonly Written[],
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
      digest: outdated.some((written) => written.sid === sid)
        ? null
        : digestOf({ content: versionOf(message) }),
    };
  });
}

/** Whether a message has these words, perhaps with what follows an edit or a deletion. */
const says = ({ body }: OwnWritten, words: string): boolean =>
  body === null || body === words || body.startsWith(`${words}\n[`);

/** Flex and its plugin can tell by it which messages are one on Discord. */
function describePart(
  message: CanonicalMessage,
  part: TwilioPart,
  of: number,
): MemberMessageAttributes['discord'] {
  const seconds = 'file' in part ? part.file.voiceSeconds : undefined;
  const layout = 'body' in part ? part.layout : undefined;
  return {
    messageId: message.id,
    part: part.part,
    of,
    ...(seconds === undefined ? {} : { voiceSeconds: Math.round(seconds) }),
    ...('file' in part && part.file.spoiler ? { spoiler: true } : {}),
    ...(layout ? { layout } : {}),
  };
}

interface Progress {
  /** What is in conversations that were over before all of it was there. */
  before: string[];
  /** What earlier attempts posted. */
  posted: string[];
  /** What the parts were made with. */
  transcript?: string;
}

function progressOf(progress: unknown): Progress {
  const { before = [], posted = [], transcript } = (progress ?? {}) as Partial<Progress>;
  return { before, posted: [...posted], ...(transcript === undefined ? {} : { transcript }) };
}
