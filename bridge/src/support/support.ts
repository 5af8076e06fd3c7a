import type { RefusalReason } from '../relay/errors.ts';
import type { Handler } from '../relay/relay.ts';
import type { Tx } from '../store/open.ts';
import { createAgentHandlers } from './agent-events.ts';
import { createConversationActions } from './conversation-context.ts';
import { type ChangeKind, memberLane, type Payloads } from './entries.ts';
import { createEvents } from './events.ts';
import { createInactivity } from './inactivity.ts';
import { createMemberHandlers } from './member-events.ts';
import type { SupportOptions } from './options.ts';
import { createTimerHandlers } from './timers.ts';
import { createTurns, type TurnAnswer } from './turns.ts';

type InboundKind = Exclude<
  Extract<keyof Payloads, `in.${string}` | `timer.${string}` | `assistant.${string}`>,
  ChangeKind
>;
type InboundHandlers = { [Kind in InboundKind]: Handler<Payloads[Kind]> };

export interface Support {
  handlers: InboundHandlers;
  /** The Studio flow asks what to do with a conversation. Asking twice changes nothing. */
  takeTurn(conversationSid: string): Promise<TurnAnswer>;
  /** After a start: everything that Twilio may have sent meanwhile is fetched. */
  catchUpAll(): Promise<void>;
  refused: {
    memberMessage(tx: Tx, payload: Payloads['twilio.member-message'], reason: RefusalReason): Promise<void>;
    agentMessage(
      tx: Tx,
      payload: Payloads['discord.message'],
      reason: RefusalReason,
      key: string,
    ): Promise<void>;
  };
}

/** Decides what follows from what members, agents and Twilio do. It knows neither SDK. */
export function createSupport(options: SupportOptions): Support {
  const { store, relay } = options;
  const actions = createConversationActions(options);
  const { conversations, say, toTwilio, contextOf } = actions;
  const inactivity = createInactivity({
    store,
    relay,
    reminderMs: options.reminderMs,
    closeMs: options.closeMs,
  });
  const turns = createTurns(options, actions, inactivity);
  const events = createEvents(options, actions, turns);

  return {
    handlers: {
      ...createMemberHandlers(options, actions, inactivity, turns, events),
      ...createAgentHandlers(options, actions, inactivity, events),
      ...createTimerHandlers(options, actions, turns),
      ...inactivity.handlers,
      ...turns.handlers,
    },

    takeTurn: turns.takeTurn,

    async catchUpAll() {
      const open = await conversations.allOpen();
      const start = Date.now();
      for (const conversation of open) {
        await relay.commit([
          {
            lane: memberLane(conversation.member_id),
            key: `catch-up:${conversation.id}:start:${start}`,
            kind: 'in.catch-up',
            payload: { conversationId: conversation.id },
          },
        ]);
      }
    },

    refused: {
      async memberMessage(tx, { conversationId, message }, reason) {
        const context = await contextOf(tx, conversationId, `refused:${message.id}`);
        if (context) await say(context, 'undelivered', { is: 'undelivered', reason }, message.id);
      },
      async agentMessage(tx, { conversationId, memberId }, reason, key) {
        const context = await contextOf(tx, conversationId, key);
        if (!context || context.member.id !== memberId) return;
        await toTwilio(context, 'undelivered', {
          kind: 'twilio.bot-message',
          payload: { conversationId, body: options.transcriptOf({ is: 'undelivered', reason }, null) },
        });
      },
    },
  };
}
