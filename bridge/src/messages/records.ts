import type { Insertable, Selectable } from 'kysely';
import { steadyNow } from '../store/clock.ts';
import type { Store, Tx } from '../store/open.ts';
import { firstOf, prepared } from '../store/prepared.ts';
import type { LinksTable, MessagesTable, ReactionsTable } from '../store/schema.ts';
import type { AgentMessage, CanonicalMessage } from './canonical.ts';
import { compareSnowflakes } from './snowflake.ts';

/** What is known of a message while it can still be edited, deleted or reacted to. */
export type MessageRecord = Omit<Selectable<MessagesTable>, 'files'> & {
  /** Names of its files. */
  files: string[];
};

export type Link = Selectable<LinksTable>;
export type NewLink = Omit<Insertable<LinksTable>, 'created_at'>;

const insertMessage = prepared<Selectable<MessagesTable>>((db, value) =>
  db
    .insertInto('messages')
    .values({
      id: value('id'),
      direction: value('direction'),
      conversation_id: value('conversation_id'),
      member_id: value('member_id'),
      author_name: value('author_name'),
      text: value('text'),
      files: value('files'),
      place: value('place'),
      changed_at: value('changed_at'),
      channel_id: value('channel_id'),
      edited_at: value('edited_at'),
      deleted_at: value('deleted_at'),
      words: value('words'),
      former: value('former'),
      created_at: value('created_at'),
    })
    .onConflict((conflict) => conflict.column('id').doNothing()),
);
const assign = prepared<{ id: string; conversationId: string }>((db, value) =>
  db
    .updateTable('messages')
    .set({ conversation_id: value('conversationId') })
    .where('id', '=', value('id')),
);
const messageById = prepared<{ id: string }, Selectable<MessagesTable>>((db, value) =>
  db.selectFrom('messages').selectAll().where('id', '=', value('id')),
);
const insertLink = prepared<Link>((db, value) =>
  db
    .insertInto('links')
    .values({
      conversation_id: value('conversation_id'),
      direction: value('direction'),
      part: value('part'),
      kind: value('kind'),
      channel_id: value('channel_id'),
      discord_id: value('discord_id'),
      twilio_sid: value('twilio_sid'),
      digest: value('digest'),
      created_at: value('created_at'),
    })
    .onConflict((conflict) =>
      conflict
        .columns(['discord_id', 'twilio_sid'])
        .doUpdateSet((eb) => ({ digest: eb.ref('excluded.digest') })),
    ),
);

async function record(tx: Tx, message: CanonicalMessage, more: Owner): Promise<void> {
  const { id, author, text, files, channelId = null, editedAt = null } = message;
  await insertMessage(tx, {
    place: null,
    changed_at: null,
    id,
    channel_id: channelId,
    edited_at: editedAt,
    deleted_at: null,
    words: null,
    former: null,
    author_name: storable(author.name),
    text: storable(text),
    files: JSON.stringify(files.map(({ name }) => name)),
    created_at: steadyNow(),
    ...more,
  });
}

/** As either store gives it back: PostgreSQL has no character for zero, and neither has halves of characters. */
const storable = (text: string) => text.replaceAll('\u0000', '').toWellFormed();

type Owner = Pick<Selectable<MessagesTable>, 'direction' | 'conversation_id' | 'member_id'> &
  Partial<Pick<Selectable<MessagesTable>, 'place' | 'changed_at'>>;

/** Remembers what a member wrote; in which conversation is known once it is decided. */
export const recordMemberMessage = (tx: Tx, memberId: string, message: CanonicalMessage) =>
  record(tx, message, { direction: 'to-agent', conversation_id: null, member_id: memberId });

/** Remembers what an agent wrote. */
export const recordAgentMessage = (tx: Tx, memberId: string, conversationId: string, message: AgentMessage) =>
  record(tx, message, {
    direction: 'to-member',
    conversation_id: conversationId,
    member_id: memberId,
    place: message.index,
    changed_at: message.changedAt ?? null,
  });

/** Remembers what somebody of the team wrote in a public thread, which Twilio has not, or not as theirs. */
export const recordTeamMessage = (tx: Tx, memberId: string, message: CanonicalMessage) =>
  record(tx, message, { direction: 'to-member', conversation_id: null, member_id: memberId });

/** Remembers the version of an agent's message that was heard last. */
export async function recordAgentVersion(
  tx: Tx,
  { id, index, text, changedAt }: AgentMessage,
): Promise<void> {
  await tx
    .updateTable('messages')
    .set({ text: storable(text), place: index, changed_at: changedAt ?? null })
    .where('id', '=', id)
    .execute();
}

