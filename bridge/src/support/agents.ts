import { fromTwilio } from '../messages/from-twilio.ts';
import type { Handler } from '../relay/relay.ts';
import type { Agent, Conversation } from './conversations.ts';
import { discordLane, type Payloads, type TwilioMessage } from './entries.ts';
import type { SupportEvents } from './events.ts';
import type { Inactivity } from './inactivity.ts';
import type { SupportOptions } from './options.ts';
import type { Scene, Stage } from './scene.ts';

type AgentKind = 'in.agent-joined' | 'in.agent-left' | 'in.agent-wrote' | 'in.catch-up' | 'in.ended';

/** What follows from what happens on Flex's side. */
export function createAgentHandlers(
  options: SupportOptions,
  stage: Stage,
  inactivity: Inactivity,
  { happen }: SupportEvents,
): { [Kind in AgentKind]: Handler<Payloads[Kind]> } {
  const { store, relay, desk } = options;
  const { conversations, toTwilio, sceneOf, watch } = stage;

  /** Carries agents' messages in order, and introduces whoever was not announced yet. */
  async function carryToMember(
    scene: Scene,
    messages: readonly TwilioMessage[],
    names: ReadonlyMap<string, string>,
  ): Promise<void> {
    const { tx, conversation, member } = scene;
    const present = await conversations.agentsOf(tx, conversation.id);
    let cursor = conversation.twilio_cursor;
    for (const message of messages) {
      cursor = Math.max(cursor, message.index);
      if (desk.isOurs(message)) continue;
      const known = present.find((agent) => agent.identity === message.author);
      const name = known?.name ?? names.get(message.author) ?? message.author;
      if (!known && conversation.phase !== 'closed') {
        const agent = { identity: message.author, name, participant_sid: null, left_at: null };
        await conversations.addAgent(tx, { conversation_id: conversation.id, ...agent });
        present.push({ id: 0, conversation_id: conversation.id, joined_at: 0, ...agent } satisfies Agent);
        await happen(
          { ...scene, cause: `${conversation.id}:${message.author}`, agentName: name },
          { is: 'agent-joined' },
        );
        await watch(scene);
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
    if (messages.some((message) => !desk.isOurs(message)) && conversation.phase === 'agent')
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
      if (desk.isOurs(message) || names.has(message.author)) continue;
      if (known.some((agent) => agent.identity === message.author)) continue;
      names.set(message.author, await desk.nameOf(message.author));
    }
    return names;
  }

  async function beyondCursor(conversation: Conversation) {
    if (!conversation.twilio_sid) return { messages: [], closed: false };
    return desk.transcriptAfter(conversation.twilio_sid, conversation.twilio_cursor);
  }

  async function end(scene: Scene): Promise<void> {
    for (const agent of await conversations.agentsOf(scene.tx, scene.conversation.id)) {
      if (!agent.left_at) await conversations.changeAgent(scene.tx, agent.id, { left_at: Date.now() });
    }
    await happen(scene, { is: 'ended' });
  }

  return {
    'in.agent-joined': {
      async run({ conversationId, participantSid, taskSid, channelSid }, { key }) {
        const { identity, name } = await desk.agentOfTask(taskSid);
        return {
          commit: async (tx) => {
            const scene = await sceneOf(tx, conversationId, key);
            if (!scene) return;
            const { conversation } = scene;
            await conversations.change(tx, conversation.id, { channel_sid: channelSid, handed_over: 1 });
            if (conversation.studio_webhook_sid) {
              await toTwilio(scene, 'detach', {
                kind: 'twilio.detach-studio',
                payload: { conversationId: conversation.id },
              });
            }
            await watch(scene);
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
            await happen({ ...scene, agentName: name }, { is: 'agent-joined' });
          },
        };
      },
    },

    'in.agent-left': {
      run: async ({ conversationId, participantSid }, { key }) => ({
        commit: async (tx) => {
          const scene = await sceneOf(tx, conversationId, key);
          if (!scene) return;
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
          await happen({ ...scene, agentName: gone.name }, { is: 'agent-left', remaining });
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
            const scene = await sceneOf(tx, conversationId, key);
            if (scene) await carryToMember(scene, messages, names);
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
            const scene = await sceneOf(tx, conversationId, key);
            if (!scene) return;
            await carryToMember(scene, messages, names);
            if (closed) await end(scene);
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
            const scene = await sceneOf(tx, conversationId, key);
            if (!scene) return;
            await carryToMember(scene, messages, names);
            await end(scene);
          },
        };
      },
    },
  };
}
