import type { APIEmoji, APIMessage, APIUser } from 'discord.js';
import type { Relay } from '../../relay/relay.ts';
import type { Store, Tx } from '../../store/open.ts';
import { memberLane, type Payloads, type Press } from '../../support/entries.ts';
import { describeEvent } from '../format/describe.ts';
import { fromDiscord } from '../format/from-discord.ts';
import type { ReaderContext } from '../format/readable.ts';

/** A Discord user as events name them. */
export interface DiscordUser {
  id: string;
  name: string;
  locale: string | null;
}

export const discordUser = (
  user: Pick<APIUser, 'id' | 'username' | 'global_name'>,
  locale: string | null,
): DiscordUser => ({
  id: user.id,
  name: user.global_name || user.username,
  locale,
});

/** Where something was written, and how far its channel is in the journal then. */
interface ChannelPosition {
  channelId: string;
  cursor: string;
}

/** Journals what members do. Every event is committed before Discord's cursor moves on. */
export function createIntake(relay: Relay<Payloads>, store: Store, reading: ReaderContext) {
  /** Remembers who somebody is, and journals that they have another name now. */
  async function recordMember(
    tx: Tx,
    author: DiscordUser,
    eventId: string,
    at: ChannelPosition | null,
  ): Promise<void> {
    const former = await upsertMember(tx, author, at);
    if (former === undefined || former === author.name) return;
    await relay.append(tx, {
      lane: memberLane(author.id),
      key: `discord:${eventId}:renamed`,
      kind: 'in.member-renamed',
      payload: { memberId: author.id, from: former, to: author.name },
    });
  }

  /** A direct message. The channel's cursor moves in the same commit. */
  async function message(message: APIMessage, locale: string | null): Promise<void> {
    const author = discordUser(message.author, locale);
    const memberId = author.id;
    const entry = { lane: memberLane(memberId), key: `discord:${message.id}` };
    const event = describeEvent(message, author.name, reading.texts);
    await relay.commit(
      [
        event
          ? { ...entry, kind: 'in.member-did', payload: { memberId, words: event } }
          : {
              ...entry,
              kind: 'in.member-wrote',
              payload: { memberId, message: fromDiscord(message, reading) },
            },
      ],
      (tx) => recordMember(tx, author, message.id, { channelId: message.channel_id, cursor: message.id }),
    );
  }

  /** The member who wrote a message that is in the journal; undefined for any other message. */
  async function writerOf(messageId: string): Promise<string | undefined> {
    const row = await store.db
      .selectFrom('journal')
      .select('payload')
      .where('key', '=', `discord:${messageId}`)
      .where('kind', '=', 'in.member-wrote')
      .executeTakeFirst();
    return row ? (JSON.parse(row.payload) as Payloads['in.member-wrote']).memberId : undefined;
  }

  /** An edit. Discord also updates messages to add previews; those leave the time of the edit as it was. */
  async function edited(message: APIMessage): Promise<void> {
    if (!message.edited_timestamp || !(await writerOf(message.id))) return;
    const memberId = message.author.id;
    await relay.commit([
      {
        lane: memberLane(memberId),
        key: `discord:${message.id}:edited:${message.edited_timestamp}`,
        kind: 'in.member-edited',
        payload: { memberId, message: fromDiscord(message, reading) },
      },
    ]);
  }

  async function deleted(messageId: string): Promise<void> {
    const memberId = await writerOf(messageId);
    if (!memberId) return;
    await relay.commit([
      {
        lane: memberLane(memberId),
        key: `discord:${messageId}:deleted`,
        kind: 'in.member-deleted',
        payload: { memberId, messageId },
      },
    ]);
  }

  /** A reaction, or its end. The same one on the same message is told once, however often it comes and goes. */
  async function reacted(
    memberId: string,
    messageId: string,
    emoji: Pick<APIEmoji, 'id' | 'name'>,
    added: boolean,
  ): Promise<void> {
    if (!(await isMember(memberId))) return;
    await relay.commit([
      {
        lane: memberLane(memberId),
        key: `discord:${messageId}:${added ? 'reacted' : 'unreacted'}:${memberId}:${emoji.id ?? emoji.name}`,
        kind: 'in.member-reacted',
        payload: {
          memberId,
          messageId,
          emoji: emoji.id ? `:${emoji.name ?? 'emoji'}:` : (emoji.name ?? ''),
          added,
        },
      },
    ]);
  }

  async function isMember(id: string): Promise<boolean> {
    const row = await store.db.selectFrom('members').select('id').where('id', '=', id).executeTakeFirst();
    return row !== undefined;
  }

  /** `/helpme`. The token answers the command later, for 15 minutes. */
  async function came(
    author: DiscordUser,
    interactionId: string,
    interactionToken: string,
    question: string | null,
  ): Promise<void> {
    await relay.commit(
      [
        {
          lane: memberLane(author.id),
          key: `discord:${interactionId}`,
          kind: 'in.member-came',
          payload: {
            memberId: author.id,
            interactionToken,
            question: question
              ? {
                  id: interactionId,
                  author: { id: author.id, name: author.name },
                  text: question,
                  files: [],
                  notes: [],
                }
              : null,
          },
        },
      ],
      (tx) => recordMember(tx, author, interactionId, null),
    );
  }

  /** A button under a message of the bot's; `label` is what the member read on it. */
  async function pressed(
    author: DiscordUser,
    interactionId: string,
    pressed: { press: Press; caseNumber?: number; choice?: string },
    label: string,
  ): Promise<void> {
    await relay.commit(
      [
        {
          lane: memberLane(author.id),
          key: `discord:${interactionId}`,
          kind: 'in.member-pressed',
          payload: { memberId: author.id, ...pressed, label, pressId: interactionId },
        },
      ],
      (tx) => recordMember(tx, author, interactionId, null),
    );
  }

  /** The member whom a private thread was opened for. */
  async function ownerOfThread(channelId: string): Promise<string | undefined> {
    const row = await store.db
      .selectFrom('members')
      .select('id')
      .where('thread_id', '=', channelId)
      .executeTakeFirst();
    return row?.id;
  }

  return { recordMember, ownerOfThread, message, edited, deleted, reacted, came, pressed };
}

export type Intake = ReturnType<typeof createIntake>;

/** Remembers who somebody is; returns the name under which they were known. */
async function upsertMember(
  tx: Tx,
  author: DiscordUser,
  at: ChannelPosition | null,
): Promise<string | undefined> {
  const former = await tx
    .selectFrom('members')
    .select(['name', 'thread_id'])
    .where('id', '=', author.id)
    .executeTakeFirst();
  const now = Date.now();
  const change = {
    name: author.name,
    seen_at: now,
    ...(author.locale ? { locale: author.locale } : {}),
    ...(at ? cursorAt(at, former?.thread_id ?? null) : {}),
  };
  await tx
    .insertInto('members')
    .values({
      id: author.id,
      created_at: now,
      locale: null,
      dm_channel_id: null,
      discord_cursor: null,
      thread_id: null,
      thread_cursor: null,
      dm_closed_at: null,
      ...change,
    })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(change))
    .execute();
  return former?.name;
}

/** A direct message shows that they may be open again: the next notice tries. */
function cursorAt({ channelId, cursor }: ChannelPosition, threadId: string | null) {
  return channelId === threadId
    ? { thread_cursor: cursor }
    : { dm_channel_id: channelId, discord_cursor: cursor, dm_closed_at: null };
}