/** Whether an agent's message says something else than what was heard of it. */
export const saysOther = (message: AgentMessage, known: Pick<MessageRecord, 'text'>): boolean =>
  storable(message.text) !== known.text;

/** The newest messages of agents in a conversation that were heard, newest first. */
export const agentMessagesOf = (
  { db }: Store,
  { id, member_id }: { id: string; member_id: string },
  limit: number,
) =>
  db
    .selectFrom('messages')
    .select(['id', 'text', 'place', 'changed_at'])
    .where('member_id', '=', member_id)
    .where('conversation_id', '=', id)
    .where('direction', '=', 'to-member')
    .orderBy('created_at', 'desc')
    .limit(limit)
    .execute();

/** Forgets a message that is gone: what still comes of it is of no use to anybody. */
export async function forgetMessage(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('messages').where('id', '=', id).execute();
}

/** A member's message belongs to this conversation now, however often it was moved before. */
export async function assignMessage(tx: Tx, id: string, conversationId: string): Promise<void> {
  await assign(tx, { id, conversationId });
}

/** Versions between the first and the newest that are kept of a message. */
const MAX_FORMER = 20;

/** The newest version of a member's message that was heard, and when it was made, as Discord says it. */
export async function noteEdit(
  tx: Tx,
  { id, text, words, former }: Pick<MessageRecord, 'id' | 'text' | 'words' | 'former'>,
  { editedAt = '', text: now }: CanonicalMessage,
): Promise<void> {
  const newest = storable(now);
  const versions = former === null ? [] : (JSON.parse(former) as string[]);
  if (words !== null && words !== newest) versions.push(words);
  // Where only a file went, the words are as they were.
  const said = newest === text && words === null ? {} : { words: newest };
  const before = versions.length === 0 ? {} : { former: JSON.stringify(versions.slice(-MAX_FORMER)) };
  await tx
    .updateTable('messages')
    .set({ edited_at: editedAt, ...said, ...before })
    .where('id', '=', id)
    .execute();
}

/** A member's message is gone. */
export async function noteDeletion(tx: Tx, id: string): Promise<void> {
  await tx.updateTable('messages').set({ deleted_at: steadyNow() }).where('id', '=', id).execute();
}

/**
 * Ids of what a member wrote in a channel, oldest first, as far as a change of it still matters: in a conversation that is
 * open, or in none yet since `undecidedAfter`, in milliseconds since the epoch.
 */
export async function messagesToReview(
  { db }: Store,
  { memberId, channelId }: { memberId: string; channelId: string },
  undecidedAfter: number,
): Promise<string[]> {
  const rows = await db
    .selectFrom('messages')
    .leftJoin('conversations', 'conversations.id', 'messages.conversation_id')
    .select('messages.id')
    .where('messages.member_id', '=', memberId)
    .where('messages.channel_id', '=', channelId)
    .where('messages.direction', '=', 'to-agent')
    .where('messages.deleted_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb('conversations.phase', '<>', 'closed'),
        eb.and([eb('messages.conversation_id', 'is', null), eb('messages.created_at', '>', undecidedAfter)]),
      ]),
    )
    .execute();
  return rows.map(({ id }) => id).sort(compareSnowflakes);
}

/** Ids of what anybody wrote in a public thread whose conversation is open, oldest first, as far as it is not known to be gone. */
export async function threadMessagesToReview({ db }: Store, threadId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('messages')
    .select('id')
    .where('channel_id', '=', threadId)
    .where('direction', '=', 'to-agent')
    .where('deleted_at', 'is', null)
    .execute();
  return rows.map(({ id }) => id).sort(compareSnowflakes);
}

/**
 * Ids on Discord of what agents said in a thread, oldest first, in the conversation that is open: that of its member, where it is
 * private, or the thread's own.
 */
export async function agentWordsToReview(
  { db }: Store,
  { threadId, memberId }: { threadId: string; memberId?: string },
): Promise<string[]> {
  const rows = await db
    .selectFrom('links')
    .select('discord_id')
    .where('conversation_id', 'in', (eb) =>
      eb
        .selectFrom('conversations')
        .select('id')
        .where('phase', '<>', 'closed')
        .$call((open) =>
          memberId === undefined
            ? open.where('thread_id', '=', threadId)
            : open.where('member_id', '=', memberId).where('thread_id', 'is', null),
        ),
    )
    .where('channel_id', '=', threadId)
    .where('direction', '=', 'to-member')
    .execute();
  return rows.map(({ discord_id }) => discord_id).sort(compareSnowflakes);
}

