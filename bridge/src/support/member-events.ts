import { truncate } from '@flexcord/shared/messages/truncate';
import { botTurnsOf } from '../assistant/bot-turns.ts';
import type { Withdrawal } from '../assistant/intents/withdrawal.ts';
import { learnSent, learnSolved } from '../assistant/learn-solved.ts';
import { NONE } from '../assistant/virtual-agent.ts';
import { claimBlockNotice, type Member } from '../members/members.ts';
import type { CanonicalMessage } from '../messages/canonical.ts';
import type { Notice } from '../messages/notices.ts';
import { findMessage } from '../messages/records.ts';
import { madeAt } from '../messages/snowflake.ts';
import { dropAside } from '../relay/aside.ts';
import { defineEntry, type PayloadOf } from '../relay/entries.ts';
import {
  asideLane,
  consequenceKey,
  discordEventKey,
  type EntryKey,
  movedCause,
  movingKey,
  placeLane,
} from '../relay/keys.ts';
import { pendingIn, type Waiting } from '../relay/queries.ts';
import { steadyNow } from '../store/clock.ts';
import type { Tx } from '../store/open.ts';
import type { ConversationActions, ConversationContext } from './conversations.ts';
import type { SupportEvents } from './events.ts';
import type { SupportOptions } from './options.ts';
import { deletionToAgent, editToAgent, messageToAgent, noteToAgent, noticeToMember } from './outgoing.ts';
import { createGoingOn } from './public/going-on.ts';
import type { Turns } from './turns.ts';

/** How much of a member's latest message is kept. */
const MAX_LATEST_LENGTH = 500;
const MAX_TOPIC_LENGTH = 200;

/** What a member pressed under a message of the bot's. */
export type Press =
  | 'person'
  | 'ask'
  | 'cases'
  | 'solved'
  | 'case-solved'
  | 'choose'
  // Of one conversation, and of no later one.
  | ChatPress;
export const CHAT_PRESSES = ['leave', 'end', 'here'] as const;
export type ChatPress = (typeof CHAT_PRESSES)[number];
export const isChatPress = (press: Press): press is ChatPress => CHAT_PRESSES.some((each) => each === press);

/** How long after its end a chat's buttons say nothing more, in milliseconds: they were pressed while it ended. */
const JUST_ENDED_MS = 10_000;

/** A member's message. */
export const memberWrote = defineEntry(
  'in.member-wrote',
  ({ memberId, message }: { memberId: string; message: CanonicalMessage }) => ({
    lane: placeLane(memberId),
    key: discordEventKey(message.id),
    happenedAt: madeAt(message.id),
  }),
);

/** What a conversation that is over did not take was set aside, and goes on in the next one; `found`: see movingKey. */
export const messagesMoved = defineEntry(
  'in.messages-moved',
  ({ conversationId }: { conversationId: string }, placeId: string, found: EntryKey) => ({
    lane: placeLane(placeId),
    key: movingKey(conversationId, found),
  }),
);

/** `/helpme`; the question is one that the member gave with it. The token answers the command for 15 minutes. */
export const memberCame = defineEntry(
  'in.member-came',
  (
    payload: { memberId: string; interactionToken: string; question: CanonicalMessage | null },
    interactionId: string,
  ) => ({
    lane: placeLane(payload.memberId),
    key: discordEventKey(interactionId),
    happenedAt: madeAt(interactionId),
  }),
);

/** A member pressed a button under a message of the bot's. */
export const memberPressed = defineEntry(
  'in.member-pressed',
  (payload: {
    memberId: string;
    press: Press;
    /** What the member read on it. */
    label: string;
    /** Id of the interaction. */
    pressId: string;
    /** Of `case-solved`: the case that is meant. */
    caseNumber?: number;
    /** Of `choose`: the key of the choice. */
    choice?: string;
    /** Of a ChatPress: the conversation that is meant. */
    conversationId?: string;
  }) => ({
    lane: placeLane(payload.memberId),
    key: discordEventKey(payload.pressId),
    happenedAt: madeAt(payload.pressId),
  }),
);

