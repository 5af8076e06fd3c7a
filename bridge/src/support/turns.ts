import { truncate, truncateStart } from '@flexcord/shared/messages/truncate';
import { botTurnsOf, recordBotTurn } from '../assistant/bot-turns.ts';
import type { Reply } from '../assistant/virtual-agent.ts';
import { recordGap } from '../knowledge/feedback/knowledge-gaps.ts';
import { languageOf } from '../knowledge/text/terms.ts';
import { findMember, type Member } from '../members/members.ts';
import { goneWordsOf, usable } from '../messages/usable-words.ts';
import { defineEntry } from '../relay/entries.ts';
import {
  assistantLane,
  consequenceKey,
  type EntryKey,
  placeLane,
  turnCause,
  turnDueKey,
} from '../relay/keys.ts';
import { pendingOf } from '../relay/queries.ts';
import { steadyNow } from '../store/clock.ts';
import type { Store, Tx } from '../store/open.ts';
import { counted } from '../telemetry/metrics.ts';
import {
  type Conversation,
  type ConversationActions,
  type ConversationContext,
  placeOf,
} from './conversations.ts';
import type { Inactivity } from './inactivity.ts';
import type { SupportOptions } from './options.ts';
import { botMessage, detachStudio, nameMember, newInteraction } from './outgoing.ts';
import { expectTask } from './task-watch.ts';
import type { Watch } from './watch.ts';

/** What the Studio flow is told to do next. */
export type TurnAnswer = { next: 'none' } | { next: 'flex'; taskAttributes: Record<string, string | number> };

/** The newest of what a member wrote in one turn, in UTF-16 units. */
const MAX_TURN_TEXT_LENGTH = 4_000;
/** The turn that `cause` began is over unless somebody took it. */
export const turnDue = defineEntry(
  'in.turn-due',
  (_: { conversationId: string }, placeId: string, cause: EntryKey) => ({
    lane: placeLane(placeId),
    key: turnDueKey(cause),
  }),
);

/** A question whose answer takes a while: a model is asked what it means, or writes it. */
export const modelAnswer = defineEntry(
  'assistant.answer',
  ({ conversationId }: { conversationId: string; question: string }, cause: EntryKey) => ({
    lane: assistantLane(conversationId),
    key: consequenceKey('assistant', cause),
  }),
);

/** Questions of a conversation that models are being asked, oldest first, without what was taken back of them. */
export async function questionsUnderWay(
  db: Store['db'] | Tx,
  { id, member_id }: Pick<Conversation, 'id' | 'member_id'>,
): Promise<string[]> {
  const pending = await pendingOf(db, assistantLane(id), modelAnswer);
  if (pending.length === 0) return [];
  const gone = await goneWordsOf(db, member_id);
  return pending.map(({ question }) => usable(question, gone));
}

