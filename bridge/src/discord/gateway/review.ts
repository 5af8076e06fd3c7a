import { type APIMessage, type APIReaction, type APIUser, type REST, Routes } from 'discord.js';
import { reactionsOf } from '../../messages/records.ts';
import type { Store } from '../../store/open.ts';
import { callDiscord } from '../errors.ts';
import type { Intake } from './intake.ts';

/** How far back changes are looked for, in messages. */
const MAX_REVIEWED_MESSAGES = 50;
/** Reactions whose authors are asked for at most, where a channel has more people than one. */
const MAX_REACTIONS = 10;

interface ReviewedChannel {
  channelId: string;
  memberId: string;
  conversationId: string;
}

/**
 * Compares a channel's latest messages with what was carried. Discord replays no edits, deletions and reactions into a
 * new gateway session; what the journal has already is journalled once only, so a second look changes nothing.
 */
export function createReview({ store, rest, intake }: { store: Store; rest: REST; intake: Intake }) {
  async function findDeleted({ channelId, conversationId }: ReviewedChannel, page: readonly APIMessage[]) {
    const there = new Set(page.map(({ id }) => id));
    // Beyond a full page nothing is known.
    const oldest = page.length < MAX_REVIEWED_MESSAGES ? 0n : BigInt(page.at(-1)?.id ?? 0);
    const carried = await store.db
      .selectFrom('links')
      .select('discord_id')
      .distinct()
      .where('conversation_id', '=', conversationId)
      .where('channel_id', '=', channelId)
      .where('direction', '=', 'to-agent')
      .execute();
    for (const { discord_id: id } of carried) {
      if (BigInt(id) >= oldest && !there.has(id)) await intake.deleted(id);
    }
  }

  /** In a direct message there is nobody else; in a thread there may be. */
  async function reactsStill(
    message: APIMessage,
    { memberId }: ReviewedChannel,
    reaction: APIReaction,
    alone: boolean,
  ) {
    if (alone) return reaction.count > (reaction.me ? 1 : 0);
    const { id, name } = reaction.emoji;
    const emoji = encodeURIComponent(id ? `${name}:${id}` : (name ?? ''));
    const users = (await callDiscord('reactions', () =>
      rest.get(Routes.channelMessageReaction(message.channel_id, message.id, emoji), {
        query: new URLSearchParams({ limit: '100' }),
      }),
    )) as APIUser[];
    return users.some((user) => user.id === memberId);
  }

  async function findReactions(place: ReviewedChannel, page: readonly APIMessage[], alone: boolean) {
    const { memberId } = place;
    const current = new Set<string>();
    const all = page.flatMap((message) =>
      (message.reactions ?? []).map((reaction) => ({ message, reaction })),
    );
    for (const { message, reaction } of alone ? all : all.slice(0, MAX_REACTIONS)) {
      if (!(await reactsStill(message, place, reaction, alone))) continue;
      current.add(`${message.id}:${reaction.emoji.id ?? reaction.emoji.name}`);
      await intake.reacted(memberId, message.id, reaction.emoji, true);
    }
    if (!alone && all.length > MAX_REACTIONS) return;
    const known = await reactionsOf(
      store,
      memberId,
      page.map(({ id }) => id),
    );
    for (const { message_id, emoji, emoji_name } of known) {
      if (current.has(`${message_id}:${emoji}`)) continue;
      const gone = emoji_name === null ? { id: null, name: emoji } : { id: emoji, name: emoji_name };
      await intake.reacted(memberId, message_id, gone, false);
    }
  }

  /** One request for a channel, and one for each of the first reactions in a thread. */
  return async function review(place: ReviewedChannel): Promise<void> {
    const { channelId } = place;
    const query = new URLSearchParams({ limit: String(MAX_REVIEWED_MESSAGES) });
    const page = (await callDiscord('read a channel again', () =>
      rest.get(Routes.channelMessages(channelId), { query }),
    )) as APIMessage[];
    const newestFirst = page.sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? 1 : -1));
    for (const message of newestFirst.toReversed()) {
      if (message.author.id === place.memberId && message.edited_timestamp) await intake.edited(message);
    }
    await findDeleted(place, newestFirst);
    const alone = (await intake.ownerOfThread(channelId)) === undefined;
    await findReactions(place, newestFirst, alone);
  };
}
