import type { Selectable } from 'kysely';
import type { Store, Tx } from '../store/open.ts';
import type { AgentsTable, ConversationsTable } from '../store/schema.ts';

export type Conversation = Selectable<ConversationsTable>;
export type Agent = Selectable<AgentsTable>;

/** Queries on conversations and who is in them. Those that take a Tx lock the conversation's row until its end. */
export function conversationQueries(store: Store) {
  const locking = (tx: Tx) => store.lockRow(tx.selectFrom('conversations').selectAll());

  return {
    find: (id: string) =>
      store.db.selectFrom('conversations').selectAll().where('id', '=', id).executeTakeFirst(),

    findByTwilioSid: (sid: string) =>
      store.db.selectFrom('conversations').selectAll().where('twilio_sid', '=', sid).executeTakeFirst(),

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

    findOpenOf: (memberId: string) =>
      store.db
        .selectFrom('conversations')
        .selectAll()
        .where('member_id', '=', memberId)
        .where('phase', '<>', 'closed')
        .executeTakeFirst(),

    lock: (tx: Tx, id: string) => locking(tx).where('id', '=', id).executeTakeFirst(),

    lockOpenOf: (tx: Tx, memberId: string) =>
      locking(tx).where('member_id', '=', memberId).where('phase', '<>', 'closed').executeTakeFirst(),

    /** Opens a conversation that follows the member's last one. */
    async open(tx: Tx, memberId: string): Promise<Conversation> {
      const previous = await tx
        .selectFrom('conversations')
        .select('id')
        .where('member_id', '=', memberId)
        .orderBy('opened_at', 'desc')
        .executeTakeFirst();
      const now = Date.now();
      return tx
        .insertInto('conversations')
        .values({
          id: Bun.randomUUIDv7(),
          member_id: memberId,
          phase: 'bot',
          previous_id: previous?.id ?? null,
          opened_at: now,
          changed_at: now,
        })
        .returningAll()
        .executeTakeFirstOrThrow();
    },

    change: (
      tx: Tx,
      id: string,
      change: Partial<Omit<Conversation, 'id' | 'member_id' | 'opened_at' | 'previous_id'>>,
    ) =>
      tx
        .updateTable('conversations')
        .set({ ...change, changed_at: Date.now() })
        .where('id', '=', id)
        .execute(),

    agentsOf: (tx: Tx | Store['db'], conversationId: string) =>
      tx
        .selectFrom('agents')
        .selectAll()
        .where('conversation_id', '=', conversationId)
        .orderBy('id')
        .execute(),

    addAgent: (
      tx: Tx,
      agent: Pick<Agent, 'conversation_id' | 'identity' | 'name' | 'participant_sid' | 'left_at'>,
    ) =>
      tx
        .insertInto('agents')
        .values({ ...agent, joined_at: Date.now() })
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
