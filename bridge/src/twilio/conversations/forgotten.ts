import type { Logger } from 'pino';
import type { ConversationInstance } from 'twilio/lib/rest/conversations/v1/conversation.js';
import { findMember, type Member, upsertSpeaker } from '../../members/members.ts';
import { addLinks, assignMessage, findMessage, recordMemberMessage } from '../../messages/records.ts';
import { snowflakeTime } from '../../messages/snowflake.ts';
import { carryKey, discordEventKey, placeLane, twilioLane } from '../../relay/keys.ts';
import { noteDone } from '../../relay/restored.ts';
import { steadyNow } from '../../store/clock.ts';
import type { Restored } from '../../store/marks.ts';
import type { Store, Tx } from '../../store/open.ts';
import { conversationQueries } from '../../support/conversations.ts';
import { memberWrote } from '../../support/member-events.ts';
import { messageToAgent } from '../../support/outgoing.ts';
import { speakerWrote } from '../../support/public/thread-events.ts';
import { addThread, type ThreadFacts } from '../../threads/threads.ts';
import { callTwilio, type Twilio } from '../client.ts';
import { memberIdentity } from '../format/to-twilio.ts';
import { conversationIdOf } from './opening.ts';
import type { OwnWritten, Poster } from './posting.ts';

export interface ForgottenOptions {
  store: Store;
  twilio: Twilio;
  poster: Pick<Poster, 'ownSince'>;
  logger: Logger;
  /** The tasks of a conversation. */
  tasksOf(conversationSid: string): Promise<{ isLive: boolean }[]>;
}

/** A message of a member's as the transcript has it. */
interface Carried extends OwnWritten {
  /** Discord message id. */
  messageId: string;
  /** Whose words they are; without a name they are the member's. */
  speaker: { id: string; name: string | undefined };
}

/**
 * What a store that was restored can learn from Twilio: conversations that were opened since its backup, and members'
 * messages that Discord no longer has, so that nothing else tells of them.
 */
