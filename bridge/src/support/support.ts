import type { PayloadOf } from '../relay/entries.ts';
import type { RefusalReason } from '../relay/errors.ts';
import { catchUpAtStartKey, type EntryKey, refusalCause } from '../relay/keys.ts';
import type { Tx } from '../store/open.ts';
import { catchUp, createAgentHandlers } from './agent-events.ts';
import { createAgentVersions } from './agent-versions.ts';
import { createConversationActions, placeOf } from './conversations.ts';
import { createEvents } from './events.ts';
import { createInactivity } from './inactivity.ts';
import { createMemberHandlers } from './member-events.ts';
import type { SupportOptions } from './options.ts';
import { botMessage, type messageToAgent, type messageToMember } from './outgoing.ts';
import { createEscalation } from './public/escalation.ts';
import { createTeam } from './public/team.ts';
import { createThreadChanges } from './public/thread-changes.ts';
import { createThreadEvents } from './public/thread-events.ts';
import { createTaskWatch } from './task-watch.ts';
import { createTurns } from './turns.ts';
import { createWatch } from './watch.ts';

/** Decides what follows from what members, agents and Twilio do. It knows neither SDK. */
export function createSupport(options: SupportOptions) {
  const { store, relay } = options;
  const actions = createConversationActions(options);
  const { conversations, say, contextOf } = actions;
  const inactivity = createInactivity({
    store,
    relay,
    reminderMs: options.reminderMs,
    closeMs: options.closeMs,
    caseTurned: options.caseTurned,
  });
  const watch = createWatch(options);
  const turns = createTurns(options, actions, inactivity, watch);
  const events = createEvents(options, actions, turns);
  const versions = createAgentVersions(options);

  const taskWatch = createTaskWatch(options, actions, events.applyEvent);
  const team = createTeam(options, actions, events.applyEvent);

  return {
    handlers: [
      ...createMemberHandlers(options, actions, turns, events),
      ...createAgentHandlers(options, actions, inactivity, versions, events.applyEvent, watch.watch),
      ...inactivity.handlers(actions, events.applyEvent),
      ...watch.handlers,
      ...taskWatch.handlers,
      ...turns.handlers,
      ...createThreadEvents({ desk: options.desk, team }),
      ...createEscalation(options, actions, turns),
    ] as const,

    /** What follows from a change of words in a public thread. */
    changedInPublic: createThreadChanges({ desk: options.desk, team }),

    /** The Studio flow asks what to do with a conversation. Asking twice changes nothing. */
    takeTurn: turns.takeTurn,

    /** After a start: everything that Twilio may have sent meanwhile is fetched. */
    async catchUpAll(): Promise<void> {
      const startId = Bun.randomUUIDv7();
      for (const conversation of await conversations.allOpen()) {
        const conversationId = conversation.id;
        const key = catchUpAtStartKey(conversationId, startId);
        await relay.commit([catchUp({ conversationId }, placeOf(conversation), key)]);
      }
    },

    /** Tells the sender's side what could not be delivered, in the transaction that parks it. */
    refused: {
      async memberMessage(
        tx: Tx,
        { conversationId, message }: PayloadOf<typeof messageToAgent>,
        reason: RefusalReason,
      ): Promise<void> {
        const context = await contextOf(tx, conversationId, refusalCause(message.id));
        if (context) await say(context, 'undelivered', { is: 'undelivered', reason }, message.id);
      },
      async agentMessage(
        tx: Tx,
        { conversationId, memberId }: PayloadOf<typeof messageToMember>,
        reason: RefusalReason,
        key: EntryKey,
      ): Promise<void> {
        const context = await contextOf(tx, conversationId, key);
        if (!context || context.member.id !== memberId) return;
        const body = options.transcriptOf({ is: 'undelivered', reason }, null);
        await relay.append(tx, botMessage({ conversationId, body }, 'undelivered', key));
      },
    },

    /** Tells the sender's side what is late, once, in the transaction that keeps it waiting. */
    delayed: {
      async memberMessage(
        tx: Tx,
        { conversationId, message }: PayloadOf<typeof messageToAgent>,
      ): Promise<void> {
        const context = await contextOf(tx, conversationId, refusalCause(message.id));
        // The virtual agent reads what the member writes here, whether or not Twilio takes it.
        if (!context || context.conversation.phase === 'bot') return;
        await say(context, 'delayed', { is: 'delayed' }, message.id);
      },
      async agentMessage(
        tx: Tx,
        { conversationId, memberId }: PayloadOf<typeof messageToMember>,
        key: EntryKey,
      ): Promise<void> {
        const context = await contextOf(tx, conversationId, key);
        if (!context || context.member.id !== memberId) return;
        const body = options.transcriptOf({ is: 'delayed' }, null);
        await relay.append(tx, botMessage({ conversationId, body }, 'delayed', key));
      },
    },
  };
}

export type Support = ReturnType<typeof createSupport>;
