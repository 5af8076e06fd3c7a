import type { AgentMessage } from '../messages/canonical.ts';
import { findMessage, recordAgentMessage } from '../messages/records.ts';
import { defineEntry } from '../relay/entries.ts';
import {
  agentJoinedKey,
  agentLeftKey,
  agentWroteKey,
  type EntryKey,
  endedKey,
  introductionCause,
  placeLane,
} from '../relay/keys.ts';
import { steadyNow } from '../store/clock.ts';
import type { Tx } from '../store/open.ts';
import { lockThread, noteAnswer } from '../threads/threads.ts';
import type { AgentVersions, ChangesFound } from './agent-versions.ts';
import {
  type Agent,
  type ApplyEvent,
  addressOf,
  type Conversation,
  type ConversationActions,
  type ConversationContext,
} from './conversations.ts';
import type { Inactivity } from './inactivity.ts';
import type { SupportOptions, Unread } from './options.ts';
import { detachStudio, messageToMember } from './outgoing.ts';

/** An agent came into a chat; from an interaction webhook. */
export const agentJoined = defineEntry(
  'in.agent-joined',
  (
    payload: {
      conversationId: string;
      participantSid: string;
      taskSid: string;
      channelSid: string;
      /** Absent where an earlier version wrote it. */
      interactionSid?: string;
    },
    placeId: string,
  ) => ({ lane: placeLane(placeId), key: agentJoinedKey(payload.participantSid) }),
);

/** An agent left a chat; from an interaction webhook. */
export const agentLeft = defineEntry(
  'in.agent-left',
  ({ participantSid }: { conversationId: string; participantSid: string }, placeId: string) => ({
    lane: placeLane(placeId),
    key: agentLeftKey(participantSid),
  }),
);

/** A message that the bridge did not write; `writtenAt` where it is certain, in milliseconds since the epoch. */
export const agentWrote = defineEntry(
  'in.agent-wrote',
  ({ message }: { conversationId: string; message: AgentMessage }, placeId: string, writtenAt?: number) => ({
    lane: placeLane(placeId),
    key: agentWroteKey(message.id),
    happenedAt: writtenAt,
  }),
);

/** A conversation is over on Twilio's side. */
export const conversationEnded = defineEntry(
  'in.ended',
  ({ conversationId }: { conversationId: string }, placeId: string) => ({
    lane: placeLane(placeId),
    key: endedKey(conversationId),
  }),
);

/** What Twilio holds beyond the cursor is to be journalled, and what was heard before it to be looked at again. */
export const catchUp = defineEntry(
  'in.catch-up',
  (_: { conversationId: string }, placeId: string, key: EntryKey) => ({ lane: placeLane(placeId), key }),
);

/** In public, others may have answered before. */
async function answeredByAgent(tx: Tx, threadId: string): Promise<void> {
  const thread = await lockThread(tx, threadId);
  if (thread) await noteAnswer(tx, thread, { by: 'agent', messageId: null, memberId: null });
}

