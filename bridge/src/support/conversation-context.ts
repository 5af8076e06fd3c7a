import { findMember, type Member } from '../members/members.ts';
import type { CanonicalMessage } from '../messages/canonical.ts';
import type { Barrier, Notice } from '../messages/notices.ts';
import type { Tx } from '../store/open.ts';
import { type Conversation, conversationQueries } from './conversations.ts';
import { discordLane, memberLane, type SupportEntry, timerLane, twilioLane } from './entries.ts';
import type { SupportOptions } from './options.ts';

/** Everything that one decision needs while its transaction is open. */
export interface ConversationContext {
  tx: Tx;
  conversation: Conversation;
  member: Member;
  /** Makes the keys of what follows unique: the key of what caused it. */
  cause: string;
  message?: CanonicalMessage;
  agentName?: string;
  barrier?: Barrier;
}

type TwilioEntry =
  Extract<SupportEntry, { kind: `twilio.${string}` }> extends infer E
    ? E extends { kind: infer K; payload: infer P }
      ? { kind: K; payload: P }
      : never
    : never;

/** Sets scenes, and what any decision in one may lead to: words to the member, work for Twilio, timers. */
export function createConversationActions({ store, relay, checkQuietMs, studioDeadlineMs }: SupportOptions) {
  const conversations = conversationQueries(store);

  const say = (context: ConversationContext, what: string, notice: Notice, replyTo?: string) =>
    relay.append(context.tx, {
      lane: discordLane(context.member.id),
      key: `${what}:${context.cause}`,
      kind: 'discord.notice',
      payload: { memberId: context.member.id, notice, ...(replyTo ? { replyTo } : {}) },
    });

  const toTwilio = (context: ConversationContext, what: string, entry: TwilioEntry) =>
    relay.append(context.tx, {
      lane: twilioLane(context.conversation.id),
      key: `${what}:${context.cause}`,
      ...entry,
    } as SupportEntry);

  async function memberOf(tx: Tx, id: string): Promise<Member> {
    const member = await findMember(tx, id);
    if (!member) throw new Error(`member ${id} is not in the store`);
    return member;
  }

  /** The member's open conversation, or a new one linked to the last. */
  async function contextOfMember(tx: Tx, memberId: string, cause: string): Promise<ConversationContext> {
    const conversation =
      (await conversations.lockOpenOf(tx, memberId)) ?? (await conversations.open(tx, memberId));
    return { tx, conversation, member: await memberOf(tx, memberId), cause };
  }

  async function contextOf(
    tx: Tx,
    conversationId: string,
    cause: string,
  ): Promise<ConversationContext | null> {
    const conversation = await conversations.lock(tx, conversationId);
    if (!conversation) return null;
    return { tx, conversation, member: await memberOf(tx, conversation.member_id), cause };
  }

  /** Should the Studio flow not ask in time, the bridge goes on without it. */
  async function turnDueLater(context: ConversationContext): Promise<void> {
    const key = `due:${context.cause}`;
    const { conversation, member } = context;
    await relay.append(context.tx, {
      lane: timerLane(key),
      key: `timer:${key}`,
      kind: 'timer.entry',
      notBefore: Date.now() + studioDeadlineMs,
      payload: {
        entry: {
          lane: memberLane(member.id),
          key,
          kind: 'in.turn-due',
          payload: { conversationId: conversation.id },
        },
      },
    });
  }

  /** Looks after a conversation with agents from now on. */
  async function watch(context: ConversationContext): Promise<void> {
    const key = `watch:${context.conversation.id}`;
    await relay.append(context.tx, {
      lane: timerLane(key),
      key,
      kind: 'timer.watch',
      notBefore: Date.now() + checkQuietMs,
      payload: { conversationId: context.conversation.id },
    });
  }

  /** Says something to a member outside any conversation. */
  const sayTo = (tx: Tx, memberId: string, key: string, notice: Notice) =>
    relay.append(tx, {
      lane: discordLane(memberId),
      key,
      kind: 'discord.notice',
      payload: { memberId, notice },
    });

  return { conversations, say, sayTo, toTwilio, memberOf, contextOfMember, contextOf, turnDueLater, watch };
}

export type ConversationActions = ReturnType<typeof createConversationActions>;
