import type { Handler } from '../relay/relay.ts';
import { fromTwilio } from '../twilio/format/from-twilio.ts';
import type { ConversationActions, ConversationContext } from './conversation-context.ts';
import type { Agent, Conversation } from './conversations.ts';
import { discordLane, type Payloads, type TwilioMessage } from './entries.ts';
import type { SupportEvents } from './events.ts';
import type { Inactivity } from './inactivity.ts';
import type { SupportOptions } from './options.ts';

type AgentKind = 'in.agent-joined' | 'in.agent-left' | 'in.agent-wrote' | 'in.catch-up' | 'in.ended';

/** What follows from what happens on Flex's side. */
export function createAgentHandlers(
  options: SupportOptions,
  actions: ConversationActions,
  inactivity: Inactivity,
  { applyEvent }: SupportEvents,
): { [Kind in AgentKind]: Handler<Payloads[Kind]> } {
  const { store, relay, twilioQueries } = options;
  const { conversations, toTwilio, contextOf, watch } = actions;

  /** Carries agents' messages in order, and introduces whoever was not announced yet. */
  async function carryToMember(
    context: ConversationContext,
    messages: readonly TwilioMessage[],
    names: ReadonlyMap<string, string>,
  ): Promise<void> {
    const { tx, conversation, member } = context;
    const present = await conversations.agentsOf(tx, conversation.id);
    let cursor = conversation.twilio_cursor;
    for (const message of messages) {
      cursor = Math.max(cursor, message.index);
      if (twilioQueries.isOurs(message)) continue;
      const known = present.find((agent) => agent.identity === message.author);
      const name = known?.name ?? names.get(message.author) ?? message.author;
      if (!known && conversation.phase !== 'closed') {
        const agent = { identity: message.author, name, participant_sid: null, left_at: null };
        await conversations.addAgent(tx, { conversation_id: conversation.id, ...agent });
        present.push({ id: 0, conversation_id: conversation.id, joined_at: 0, ...agent } satisfies Agent);
        await applyEvent(
          { ...context, cause: `${conversation.id}:${message.author}`, agentName: name },
          { is: 'agent-joined' },
        );
        await watch(context);
      }
      await relay.append(tx, {
        lane: discordLane(member.id),
        key: `agent:${message.sid}`,
        kind: 'discord.message',
        payload: {
          memberId: member.id,
          conversationId: conversation.id,
          message: fromTwilio({ ...message, authorName: name }),
        },
      });
    }
    if (messages.some((message) => !twilioQueries.isOurs(message)) && conversation.phase === 'agent')
      await inactivity.begin(tx, conversation);
    if (cursor > conversation.twilio_cursor) {
      await conversations.change(tx, conversation.id, { twilio_cursor: cursor });
    }
  }

  /** Names of authors who have not been introduced; asked for before a transaction is opened. */
  async function namesOf(conversation: Conversation, messages: readonly TwilioMessage[]) {
    const names = new Map<string, string>();
    const known = await conversations.agentsOf(store.db, conversation.id);
    for (const message of messages) {
      if (twilioQueries.isOurs(message) || names.has(message.author)) continue;
      if (known.some((agent) => agent.identity === message.author)) continue;
      names.set(message.author, await twilioQueries.nameOf(message.author));
    }
    return names;
  }

  async function beyondCursor(conversation: Conversation) {
    if (!conversation.twilio_sid) return { messages: [], closed: false };
    return twilioQueries.transcriptAfter(conversation.twilio_sid, conversation.twilio_cursor);
  }

  async function end(context: ConversationContext): Promise<void> {
    for (const agent of await conversations.agentsOf(context.tx, context.conversation.id)) {
      if (!agent.left_at) await conversations.changeAgent(context.tx, agent.id, { left_at: Date.now() });
    }
    await applyEvent(context, { is: 'ended' });
  }

  return {
    'in.agent-joined': {
      async run({ conversationId, participantSid, taskSid, channelSid }, { key }) {
        const { identity, name } = await twilioQueries.agentOfTask(taskSid);
        return {
          commit: async (tx) => {
            const context = await contextOf(tx, conversationId, key);
            if (!context) return;
            const { conversation } = context;
            await conversations.change(tx, conversation.id, { channel_sid: channelSid, handed_over: 1 });
            if (conversation.studio_webhook_sid) {
              await toTwilio(context, 'detach', {
                kind: 'twilio.detach-studio',
                payload: { conversationId: conversation.id },
              });
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
    },

    'in.agent-left': {
      run: async ({ conversationId, participantSid }, { key }) => ({
        commit: async (tx) => {
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
              left_at: Date.now(),
            });
            return;
          }
          await conversations.changeAgent(tx, gone.id, { left_at: Date.now() });
          const remaining = agents.filter((agent) => agent !== gone && !agent.left_at).length;
          await applyEvent({ ...context, agentName: gone.name }, { is: 'agent-left', remaining });
        },
      }),
    },

    'in.agent-wrote': {
      async run({ conversationId, message }, { key }) {
        const conversation = await conversations.find(conversationId);
        if (!conversation) return undefined;
        // A hole in the indexes: a webhook may have been lost or overtaken. Indexes may also simply skip. What is read
        // beyond this message is carried, too, so that the rest of a burst finds no hole.
        const hole = message.index > conversation.twilio_cursor + 1;
        const messages = hole ? (await beyondCursor(conversation)).messages : [];
        if (!messages.some(({ sid }) => sid === message.sid)) messages.push(message);
        messages.sort((one, other) => one.index - other.index);
        const names = await namesOf(conversation, messages);
        return {
          commit: async (tx) => {
            const context = await contextOf(tx, conversationId, key);
            if (context) await carryToMember(context, messages, names);
          },
        };
      },
    },

    'in.catch-up': {
      async run({ conversationId }, { key }) {
        const conversation = await conversations.find(conversationId);
        if (!conversation) return undefined;
        const { messages, closed } = await beyondCursor(conversation);
        const names = await namesOf(conversation, messages);
        return {
          commit: async (tx) => {
            const context = await contextOf(tx, conversationId, key);
            if (!context) return;
            await carryToMember(context, messages, names);
            if (closed) await end(context);
          },
        };
      },
    },

    'in.ended': {
      async run({ conversationId }, { key }) {
        const conversation = await conversations.find(conversationId);
        if (!conversation) return undefined;
        // The last words may have been overtaken by the end.
        const { messages } = await beyondCursor(conversation);
        const names = await namesOf(conversation, messages);
        return {
          commit: async (tx) => {
            const context = await contextOf(tx, conversationId, key);
            if (!context) return;
            await carryToMember(context, messages, names);
            await end(context);
          },
        };
      },
    },
  };
}
