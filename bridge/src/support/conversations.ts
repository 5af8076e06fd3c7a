import type { Selectable } from 'kysely';
import { findMember, type Member } from '../members/members.ts';
import type { CanonicalMessage } from '../messages/canonical.ts';
import type { Barrier, Notice } from '../messages/notices.ts';
import { type Consequence, consequenceKey, type EntryKey } from '../relay/keys.ts';
import type { Relay } from '../relay/relay.ts';
import { steadyNow } from '../store/clock.ts';
import type { Store, Tx } from '../store/open.ts';
import { firstOf, prepared, preparedByColumns } from '../store/prepared.ts';
import type { AgentsTable, ConversationsTable } from '../store/schema.ts';
import { noticeToMember } from './outgoing.ts';
import type { SupportEvent } from './phases.ts';

export type Conversation = Selectable<ConversationsTable>;
export type Agent = Selectable<AgentsTable>;

/** Whose words a message in public has, as agents see them. */
export interface PublicSpeaker {
  /** Discord id. */
  id: string;
  name: string;
  avatar: string | null;
}

const byId = prepared<{ id: string }, Conversation>((db, value) =>
  db.selectFrom('conversations').selectAll().where('id', '=', value('id')),
);
const byTwilioSid = prepared<{ sid: string }, Conversation>((db, value) =>
  db.selectFrom('conversations').selectAll().where('twilio_sid', '=', value('sid')),
);
const lockedById = prepared<{ id: string }, Conversation>((db, value, { locked }) =>
  locked(db.selectFrom('conversations').selectAll().where('id', '=', value('id'))),
);
const lockedOpenOf = prepared<{ memberId: string }, Conversation>((db, value, { locked }) =>
  locked(
    db
      .selectFrom('conversations')
      .selectAll()
      .where('member_id', '=', value('memberId'))
      .where('thread_id', 'is', null)
      .where('phase', '<>', 'closed'),
  ),
);
const lockedOpenIn = prepared<{ threadId: string }, Conversation>((db, value, { locked }) =>
  locked(
    db
      .selectFrom('conversations')
      .selectAll()
      .where('thread_id', '=', value('threadId'))
      .where('phase', '<>', 'closed'),
  ),
);
const agentsIn = prepared<{ conversationId: string }, Agent>((db, value) =>
  db.selectFrom('agents').selectAll().where('conversation_id', '=', value('conversationId')).orderBy('id'),
);
type ConversationChange = Omit<Conversation, 'id' | 'member_id' | 'thread_id' | 'opened_at' | 'previous_id'>;
const update = preparedByColumns<ConversationChange, { id: string }>((db, columns, value) =>
  db.updateTable('conversations').set(columns).where('id', '=', value('id')),
);

/** Queries on conversations and who is in them. Those that take a Tx lock the conversation's row until its end. */
export function conversationQueries(store: Store) {
  return {
    find: (id: string) => firstOf(byId(store.db, { id })),

    findByTwilioSid: (sid: string) => firstOf(byTwilioSid(store.db, { sid })),

    /** The newest conversation of an interaction channel (UO…). */
    findByChannel: (channelSid: string) =>
      store.db
        .selectFrom('conversations')
        .selectAll()
        .where('channel_sid', '=', channelSid)
        .orderBy('opened_at', 'desc')
        .executeTakeFirst(),

    allOpen: () =>
      store.db
        .selectFrom('conversations')
        .selectAll()
        .where('phase', '<>', 'closed')
        .where('twilio_sid', 'is not', null)
        .execute(),

    /** How many are open, by phase. */
    async countOpen(): Promise<Record<string, number>> {
      const rows = await store.db
        .selectFrom('conversations')
        .select((eb) => ['phase', eb.fn.countAll<number>().as('count')])
        .where('phase', '<>', 'closed')
        .groupBy('phase')
        .execute();
      return Object.fromEntries(rows.map(({ phase, count }) => [phase, Number(count)]));
    },

    /** Members whose conversation was open at some time of the present calendar month (UTC). */
    async activeMembers(): Promise<number> {
      const now = new Date();
      const since = Date.UTC(now.getUTCFullYear(), now.getUTCMonth());
      const row = await store.db
        .selectFrom('conversations')
        .select((eb) => eb.fn.count<number>('member_id').distinct().as('members'))
        .where((eb) => eb.or([eb('closed_at', 'is', null), eb('closed_at', '>=', since)]))
        .executeTakeFirstOrThrow();
      return Number(row.members);
    },

    /** The open private conversation of a member. */
    findOpenOf: (memberId: string) =>
      store.db
        .selectFrom('conversations')
        .selectAll()
        .where('member_id', '=', memberId)
        .where('thread_id', 'is', null)
        .where('phase', '<>', 'closed')
        .executeTakeFirst(),

    lock: (tx: Tx, id: string) => firstOf(lockedById(tx, { id })),

    /** The open private conversation of a member. */
    lockOpenOf: (tx: Tx, memberId: string) => firstOf(lockedOpenOf(tx, { memberId })),

    /** The open conversation of a public thread. */
    lockOpenIn: (tx: Tx, threadId: string) => firstOf(lockedOpenIn(tx, { threadId })),

    /** Opens a conversation that follows the last one of its place: the member's private ones, or those of a public thread. */
    async open(tx: Tx, memberId: string, threadId: string | null = null): Promise<Conversation> {
      const previous = await tx
        .selectFrom('conversations')
        .select('id')
        .$call((query) =>
          threadId === null
            ? query.where('member_id', '=', memberId).where('thread_id', 'is', null)
            : query.where('thread_id', '=', threadId),
        )
        .orderBy('opened_at', 'desc')
        .executeTakeFirst();
      const now = steadyNow();
      return tx
        .insertInto('conversations')
        .values({
          id: Bun.randomUUIDv7(),
          member_id: memberId,
          thread_id: threadId,
          phase: 'bot',
          previous_id: previous?.id ?? null,
          opened_at: now,
          changed_at: now,
        })
        .returningAll()
        .executeTakeFirstOrThrow();
    },

    change: (tx: Tx, id: string, change: Partial<ConversationChange>) =>
      update(tx, { ...change, changed_at: steadyNow() }, { id }),

    /** As `change`, for what is no sign of life on Twilio's side. */
    note: (tx: Tx, id: string, change: Partial<ConversationChange>) => update(tx, change, { id }),

    agentsOf: async (tx: Tx | Store['db'], conversationId: string) =>
      (await agentsIn(tx, { conversationId })).rows,

    addAgent: (
      tx: Tx,
      agent: Pick<Agent, 'conversation_id' | 'identity' | 'name' | 'participant_sid' | 'left_at'>,
    ) =>
      tx
        .insertInto('agents')
        .values({ ...agent, joined_at: steadyNow() })
        .execute(),

    changeAgent: (tx: Tx, id: number, change: { participant_sid?: string; left_at?: number | null }) =>
      tx.updateTable('agents').set(change).where('id', '=', id).execute(),

    /** How many others wait for an agent. */
    async waitingBefore(tx: Tx, { id }: Conversation): Promise<number> {
      const { waiting } = await tx
        .selectFrom('conversations')
        .select((eb) => eb.fn.countAll<number>().as('waiting'))
        .where('phase', '=', 'queued')
        .where('id', '<>', id)
        .executeTakeFirstOrThrow();
      return Number(waiting);
    },

    casesOf: (tx: Tx, memberId: string, limit: number) =>
      tx
        .selectFrom('cases')
        .select(['number', 'title', 'status'])
        .where('member_id', '=', memberId)
        .orderBy('number', 'desc')
        .limit(limit)
        .execute(),
  };
}

