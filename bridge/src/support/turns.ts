import { truncate, truncateStart } from '@flexcord/shared/messages/truncate';
import { botTurnsOf, recordBotTurn } from '../assistant/bot-turns.ts';
import type { Reply } from '../assistant/virtual-agent.ts';
import { recordGap } from '../knowledge/feedback/knowledge-gaps.ts';
import { languageOf } from '../knowledge/text/terms.ts';
import type { Handler } from '../relay/relay.ts';
import type { ConversationActions, ConversationContext } from './conversation-context.ts';
import type { Conversation, Member } from './conversations.ts';
import { assistantLane, type Payloads } from './entries.ts';
import type { Inactivity } from './inactivity.ts';
import type { SupportOptions } from './options.ts';

/** What the Studio flow is told to do next. */
export type TurnAnswer = { next: 'none' } | { next: 'flex'; taskAttributes: Record<string, string | number> };

/** The newest of what a member wrote in one turn, in UTF-16 units. */
const MAX_TURN_TEXT_LENGTH = 4_000;

/** Whose turn it is between the virtual agent, the Studio flow and Flex. */
export function createTurns(options: SupportOptions, actions: ConversationActions, inactivity: Inactivity) {
  const { store, relay, virtualAgent, routing } = options;
  const { conversations, say, toTwilio, contextOf, turnDueLater, watch } = actions;

  async function turnBegins(context: ConversationContext): Promise<void> {
    const text = context.message?.text ?? '';
    const earlier = context.conversation.turn_text;
    context.conversation.turn_text = truncateStart(
      earlier ? `${earlier}\n${text}` : text,
      MAX_TURN_TEXT_LENGTH,
    );
    if (routing === 'bridge') return takeBotTurn(context);
    await conversations.change(context.tx, context.conversation.id, {
      turn_text: context.conversation.turn_text,
    });
    await turnDueLater(context);
  }

  async function handOver(context: ConversationContext): Promise<void> {
    await toTwilio(context, 'name', {
      kind: 'twilio.name-member',
      payload: { conversationId: context.conversation.id },
    });
    const { note } = await options.summaryOf(context.tx, context.conversation, context.member);
    await toTwilio(context, 'summary', {
      kind: 'twilio.bot-message',
      payload: { conversationId: context.conversation.id, body: note },
    });
    if (routing === 'bridge') return bringToFlex(context, false);
    await turnDueLater(context);
  }

  async function bringToFlex(context: ConversationContext, onlyIfMissing: boolean): Promise<void> {
    await conversations.change(context.tx, context.conversation.id, { handed_over: 1 });
    await toTwilio(context, 'interaction', {
      kind: 'twilio.interaction',
      payload: { conversationId: context.conversation.id, onlyIfMissing },
    });
    await watch(context);
  }

  async function takeBotTurn(context: ConversationContext): Promise<void> {
    const { tx, conversation, member } = context;
    const question = conversation.turn_text ?? '';
    await conversations.change(tx, conversation.id, { turn_text: null });
    if (virtualAgent.usesModels && virtualAgent.isSupportRequest(question)) {
      await relay.append(tx, {
        lane: assistantLane(conversation.id),
        key: `assistant:${context.cause}`,
        kind: 'assistant.answer',
        payload: { conversationId: conversation.id, question },
      });
      return;
    }
    await answer(context, virtualAgent.reply(question, member, await botTurnsOf(tx, conversation.id)));
  }

  /** Models are asked outside of any transaction. */
  const answerWithModels: Handler<Payloads['assistant.answer']> = {
    async run({ conversationId, question }, { key }) {
      const conversation = await conversations.find(conversationId);
      const member = conversation && (await conversations.findMember(conversation.member_id));
      if (!member) return;
      const reply = await virtualAgent.replyWithModels(
        question,
        member,
        await botTurnsOf(store.db, conversationId),
      );
      return {
        commit: async (tx) => {
          const context = await contextOf(tx, conversationId, key);
          // Whoever asked for a person meanwhile is not answered by a machine.
          if (context?.conversation.phase !== 'bot') return;
          await answer(context, reply);
        },
      };
    },
  };

  /** Says it, and remembers what it was an answer to. */
  async function answer(context: ConversationContext, { notice, turn }: Reply): Promise<void> {
    const { tx, conversation, member } = context;
    if (turn) await recordBotTurn(tx, conversation.id, turn);
    if (turn?.said === 'nothing') {
      await recordGap(tx, {
        question: turn.question,
        language: languageOf(turn.question),
        memberId: member.id,
        conversationId: conversation.id,
      });
    }
    await inactivity.begin(tx, conversation);
    await say(context, 'answer', notice);
    await toTwilio(context, 'transcript', {
      kind: 'twilio.bot-message',
      payload: { conversationId: conversation.id, body: options.transcriptOf(notice, member.locale) },
    });
  }

  /** The Studio flow was silent for too long: its part is done without it. */
  async function overdue(context: ConversationContext): Promise<void> {
    const { phase, turn_text, handed_over } = context.conversation;
    if (phase === 'bot' && turn_text !== null) await takeBotTurn(context);
    // The flow may have sent to Flex without asking: look before doing it too.
    if (phase === 'queued' && !handed_over) await bringToFlex(context, true);
  }

  /** The Studio flow asks what to do with a conversation. Asking twice changes nothing. */
  async function takeTurn(conversationSid: string): Promise<TurnAnswer> {
    const known = await conversations.findByTwilioSid(conversationSid);
    if (!known) return { next: 'none' };
    const answer = await store.transact(async (tx): Promise<TurnAnswer> => {
      const context = await contextOf(tx, known.id, `turn:${known.id}:${Date.now()}`);
      if (!context) return { next: 'none' };
      const { conversation, member } = context;
      if (conversation.phase === 'bot' && conversation.turn_text !== null) await takeBotTurn(context);
      if (conversation.phase !== 'queued' || conversation.handed_over) return { next: 'none' };
      await conversations.change(tx, conversation.id, { handed_over: 1 });
      await watch(context);
      const { line } = await options.summaryOf(tx, conversation, member);
      return { next: 'flex', taskAttributes: taskAttributes(conversation, member, line) };
    });
    relay.wake();
    await store.announce();
    return answer;
  }

  return {
    turnBegins,
    handOver,
    answer,
    overdue,
    takeTurn,
    handlers: { 'assistant.answer': answerWithModels },
  };
}

export type Turns = ReturnType<typeof createTurns>;

/**
 * What Flex shows and routes by; see "Task attributes" on
 * https://www.twilio.com/docs/flex/developer/conversations/interactions-api. Kept far below Studio's 1,024 characters.
 */
export function taskAttributes(
  conversation: Conversation,
  member: Member,
  summary: string,
): Record<string, string | number> {
  const name = truncate(member.name, 64);
  return {
    from: name,
    customerName: name,
    customerAddress: `discord_${member.id}`,
    channel: 'discord',
    ...(member.locale ? { locale: member.locale } : {}),
    ...(conversation.case_number !== null ? { caseNumber: conversation.case_number } : {}),
    summary,
  };
}