/** What follows from what happens on Flex's side. */
export function createAgentHandlers(
  options: SupportOptions,
  actions: ConversationActions,
  inactivity: Inactivity,
  versions: AgentVersions,
  applyEvent: ApplyEvent,
  watch: (context: ConversationContext) => Promise<void>,
) {
  const { store, relay, twilioQueries } = options;
  const { conversations, contextOf } = actions;

  /** Delivers agents' messages in order, and introduces whoever was not announced yet. */
  async function deliver(
    context: ConversationContext,
    { messages, upTo }: Unread,
    names: ReadonlyMap<string, string>,
  ): Promise<void> {
    const { tx, conversation, member } = context;
    const conversationId = conversation.id;
    const present = await conversations.agentsOf(tx, conversationId);
    for (const { index, changedAt, writtenAt, ...message } of messages) {
      const identity = message.author.id;
      const known = present.find((agent) => agent.identity === identity);
      const name = known?.name ?? names.get(identity) ?? identity;
      if (!known && conversation.phase !== 'closed') {
        const agent = { identity, name, participant_sid: null, left_at: null };
        await conversations.addAgent(tx, { conversation_id: conversationId, ...agent });
        present.push({ id: 0, conversation_id: conversationId, joined_at: 0, ...agent } satisfies Agent);
        const cause = introductionCause(conversationId, identity);
        await applyEvent({ ...context, cause, agentName: name }, { is: 'agent-joined' });
        // The first sign of an agent where no webhook of the interaction arrives.
        await conversations.change(tx, conversationId, { handed_over: 1 });
        if (conversation.studio_webhook_sid) await relay.append(tx, detachStudio({ conversationId }, cause));
        await watch(context);
      }
      const named = { ...message, author: { id: identity, name } };
      await recordAgentMessage(tx, member.id, conversationId, { ...named, index, changedAt });
      if (conversation.thread_id !== null) await answeredByAgent(tx, conversation.thread_id);
      const delivery = { ...addressOf(conversation), conversationId, message: named };
      await relay.append(
        tx,
        messageToMember(writtenAt === undefined ? delivery : { ...delivery, writtenAt }),
      );
    }
    if (messages.length > 0 && conversation.phase === 'agent') await inactivity.begin(tx, conversation);
    const cursor = Math.max(upTo, ...messages.map(({ index }) => index));
    if (cursor > conversation.twilio_cursor) {
      await conversations.change(tx, conversationId, { twilio_cursor: cursor });
    }
  }

  /** Names of authors who have not been introduced; asked for before a transaction is opened. */
  async function namesOf(conversation: Conversation, messages: readonly AgentMessage[], failures: number) {
    const names = new Map<string, string>();
    const known = await conversations.agentsOf(store.db, conversation.id);
    for (const { author } of messages) {
      if (names.has(author.id) || known.some((agent) => agent.identity === author.id)) continue;
      names.set(author.id, await twilioQueries.nameOf(author.id, failures));
    }
    return names;
  }

  /** Delivers what a look back found, and carries what became of what was heard before. */
  async function take(
    context: ConversationContext,
    look: Unread & ChangesFound,
    names: ReadonlyMap<string, string>,
  ): Promise<void> {
    await deliver(context, look, names);
    await versions.appendChanges(context.tx, context.conversation, look, context.cause);
  }

  /**
   * What is delivered for a message whose turn it is not: with it, what is missing before it. Where Twilio does not have
   * it any more, it was removed since, and nobody may read it.
   */
  async function lookFor(conversation: Conversation, message: AgentMessage): Promise<Unread & ChangesFound> {
    const look: Unread & ChangesFound =
      message.index > conversation.twilio_cursor
        ? await versions.lookBack(conversation, false)
        : { messages: [], upTo: -1, edited: [], removed: [] };
    if (look.messages.some(({ id }) => id === message.id)) return look;
    const sid = conversation.twilio_sid;
    const now = sid ? await twilioQueries.fetchMessage(sid, message.id) : message;
    if (!now) return look;
    const messages = [...look.messages, now].sort((one, other) => one.index - other.index);
    return { ...look, messages };
  }

  async function end(context: ConversationContext): Promise<void> {
    for (const agent of await conversations.agentsOf(context.tx, context.conversation.id)) {
      if (!agent.left_at) await conversations.changeAgent(context.tx, agent.id, { left_at: steadyNow() });
    }
    await applyEvent(context, { is: 'ended' });
  }

  return [
    agentJoined.handledBy({
      async run({ conversationId, participantSid, taskSid, channelSid, interactionSid }, { key, failures }) {
        const { identity, name } = await twilioQueries.agentOfTask(taskSid, failures);
        return {
          commit: async (tx) => {
            const context = await contextOf(tx, conversationId, key);
            if (!context) return;
            const { conversation } = context;
            await conversations.change(tx, conversation.id, {
              channel_sid: channelSid,
              handed_over: 1,
              ...(interactionSid ? { interaction_sid: interactionSid } : {}),
            });
            if (conversation.studio_webhook_sid) {
              await relay.append(tx, detachStudio({ conversationId }, key));
            }
            await watch(context);
            const agents = await conversations.agentsOf(tx, conversation.id);
            // The same participant twice is a repeated webhook; one that already left was overtaken by its own leaving.
            if (agents.some((agent) => agent.participant_sid === participantSid)) return;
            const introduced = agents.find(
              (agent) =>
                agent.identity !== null &&
                agent.identity === identity &&
                !agent.left_at &&
                !agent.participant_sid,
            );
            if (introduced) {
              await conversations.changeAgent(tx, introduced.id, { participant_sid: participantSid });
              return;
            }
            await conversations.addAgent(tx, {
              conversation_id: conversation.id,
              identity,
              name,
              participant_sid: participantSid,
              left_at: null,
            });
            await applyEvent({ ...context, agentName: name }, { is: 'agent-joined' });
          },
        };
      },
    }),

    agentLeft.handledBy({
      decide: async (tx, { conversationId, participantSid }, { key }) => {
        const context = await contextOf(tx, conversationId, key);
        if (!context) return;
        const agents = await conversations.agentsOf(tx, conversationId);
        const gone = agents.find((agent) => agent.participant_sid === participantSid);
        if (gone?.left_at) return;
        if (!gone) {
          await conversations.addAgent(tx, {
            conversation_id: conversationId,
            identity: null,
            name: '',
            participant_sid: participantSid,
            left_at: steadyNow(),
          });
          return;
        }
        await conversations.changeAgent(tx, gone.id, { left_at: steadyNow() });
        const remaining = agents.filter((agent) => agent !== gone && !agent.left_at).length;
        await applyEvent({ ...context, agentName: gone.name }, { is: 'agent-left', remaining });
      },
    }),

    agentWrote.handledBy({
      /** Only where nothing has to be asked for: no message is missing before it, and its author was introduced. */
      async decide(tx, payload, { key }) {
        const context = await contextOf(tx, payload.conversationId, key);
        if (!context) return undefined;
        const message = twilioQueries.readMessage(payload.message);
        const { twilio_cursor: cursor } = context.conversation;
        if (message.index <= cursor && (await findMessage(tx, message.id))) return undefined;
        if (message.index !== cursor + 1) return 'run';
        const present = await conversations.agentsOf(tx, payload.conversationId);
        if (!present.some(({ identity }) => identity === message.author.id)) return 'run';
        await deliver(context, { messages: [message], upTo: -1 }, new Map());
        return undefined;
      },
      async run(payload, { key, failures }) {
        const { conversationId } = payload;
        const message = twilioQueries.readMessage(payload.message);
        const conversation = await conversations.find(conversationId);
        if (!conversation) return undefined;
        const { twilio_cursor: cursor } = conversation;
        if (message.index <= cursor && (await findMessage(store.db, message.id))) return undefined;
        // A hole in the indexes: a webhook may have been lost or overtaken. Indexes may also simply skip. What is read
        // beyond this message is carried, too, so that the rest of a burst finds no hole. And up to the cursor everything
        // was heard: a message that was not is one that was removed before anybody looked.
        const isNext = message.index === cursor + 1;
        const look: Unread & ChangesFound = isNext
          ? { messages: [message], upTo: -1, edited: [], removed: [] }
          : await lookFor(conversation, message);
        const names = await namesOf(conversation, look.messages, failures);
        return {
          commit: async (tx) => {
            const context = await contextOf(tx, conversationId, key);
            if (context) await take(context, look, names);
          },
        };
      },
    }),

    catchUp.handledBy({
      async run({ conversationId }, { key, failures }) {
        const conversation = await conversations.find(conversationId);
        if (!conversation) return undefined;
        const look = await versions.lookBack(conversation, true);
        const names = await namesOf(conversation, look.messages, failures);
        return {
          commit: async (tx) => {
            const context = await contextOf(tx, conversationId, key);
            if (!context) return;
            await take(context, look, names);
            if (look.closed) await end(context);
          },
        };
      },
    }),

    conversationEnded.handledBy({
      async run({ conversationId }, { key, failures }) {
        const conversation = await conversations.find(conversationId);
        if (!conversation) return undefined;
        // The last words may have been overtaken by the end, and so may what became of earlier ones.
        const look = await versions.lookBack(conversation, true);
        const names = await namesOf(conversation, look.messages, failures);
        return {
          commit: async (tx) => {
            const context = await contextOf(tx, conversationId, key);
            if (!context) return;
            await take(context, look, names);
            await end(context);
          },
        };
      },
    }),
  ] as const;
}
