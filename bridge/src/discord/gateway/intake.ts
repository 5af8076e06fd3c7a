import type { APIEmoji, APIMessage, APIUser } from 'discord.js';
import {
  type ChannelPosition,
  findMember,
  findMemberOfThread,
  type MemberIdentity,
  upsertMember,
} from '../../members/members.ts';
import type { Relay } from '../../relay/relay.ts';
import type { Store, Tx } from '../../store/open.ts';
import { memberLane, type Payloads, type Press } from '../../support/entries.ts';
import { describeEvent } from '../format/describe.ts';
import { fromDiscord } from '../format/from-discord.ts';
import type { ReaderContext } from '../format/readable.ts';

export const discordUser = (
  user: Pick<APIUser, 'id' | 'username' | 'global_name'>,
  locale: string | null,
): MemberIdentity => ({
  id: user.id,
  name: user.global_name || user.username,
  locale,
});

/** Journals what members do. Every event is committed before Discord's cursor moves on. */
export function createIntake(relay: Relay<Payloads>, store: Store, reading: ReaderContext) {
  /** Remembers who somebody is, and journals that they have another name now. */
  async function recordMember(
    tx: Tx,
    author: MemberIdentity,
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
    if (!(await findMember(store.db, memberId))) return;
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

  /** `/helpme`. The token answers the command later, for 15 minutes. */
  async function came(
    author: MemberIdentity,
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
    author: MemberIdentity,
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

  const ownerOfThread = async (channelId: string): Promise<string | undefined> =>
    (await findMemberOfThread(store.db, channelId))?.id;

  return { recordMember, ownerOfThread, message, edited, deleted, reacted, came, pressed };
}

export type Intake = ReturnType<typeof createIntake>;