/** Everybody's reactions to a message, as far as they are known. */
export const reactionsTo = (store: Store, messageId: string) =>
  store.db.selectFrom('reactions').selectAll().where('message_id', '=', messageId).execute();

/** By Discord message id or Twilio SID. */
export async function findMessage(db: Store['db'] | Tx, id: string): Promise<MessageRecord | undefined> {
  const row = await firstOf(messageById(db, { id }));
  return row && { ...row, files: JSON.parse(row.files) as string[] };
}

/** A reaction of a member's; `emoji` is the id of a custom one, otherwise the character. */
export type Reaction = Omit<Insertable<ReactionsTable>, 'created_at'>;

/** Remembers that a member reacted, or took it back. */
export async function recordReaction(tx: Tx, reaction: Reaction, added: boolean): Promise<void> {
  if (added) {
    await tx
      .insertInto('reactions')
      .values({ ...reaction, created_at: steadyNow() })
      .onConflict((conflict) => conflict.columns(['message_id', 'member_id', 'emoji']).doNothing())
      .execute();
    return;
  }
  await tx
    .deleteFrom('reactions')
    .where('message_id', '=', reaction.message_id)
    .where('member_id', '=', reaction.member_id)
    .where('emoji', '=', reaction.emoji)
    .execute();
}

/** A member's reactions to some messages, in the order in which they were given. */
export const reactionsOf = (store: Store, memberId: string, messageIds: readonly string[]) =>
  store.db
    .selectFrom('reactions')
    .selectAll()
    .where('member_id', '=', memberId)
    .where('message_id', 'in', [...messageIds, ''])
    .orderBy('created_at')
    .execute();

/** The emoji of a reaction, as Discord writes it. */
export const emojiOf = ({ emoji, emoji_name }: { emoji: string; emoji_name: string | null }) =>
  emoji_name === null ? { id: null, name: emoji } : { id: emoji, name: emoji_name };

/** Remembers pairs in the transaction that settles their delivery. The same pair twice is one. */
export async function addLinks(tx: Tx, links: readonly NewLink[]): Promise<void> {
  const created_at = steadyNow();
  for (const link of links) await insertLink(tx, { ...link, digest: link.digest ?? null, created_at });
}

/** The Twilio messages of a Discord message, in the order of their parts. */
export const linksOfDiscord = (db: Store['db'] | Tx, discordId: string): Promise<Link[]> =>
  db.selectFrom('links').selectAll().where('discord_id', '=', discordId).orderBy('part').execute();

/** Which of these Discord messages belong to a Twilio message. */
export async function linkedDiscordIds(db: Store['db'] | Tx, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('links')
    .select('discord_id')
    .where('discord_id', 'in', [...ids, ''])
    .execute();
  return new Set(rows.map(({ discord_id }) => discord_id));
}

/** The Discord messages of a Twilio message, in the order of their parts. */
export const linksOfTwilio = (db: Store['db'] | Tx, sid: string): Promise<Link[]> =>
  db.selectFrom('links').selectAll().where('twilio_sid', '=', sid).orderBy('part').execute();

export const removeLinks = (tx: Tx, twilioSid: string, discordIds: readonly string[]) =>
  tx
    .deleteFrom('links')
    .where('twilio_sid', '=', twilioSid)
    .where('discord_id', 'in', [...discordIds, ''])
    .execute();

/** A short fingerprint of what was sent. */
export const digestOf = ({ content, flags = 0 }: { content: string; flags?: number }): string =>
  new Bun.CryptoHasher('sha256')
    .update(flags === 0 ? content : `${flags} ${content}`)
    .digest('base64url')
    .slice(0, 22);

/**
 * Forgets what was written before `before`, in milliseconds since the epoch: nobody changes what is that old. Of what was
 * deleted or edited it stays known that it was, without its words: the transcript of a conversation that was over keeps them.
 */
export async function forgetMessages({ db }: Store, before: number): Promise<void> {
  await db
    .deleteFrom('messages')
    .where('created_at', '<', before)
    .where('deleted_at', 'is', null)
    .where('words', 'is', null)
    .execute();
  await db
    .updateTable('messages')
    .set({ text: '', words: '', former: null, files: '[]' })
    .where('created_at', '<', before)
    .where('text', '<>', '')
    .execute();
  await db
    .deleteFrom('links')
    .where('created_at', '<', before)
    .where((eb) =>
      eb.not(
        eb.exists(eb.selectFrom('messages').select('id').whereRef('messages.id', '=', 'links.discord_id')),
      ),
    )
    .execute();
  await db.deleteFrom('reactions').where('created_at', '<', before).execute();
}