/** What follows from what a member does. */
export function createMemberHandlers(
  options: SupportOptions,
  actions: ConversationActions,
  turns: Turns,
  { applyEvent, ask }: SupportEvents,
) {
  const { store, relay, virtualAgent } = options;
  const { conversations, say, sayTo, memberOf, contextOf, contextOfMember } = actions;
  const goOnInPublic = createGoingOn(options, actions, applyEvent);

  /** A blocked member is told so once and not heard from then on. */
  async function isBlocked(tx: Tx, member: Member, cause: EntryKey): Promise<boolean> {
    const turned = await claimBlockNotice(tx, member);
    if (turned === 'first') await sayTo(tx, member.id, 'blocked', cause, { is: 'blocked' });
    return turned !== 'no';
  }

  async function caseSolved(tx: Tx, memberId: string, caseNumber: number, cause: EntryKey): Promise<void> {
    if (!(await options.solveCase(tx, await memberOf(tx, memberId), caseNumber))) return;
    await sayTo(tx, memberId, 'case-solved', cause, { is: 'solved' });
  }

  /** Thanks that follow a conversation that is over begin no new one; for who has none that is open. */
  async function isThanksAfterEnd(tx: Tx, memberId: string, message: CanonicalMessage): Promise<boolean> {
    if (!options.ignoreThanksAfterEnd || message.files.length > 0) return false;
    if (!virtualAgent.isFarewell(message.text)) return false;
    const last = await tx
      .selectFrom('conversations')
      .select('closed_at')
      .where('member_id', '=', memberId)
      .where('thread_id', 'is', null)
      .orderBy('opened_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    return last?.closed_at !== null && last?.closed_at !== undefined;
  }

  async function wrote(context: ConversationContext, message: CanonicalMessage): Promise<void> {
    context.message = message;
    await remember(context, message.text);
    const { phase } = context.conversation;
    const withdrawal = message.files.length === 0 ? virtualAgent.withdrawalIn(message.text) : null;
    if (withdrawal && (await withdrewInWords(context, message, withdrawal))) return;
    // While an agent is there, nobody is asked for, and words only confirm what the agent sent.
    if (virtualAgent.isSolved(message.text)) {
      if (phase === 'bot') await solved(context);
      if (phase === 'agent') await learnSent(context.tx, context.conversation.id);
    }
    const thread = phase === 'bot' ? await botTurnsOf(context.tx, context.conversation.id) : [];
    const wantsPerson = phase !== 'agent' && virtualAgent.wantsPerson(message.text, thread);
    await ask(context, { is: 'member-wrote', wantsPerson });
    if (phase === 'queued' && virtualAgent.isSolved(message.text))
      await applyEvent(context, { is: 'member-satisfied' });
  }

  /** Whether the words are done with. With an agent there, "never mind" is for the agent, who knows what about. */
  async function withdrewInWords(
    context: ConversationContext,
    message: CanonicalMessage,
    withdrawal: Withdrawal,
  ): Promise<boolean> {
    const { tx, conversation, cause } = context;
    const conversationId = conversation.id;
    if (conversation.phase === 'agent') {
      if (withdrawal === 'end') await say(context, 'offer', { is: 'offer-to-end', conversationId });
      return false;
    }
    if (conversation.phase === 'bot' && withdrawal !== 'end') return false;
    // As a note: a message would go on in the next conversation, and where every agent has left bring a new task.
    await relay.append(tx, noteToAgent({ conversationId, body: message.text }, cause));
    context.matterOver = withdrawal === 'never-mind';
    await applyEvent(context, { is: 'member-withdrew' });
    return true;
  }

  /** A button under a chat that is waited for, or goes on. Pressed twice, or late, it does nothing to a later chat. */
  async function pressedInChat(
    tx: Tx,
    { memberId, press, conversationId }: { memberId: string; press: ChatPress; conversationId: string },
    cause: EntryKey,
  ): Promise<void> {
    const context = await contextOf(tx, conversationId, cause);
    if (context?.member.id !== memberId) return;
    const { phase, closed_at } = context.conversation;
    if (phase === 'closed') {
      if (steadyNow() - (closed_at ?? 0) > JUST_ENDED_MS)
        await say(context, 'chat-over', { is: 'chat-over' });
      return;
    }
    if (press === 'here') {
      await say(context, 'take-your-time', { is: 'take-your-time' });
      const body = `[${options.texts.stillHere(context.member.name)}]`;
      if (context.conversation.twilio_sid)
        await relay.append(tx, noteToAgent({ conversationId, body }, cause));
      return;
    }
    // Somebody came while they pressed: leaving the queue is not leaving a person.
    if (press === 'leave' && phase === 'agent') {
      await say(context, 'in-chat', { is: 'in-chat', conversationId });
      return;
    }
    await applyEvent(context, { is: 'member-withdrew' });
  }

  /** The member says that the virtual agent's answer was the right one. */
  async function solved({ tx, conversation }: ConversationContext): Promise<void> {
    if (conversation.phase !== 'bot') return;
    await conversations.change(tx, conversation.id, { solved_at: steadyNow() });
    await learnSolved(tx, conversation.id);
  }

  /** The member says which article is meant, or that none is. */
  async function chose(context: ConversationContext, choice: string, label: string): Promise<void> {
    const reply = virtualAgent.choose(choice, await botTurnsOf(context.tx, context.conversation.id));
    if (!reply || context.conversation.phase !== 'bot') return;
    const { notice } = reply;
    const title = notice.is === 'articles' ? notice.articles[0]?.title : undefined;
    const note = { conversationId: context.conversation.id, body: title ?? label };
    await relay.append(context.tx, noteToAgent(note, context.cause, 'choice'));
    await turns.answer(context, reply);
  }

  /** Decided anew, as every message that comes after the end of a conversation, but carried in its old place. */
  async function goOn(
    tx: Tx,
    from: string,
    memberId: string,
    { key, kind, payload }: Waiting,
  ): Promise<void> {
    if (kind === messageToAgent.kind) {
      const { message } = payload as PayloadOf<typeof messageToAgent>;
      const cause = movedCause(from, key);
      const context = await contextOfMessage(tx, memberId, message, cause);
      if (context) await wrote({ ...context, moved: key }, message);
      return;
    }
    const change = payload as PayloadOf<typeof editToAgent> | PayloadOf<typeof deletionToAgent>;
    const messageId = 'message' in change ? change.message.id : change.messageId;
    const conversationId = (await findMessage(tx, messageId))?.conversation_id;
    if (!conversationId || conversationId === from) return;
    const entry =
      'message' in change
        ? editToAgent({ ...change, conversationId }, key)
        : deletionToAgent({ ...change, conversationId }, key);
    await relay.move(tx, key, entry);
  }

  /** Where a conversation begins or goes on with a message; null where none does. */
  async function contextOfMessage(
    tx: Tx,
    memberId: string,
    message: CanonicalMessage,
    cause: EntryKey,
  ): Promise<ConversationContext | null> {
    const member = await memberOf(tx, memberId);
    if (await isBlocked(tx, member, cause)) return null;
    const open = await conversations.lockOpenOf(tx, memberId);
    if (!open && (await isThanksAfterEnd(tx, memberId, message))) {
      const is = virtualAgent.withdrawalIn(message.text) ? 'never-mind' : 'welcome';
      await sayTo(tx, memberId, 'welcome', cause, { is });
      return null;
    }
    return { tx, conversation: open ?? (await conversations.open(tx, memberId)), member, cause };
  }

  /** `changed_at` stays: it tells how long a chat has been silent on Twilio's side. */
  async function remember({ tx, conversation }: ConversationContext, text: string): Promise<void> {
    conversation.latest_text = truncate(text, MAX_LATEST_LENGTH);
    // Beside a wish for a person there is often less said than before.
    const asks = conversation.matter_text === null || virtualAgent.isSupportRequest(text);
    const matter = asks ? truncate(virtualAgent.supportRequestIn(text), MAX_LATEST_LENGTH) : '';
    if (matter) {
      conversation.matter_text = matter;
      conversation.topic ??= truncate(matter, MAX_TOPIC_LENGTH);
    }
    // Whoever writes is not silent any more.
    conversation.waiting_since = null;
    const { case_number: number } = conversation;
    const begins = conversation.unanswered_since === null;
    conversation.unanswered_since ??= steadyNow();
    const { id, twilio_sid, latest_text, matter_text, topic, unanswered_since } = conversation;
    const silence = { waiting_since: null, reminded_at: null, unanswered_since };
    await conversations.note(tx, id, { latest_text, matter_text, topic, ...silence });
    if (begins && number !== null)
      store.afterCommit(tx, () => options.caseTurned(conversation.member_id, number));
    if (twilio_sid && matter) store.afterCommit(tx, () => options.onSupportRequest(twilio_sid, matter));
  }

  return [
    memberWrote.handledBy({
      decide: async (tx, { memberId, message }, { key }) => {
        const context = await contextOfMessage(tx, memberId, message, key);
        if (context) await wrote(context, message);
      },
    }),

    messagesMoved.handledBy({
      decide: async (tx, { conversationId }, { createdAt }) => {
        const from = await conversations.lock(tx, conversationId);
        const aside = asideLane(conversationId);
        for (const waiting of await pendingIn(tx, aside)) {
          if (from?.thread_id)
            await goOnInPublic(tx, { threadId: from.thread_id, from: conversationId }, waiting);
          else if (from) await goOn(tx, conversationId, from.member_id, waiting);
        }
        await dropAside(tx, aside, createdAt);
      },
    }),

    memberCame.handledBy({
      decide: async (tx, { memberId, interactionToken, question }, { key }) => {
        if (await isBlocked(tx, await memberOf(tx, memberId), key)) return;
        const context = await contextOfMember(tx, memberId, key);
        const notice = arrivalNotice(context);
        const greeting = { memberId, interactionToken, notice };
        await relay.append(tx, noticeToMember(greeting, consequenceKey('greeting', key)));
        if (question) await wrote(context, question);
      },
    }),

    memberPressed.handledBy({
      decide: async (
        tx,
        { memberId, press, label, pressId, caseNumber, choice, conversationId },
        { key },
      ) => {
        if (await isBlocked(tx, await memberOf(tx, memberId), key)) return;
        // An answer about a case begins no conversation.
        if (press === 'case-solved') {
          if (caseNumber !== undefined) await caseSolved(tx, memberId, caseNumber, key);
          return;
        }
        if (isChatPress(press)) {
          if (conversationId) await pressedInChat(tx, { memberId, press, conversationId }, key);
          return;
        }
        const context = await contextOfMember(tx, memberId, key);
        if (press === 'ask') await say(context, 'ask', { is: 'ask-away' });
        if (press === 'cases') {
          await say(context, 'cases', {
            is: 'cases',
            cases: await conversations.casesOf(tx, memberId, 10),
          });
        }
        if (press === 'choose') await chose(context, choice ?? NONE, label);
        if (press === 'solved') {
          await solved(context);
          await applyEvent(context, { is: 'member-satisfied' });
        }
        if (press === 'person') {
          context.message = pressedMessage(context.member, pressId, label);
          await ask(context, { is: 'person-asked' });
        }
      },
    }),
  ] as const;
}

/** What `/helpme` is answered with. */
function arrivalNotice({ conversation, member }: ConversationContext): Notice {
  const { id: conversationId, phase, case_number: caseNumber } = conversation;
  if (phase === 'bot') return { is: 'greeting', name: member.name };
  return phase === 'agent'
    ? { is: 'in-chat', conversationId }
    : { is: 'still-waiting', caseNumber, conversationId };
}

/** A button's label, as if the member had written it: the flow in Studio sees it and so does the agent. */
function pressedMessage(member: Member, id: string, label: string): CanonicalMessage {
  return { id, author: { id: member.id, name: member.name }, text: label, files: [], notes: [] };
}
