import type { Kysely } from 'kysely';
import type { Dialect } from '../dialect.ts';

/** biome-ignore lint/suspicious/noExplicitAny: a migration is written against the schema of its own day. */
type AnyDb = Kysely<any>;

/** Entries of the journal that are read at once. */
const BATCH = 500;

const KINDS = ['in.member-wrote', 'twilio.member-message', 'discord.message', 'in.member-reacted'];

/**
 * Messages and reactions have tables of their own; until now, edits, deletions and reactions were looked up in the journal.
 * SQLite commits each step by itself, so each can be done again after a migration that was broken off.
 */
export async function up(db: AnyDb, dialect: Dialect): Promise<void> {
  const conversations = (await db.introspection.getTables()).find(({ name }) => name === 'conversations');
  if (!conversations?.columns.some(({ name }) => name === 'turn_message_id')) {
    await db.schema.alterTable('conversations').addColumn('turn_message_id', 'text').execute();
  }
  await db.schema
    .createTable('messages')
    .ifNotExists()
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('direction', 'text', (c) => c.notNull())
    .addColumn('conversation_id', 'text')
    .addColumn('member_id', 'text', (c) => c.notNull())
    .addColumn('author_name', 'text', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('files', 'text', (c) => c.notNull())
    .addColumn('created_at', dialect.bigint, (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('reactions')
    .ifNotExists()
    .addColumn('message_id', 'text', (c) => c.notNull())
    .addColumn('member_id', 'text', (c) => c.notNull())
    .addColumn('emoji', 'text', (c) => c.notNull())
    .addColumn('emoji_name', 'text')
    .addColumn('created_at', dialect.bigint, (c) => c.notNull())
    .addPrimaryKeyConstraint('reactions_once', ['message_id', 'member_id', 'emoji'])
    .execute();
  for (const table of ['messages', 'reactions']) {
    for (const [name, column] of [
      [`${table}_by_member`, 'member_id'],
      [`${table}_by_age`, 'created_at'],
    ] as const) {
      await db.schema.createIndex(name).ifNotExists().on(table).column(column).execute();
    }
  }
  await fillFromJournal(db);
}

interface Row {
  id: number;
  key: string;
  kind: string;
  payload: string;
  created_at: number;
}

interface Message {
  id: string;
  author: { id: string; name: string };
  text: string;
  files?: { name: string }[];
}

async function fillFromJournal(db: AnyDb): Promise<void> {
  let after = 0;
  for (;;) {
    const rows: Row[] = await db
      .selectFrom('journal')
      .select(['id', 'key', 'kind', 'payload', 'created_at'])
      .where('id', '>', after)
      .where('kind', 'in', KINDS)
      .orderBy('id')
      .limit(BATCH)
      .execute();
    const last = rows.at(-1);
    if (!last) return;
    await addMessages(db, rows);
    await addReactions(db, rows);
    after = last.id;
  }
}

/** A member's message may be there several times: heard, delivered, and moved to another conversation, the last of which counts. */
async function addMessages(db: AnyDb, rows: readonly Row[]): Promise<void> {
  const found = new Map<string, Record<string, unknown> & { conversation_id: string | null }>();
  for (const { kind, payload, created_at } of rows) {
    if (kind === 'in.member-reacted') continue;
    const { message, memberId, conversationId } = JSON.parse(payload) as {
      message: Message;
      memberId?: string;
      conversationId?: string;
    };
    const earlier = found.get(message.id);
    found.set(message.id, {
      id: message.id,
      direction: kind === 'discord.message' ? 'to-member' : 'to-agent',
      member_id: memberId ?? message.author.id,
      // PostgreSQL has no character for it; JSON writes it as an escape.
      author_name: message.author.name.replaceAll('\u0000', ''),
      text: message.text.replaceAll('\u0000', ''),
      files: JSON.stringify((message.files ?? []).map(({ name }) => name)),
      created_at,
      ...earlier,
      conversation_id: conversationId ?? earlier?.conversation_id ?? null,
    });
  }
  if (found.size === 0) return;
  await db
    .insertInto('messages')
    .values([...found.values()])
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((eb) => ({
        conversation_id: eb.fn.coalesce('excluded.conversation_id', 'messages.conversation_id'),
      })),
    )
    .execute();
}

/** The key names the emoji: `discord:<message>:reacted:<member>:<id or character>`. */
async function addReactions(db: AnyDb, rows: readonly Row[]): Promise<void> {
  for (const { key, kind, payload, created_at } of rows) {
    if (kind !== 'in.member-reacted') continue;
    const { memberId, messageId, emoji, added } = JSON.parse(payload) as Record<string, string>;
    const which = key.slice(key.lastIndexOf(`:${memberId}:`) + `:${memberId}:`.length);
    const reaction = { message_id: messageId, member_id: memberId, emoji: which };
    if (added) {
      const emoji_name = /^\d+$/.test(which) ? emoji?.replaceAll(':', '') : null;
      await db
        .insertInto('reactions')
        .values({ ...reaction, emoji_name, created_at })
        .onConflict((conflict) => conflict.columns(['message_id', 'member_id', 'emoji']).doNothing())
        .execute();
    } else {
      let query = db.deleteFrom('reactions');
      for (const [column, value] of Object.entries(reaction)) query = query.where(column, '=', value);
      await query.execute();
    }
  }
}