export type ConversationQueries = ReturnType<typeof conversationQueries>;

/** The place that a conversation is in, by which its lanes are named. */
export const placeOf = ({ member_id, thread_id }: Pick<Conversation, 'member_id' | 'thread_id'>): string =>
  thread_id ?? member_id;

/** Where what is said in a conversation goes. */
export const addressOf = ({ member_id, thread_id }: Pick<Conversation, 'member_id' | 'thread_id'>) => ({
  memberId: member_id,
  ...(thread_id === null ? {} : { threadId: thread_id }),
});

/** Everything that one decision needs while its transaction is open. */
export interface ConversationContext {
  tx: Tx;
  conversation: Conversation;
  member: Member;
  /** The key of what caused it, out of which the keys of what follows are made. */
  cause: EntryKey;
  message?: CanonicalMessage;
  /** Who wrote it, in public. */
  speaker?: PublicSpeaker;
  /** The entry that carries the message already, from a conversation that is over. */
  moved?: EntryKey;
  agentName?: string;
  /** The member said that the matter is over, and not only the waiting. */
  matterOver?: boolean;
  /** What the member did not want any longer. */
  withdrewFrom?: 'queue' | 'chat';
  /** Whether the case was closed with that. */
  caseClosed?: boolean;
  barrier?: Barrier;
}

/** Lets something happen in a conversation; see events.ts. */
export type ApplyEvent = (context: ConversationContext, event: SupportEvent) => Promise<void>;

/**
 * Notices for everybody in a public thread: what became of words that everybody saw. Whatever is between a member and the
 * team, such as ratings, queues, cases and who joined, stays in private.
 */
const SAID_IN_PUBLIC: ReadonlySet<Notice['is']> = new Set(['undelivered', 'delayed', 'discarded']);

/** Makes contexts, and what any decision in one may lead to. */
export function createConversationActions({ store, relay }: { store: Store; relay: Relay }) {
  const conversations = conversationQueries(store);

  /** Says something to the member of a conversation. In public, only what everybody may read; the rest is not said at all. */
  async function say(
    { tx, conversation, cause }: ConversationContext,
    what: Consequence,
    notice: Notice,
    replyTo?: string,
  ): Promise<void> {
    if (conversation.thread_id !== null && !SAID_IN_PUBLIC.has(notice.is)) return;
    const said = { ...addressOf(conversation), notice, ...(replyTo ? { replyTo } : {}) };
    await relay.append(tx, noticeToMember(said, consequenceKey(what, cause)));
  }

  /** Says something to a member outside any conversation. */
  const sayTo = (tx: Tx, memberId: string, what: Consequence, cause: EntryKey, notice: Notice) =>
    relay.append(tx, noticeToMember({ memberId, notice }, consequenceKey(what, cause)));

  async function memberOf(tx: Tx, id: string): Promise<Member> {
    const member = await findMember(tx, id);
    if (!member) throw new Error(`member ${id} is not in the store`);
    return member;
  }

  /** The member's open private conversation, or a new one linked to the last. */
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