export function createForgottenConversations(options: ForgottenOptions) {
  const { store, twilio, poster, logger, tasksOf } = options;
  const queries = conversationQueries(store);

  /** Members' messages in a conversation, oldest first; what is marked as deleted is over. */
  async function carriedIn(sid: string, member: Pick<Member, 'id'>, since: number): Promise<Carried[]> {
    const own = await poster.ownSince(sid, Number.POSITIVE_INFINITY, since);
    return own.toReversed().flatMap((message) => {
      const { discord, deleted, speaker } = readAttributes(message.attributes);
      const messageId = discord?.messageId;
      const isCarried = typeof messageId === 'string' && message.key === carryKey(messageId);
      // In public everybody is an author of their own.
      const author = { id: speaker?.id ?? member.id, name: speaker?.name };
      return message.author === memberIdentity(author.id) && isCarried && deleted !== true
        ? [{ ...message, messageId, speaker: author }]
        : [];
    });
  }

  async function record(
    tx: Tx,
    conversationId: string,
    member: Member,
    carried: Carried[],
    threadId: string | null,
  ): Promise<void> {
    const direct = member.thread_id === null ? (member.dm_channel_id ?? undefined) : undefined;
    const channelId = threadId ?? direct;
    for (const { messageId, part, body, sid, speaker } of carried) {
      const text = part === 0 ? (body ?? '') : '';
      const author = { id: speaker.id, name: speaker.name ?? member.name };
      if (threadId) await upsertSpeaker(tx, author);
      const message = { id: messageId, author, text, files: [], notes: [], channelId };
      await recordMemberMessage(tx, author.id, message);
      await assignMessage(tx, messageId, conversationId);
      await addLinks(tx, [
        {
          conversation_id: conversationId,
          direction: 'to-agent',
          part,
          kind: body === null ? 'file' : 'text',
          channel_id: channelId ?? '',
          discord_id: messageId,
          twilio_sid: sid,
          digest: null,
        },
      ]);
    }
  }

  /** Takes a conversation over as it stands at Twilio. Its messages from members are known from then on. */
  async function adopt(found: ConversationInstance, id: string, restored: Restored): Promise<boolean> {
    const { customerAddress = '', customerName, discordThread } = readAttributes(found.attributes);
    const thread = readThread(discordThread);
    const memberId =
      thread?.authorId ?? /^\d{1,20}$/.exec(String(customerAddress).replace(memberIdentity(''), ''))?.[0];
    if (!memberId) return false;
    const threadId = thread?.id ?? null;
    const isOpen = found.state !== 'closed';
    const isWaiting = isOpen && (await tasksOf(found.sid)).some(({ isLive }) => isLive);
    const carried = await carriedIn(found.sid, { id: memberId }, restored.since);
    await store.transact(async (tx) => {
      const [openedAt, now] = [found.dateCreated.getTime(), steadyNow()];
      const known = { id: memberId, name: String(customerName ?? memberId) };
      await tx
        .insertInto('members')
        .values({ ...known, created_at: openedAt, seen_at: now, public_only: thread ? 1 : 0 })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const member = (await findMember(tx, memberId)) as Member;
      if (thread) await addThread(tx, thread, false);
      const earlier =
        threadId === null ? await queries.lockOpenOf(tx, memberId) : await queries.lockOpenIn(tx, threadId);
      // A place has one conversation at a time, so the one before it was over.
      if (earlier && isOpen)
        await queries.change(tx, earlier.id, { phase: 'closed', closed_at: openedAt, turn_text: null });
      await tx
        .insertInto('conversations')
        .values({
          ...{ id, member_id: memberId, thread_id: threadId, twilio_sid: found.sid },
          previous_id: earlier?.id ?? null,
          ...{ opened_at: openedAt, changed_at: now, closed_at: isOpen ? null : now },
          // No virtual agent talks in a public conversation.
          phase: isOpen ? (isWaiting || thread ? 'queued' : 'bot') : 'closed',
          handed_over: isWaiting ? 1 : 0,
        })
        .execute();
      await record(tx, id, member, carried, threadId);
      for (const messageId of new Set(carried.map((message) => message.messageId))) {
        const sids = carried.filter((message) => message.messageId === messageId).map(({ sid }) => sid);
        const heard = { lane: placeLane(threadId ?? memberId), key: discordEventKey(messageId) };
        const { kind } = threadId === null ? memberWrote : speakerWrote;
        await noteDone(tx, { ...heard, kind }, null, now);
        const sent = { lane: twilioLane(id), key: carryKey(messageId) };
        await noteDone(tx, { ...sent, kind: messageToAgent.kind }, sids, now);
      }
    });
    return true;
  }

  /** Conversations that the backup has with the virtual agent may wait in Flex by now. */
  async function noticeHandOvers(): Promise<void> {
    for (const { id, phase, twilio_sid: sid } of await queries.allOpen()) {
      if (phase !== 'bot' || !sid || !(await tasksOf(sid)).some(({ isLive }) => isLive)) continue;
      await store.transact((tx) => queries.change(tx, id, { phase: 'queued', handed_over: 1 }));
    }
  }

  return {
    /** Before anything is heard anew. Nothing happens where the store was not restored, or has learned it already. */
    async adoptAll(): Promise<void> {
      const { restored } = store;
      if (!restored) return;
      const found = await callTwilio('conversations', () =>
        twilio.conversations.v1.conversations.list({ startDate: new Date(restored.since).toISOString() }),
      );
      let adopted = 0;
      // A member may have had several: the latest is the one that is open.
      for (const one of found.sort((a, b) => a.dateCreated.getTime() - b.dateCreated.getTime())) {
        const id = conversationIdOf(one.uniqueName ?? '');
        if (id && !(await queries.find(id)) && (await adopt(one, id, restored))) adopted += 1;
      }
      await noticeHandOvers();
      logger.warn(
        { since: new Date(restored.since).toISOString(), adopted },
        'the store was restored: what was sent since then is looked for before it is sent again',
      );
    },

    /** Messages of a member's open conversation that neither the store nor, by now, Discord knows of. */
    async recall(memberId: string): Promise<void> {
      const { restored } = store;
      const conversation = restored && (await queries.findOpenOf(memberId));
      const member = conversation && (await findMember(store.db, memberId));
      if (!restored || !member || !conversation?.twilio_sid) return;
      const unknown: Carried[] = [];
      for (const one of await carriedIn(conversation.twilio_sid, member, restored.since))
        if (!(await findMessage(store.db, one.messageId))) unknown.push(one);
      if (unknown.length > 0)
        await store.transact((tx) => record(tx, conversation.id, member, unknown, null));
    },
  };
}

/** A public thread, as opening.ts has it in the attributes of its conversation; null for a private one. */
function readThread(mark: unknown): ThreadFacts | null {
  const { id, guildId, channelId, authorId, title, openedAt } = (mark ?? {}) as Record<string, unknown>;
  const ids = [id, guildId, channelId, authorId].map(String);
  if (!ids.every((one) => /^\d{1,20}$/.test(one))) return null;
  const [threadId = '', guild = '', channel = '', author = ''] = ids;
  return {
    ...{ id: threadId, guildId: guild, channelId: channel, authorId: author, title: String(title ?? '') },
    ...{ tags: [], access: 'open', slowMs: 0, openedAt: Number(openedAt) || snowflakeTime(threadId) },
    lastMessageId: null,
  };
}

function readAttributes(text: string): {
  customerAddress?: unknown;
  customerName?: unknown;
  deleted?: unknown;
  discord?: { messageId?: unknown };
  speaker?: { id: string; name: string };
  discordThread?: unknown;
} {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