/** Whose turn it is between the virtual agent, the Studio flow and Flex. */
export function createTurns(
  options: SupportOptions,
  actions: ConversationActions,
  inactivity: Inactivity,
  { watch }: Watch,
) {
  const { store, relay, virtualAgent, routing } = options;
  const { conversations, say, contextOf } = actions;

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
      turn_message_id: context.message?.id ?? null,
    });
    await expectFlow(context);
  }

  /** Should the Studio flow not ask in time, the bridge goes on without it. */
  async function expectFlow({ tx, conversation, cause }: ConversationContext): Promise<void> {
    const due = turnDue({ conversationId: conversation.id }, placeOf(conversation), cause);
    await relay.appendLater(tx, due, steadyNow() + options.studioDeadlineMs);
  }

  async function handOver(context: ConversationContext): Promise<void> {
    const { tx, conversation, member, cause } = context;
    const conversationId = conversation.id;
    const { note } = await options.summaryOf(tx, conversation, member);
    await relay.append(
      tx,
      nameMember({ conversationId }, cause),
      botMessage(
        { conversationId, after: conversation.twilio_cursor, body: note, isSummary: true },
        'summary',
        cause,
      ),
    );
    if (routing === 'bridge') return bringToFlex(context, false);
    await expectFlow(context);
  }

  async function bringToFlex(context: ConversationContext, onlyIfMissing: boolean): Promise<void> {
    const { tx, conversation, cause } = context;
    await conversations.change(tx, conversation.id, { handed_over: 1 });
    await relay.append(tx, newInteraction({ conversationId: conversation.id, onlyIfMissing }, cause));
    // Not before a request whose answer was lost has had its effect.
    await expectTask(relay, context, options.checkQuietMs);
    await watch(context);
  }

  async function takeBotTurn(context: ConversationContext): Promise<void> {
    const { tx, conversation, member } = context;
    const question = conversation.turn_text ?? '';
    await conversations.change(tx, conversation.id, { turn_text: null });
    if (virtualAgent.usesModels && virtualAgent.isSupportRequest(question)) {
      await relay.append(tx, modelAnswer({ conversationId: conversation.id, question }, context.cause));
      return;
    }
    await answer(context, virtualAgent.reply(question, member, await botTurnsOf(tx, conversation.id)));
  }

  /** Models are asked outside of any transaction. */
  const answerWithModels = modelAnswer.handledBy({
    async run({ conversationId, question: asked }, { key }) {
      const conversation = await conversations.find(conversationId);
      const member = conversation && (await findMember(store.db, conversation.member_id));
      if (!member) return;
      const question = usable(asked, await goneWordsOf(store.db, member.id));
      if (question.trim() === '') return { outcome: 'the question was taken back' };
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
          // Nor whoever took the question back.
          if (usable(question, await goneWordsOf(tx, member.id)) !== question) return;
          await answer(context, reply);
        },
      };
    },
  });

  /** Says it, and remembers what it was an answer to. */
  async function answer(context: ConversationContext, { notice, turn }: Reply): Promise<void> {
    const { tx, conversation, member, cause } = context;
    const outcome = notice.is === 'written' ? 'written' : (turn?.said ?? 'smalltalk');
    store.afterCommit(tx, () => counted.answers.inc({ outcome }));
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
    const body = options.transcriptOf(notice, member.locale);
    const toAgent = { conversationId: conversation.id, after: conversation.twilio_cursor };
    await relay.append(tx, botMessage({ ...toAgent, body }, 'transcript', cause));
  }

  /** The Studio flow was silent for too long: its part is done without it. */
  async function overdue(context: ConversationContext): Promise<void> {
    const { phase, turn_text, handed_over } = context.conversation;
    if (phase === 'bot' && turn_text !== null) await takeBotTurn(context);
    // The flow may have sent to Flex without asking: look before doing it too.
    if (phase === 'queued' && !handed_over) await bringToFlex(context, true);
  }

  /**
   * The Studio flow asks what to do with a conversation. Asking twice changes nothing. That it is told to hand over is no
   * proof that it does, so a task is looked for. The flow is taken off at once: a message that comes before an agent does,
   * while the bridge cannot be asked, would otherwise make a second task.
   */
  async function takeTurn(conversationSid: string): Promise<TurnAnswer> {
    const known = await conversations.findByTwilioSid(conversationSid);
    if (!known) return { next: 'none' };
    return store.transact(async (tx): Promise<TurnAnswer> => {
      const context = await contextOf(tx, known.id, (row) =>
        turnCause(row.id, row.turn_message_id ?? String(row.opened_at)),
      );
      if (!context) return { next: 'none' };
      const { conversation, member } = context;
      if (conversation.phase === 'bot' && conversation.turn_text !== null) await takeBotTurn(context);
      if (conversation.phase !== 'queued' || conversation.handed_over) return { next: 'none' };
      await conversations.change(tx, conversation.id, { handed_over: 1 });
      await relay.append(tx, detachStudio({ conversationId: conversation.id }, context.cause));
      await expectTask(relay, context, options.studioDeadlineMs);
      await watch(context);
      const { line } = await options.summaryOf(tx, conversation, member);
      return { next: 'flex', taskAttributes: taskAttributes(conversation, member, line) };
    });
  }

  return {
    turnBegins,
    handOver,
    bringToFlex,
    answer,
    takeTurn,
    handlers: [
      answerWithModels,
      turnDue.handledBy({
        decide: async (tx, { conversationId }, { key }) => {
          const context = await contextOf(tx, conversationId, key);
          if (context) await overdue(context);
        },
      }),
    ] as const,
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
    name,
    customerName: name,
    customerAddress: `discord_${member.id}`,
    channel: 'discord',
    ...(member.locale ? { locale: member.locale } : {}),
    ...(conversation.case_number !== null ? { caseNumber: conversation.case_number } : {}),
    summary,
  };
}
