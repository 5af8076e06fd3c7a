import { findMember, type Member } from '../members/members.ts';
import type { CanonicalMessage } from '../messages/canonical.ts';
import type { Barrier, Notice } from '../messages/notices.ts';
import { type Consequence, consequenceKey, type EntryKey } from '../relay/keys.ts';
import type { Tx } from '../store/open.ts';
import { type Conversation, conversationQueries } from './conversations.ts';
import type { SupportOptions } from './options.ts';
import { noticeToMember } from './outgoing.ts';
import type { SupportEvent } from './phases.ts';

/** Everything that one decision needs while its transaction is open. */
export interface ConversationContext {
  tx: Tx;
  conversation: Conversation;
  member: Member;
  /** The key of what caused it, out of which the keys of what follows are made. */
  cause: EntryKey;
  message?: CanonicalMessage;
  agentName?: string;
  barrier?: Barrier;
}

/** Lets something happen in a conversation; see events.ts. */
export type ApplyEvent = (context: ConversationContext, event: SupportEvent) => Promise<void>;

/** Makes contexts, and what any decision in one may lead to. */
export function createConversationActions({ store, relay }: SupportOptions) {
  const conversations = conversationQueries(store);

  /** Says something to the member of a conversation. */
  const say = (context: ConversationContext, what: Consequence, notice: Notice, replyTo?: string) =>
    relay.append(
      context.tx,
      noticeToMember(
        { memberId: context.member.id, notice, ...(replyTo ? { replyTo } : {}) },
        consequenceKey(what, context.cause),
      ),
    );

  /** Says something to a member outside any conversation. */
  const sayTo = (tx: Tx, memberId: string, what: Consequence, cause: EntryKey, notice: Notice) =>
    relay.append(tx, noticeToMember({ memberId, notice }, consequenceKey(what, cause)));

  async function memberOf(tx: Tx, id: string): Promise<Member> {
    const member = await findMember(tx, id);
    if (!member) throw new Error(`member ${id} is not in the store`);
    return member;
  }

  /** The member's open conversation, or a new one linked to the last. */
  async function contextOfMember(tx: Tx, memberId: string, cause: EntryKey): Promise<ConversationContext> {
    const conversation =
      (await conversations.lockOpenOf(tx, memberId)) ?? (await conversations.open(tx, memberId));
    return { tx, conversation, member: await memberOf(tx, memberId), cause };
  }

  async function contextOf(
    tx: Tx,
    conversationId: string,
    cause: EntryKey | ((conversation: Conversation) => EntryKey),
  ): Promise<ConversationContext | null> {
    const conversation = await conversations.lock(tx, conversationId);
    if (!conversation) return null;
    const member = await memberOf(tx, conversation.member_id);
    return { tx, conversation, member, cause: typeof cause === 'function' ? cause(conversation) : cause };
  }

  return { conversations, say, sayTo, memberOf, contextOfMember, contextOf };
}

export type ConversationActions = ReturnType<typeof createConversationActions>;
