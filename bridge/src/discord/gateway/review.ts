import { DAY_MS } from '@flexcord/shared/time';
import {
  type APIMessage,
  type APIReaction,
  type APIThreadChannel,
  type APIThreadMetadata,
  type APIUser,
  type REST,
  Routes,
} from 'discord.js';
import type { ThreadState } from '../../members/members.ts';
import { agentWordsToReview, emojiOf, messagesToReview, reactionsOf } from '../../messages/records.ts';
import { compareSnowflakes } from '../../messages/snowflake.ts';
import { Refused } from '../../relay/errors.ts';
import type { Store } from '../../store/open.ts';
import { callDiscord } from '../errors.ts';
import { MAX_PAGE_SIZE, readPage } from '../history.ts';
import { deletedMessages } from './deleted-messages.ts';
import type { Intake } from './intake.ts';

/** How far back changes are looked for within a conversation that is open, in messages of a channel. */
const MAX_REVIEWED_MESSAGES = 1_000;
/** Reactions whose authors are asked for at most, where a channel has more people than one. */
const MAX_REACTIONS = 10;
/** For how long a message that no conversation has taken may still be decided about, in milliseconds. */
const MAX_UNDECIDED_MS = DAY_MS;

/** A thread that is locked may be archived as well, which then matters less. */
export const threadState = (metadata: APIThreadMetadata | undefined): ThreadState =>
  metadata?.locked ? 'locked' : metadata?.archived ? 'archived' : 'open';

export interface ReviewedChannel {
  channelId: string;
  memberId: string;
  isThread: boolean;
}

/**
 * Compares what a channel says now with what was heard of it, whether or not that is delivered yet. Discord replays no
 * edits, deletions and reactions into a new gateway session; what the journal has already is journalled once only, so a
 * second look changes nothing.
 */
export function createReview({ store, rest, intake }: { store: Store; rest: REST; intake: Intake }) {
  /** Channels of members in whose words changes matter: a conversation is open, or about to be. */
  async function places(): Promise<ReviewedChannel[]> {
    const members = await store.db
      .selectFrom('members')
      .select(['id', 'dm_channel_id', 'thread_id'])
      .where((eb) =>
        eb.or([
          eb('id', 'in', eb.selectFrom('conversations').select('member_id').where('phase', '<>', 'closed')),
          eb(
            'id',
            'in',
            eb
              .selectFrom('messages')
              .select('member_id')
              .where('conversation_id', 'is', null)
              .where('created_at', '>', Date.now() - MAX_UNDECIDED_MS),
          ),
        ]),
      )
      .orderBy('seen_at', 'desc')
      .execute();
    return members.flatMap(({ id: memberId, dm_channel_id, thread_id }) => [
      ...(dm_channel_id ? [{ channelId: dm_channel_id, memberId, isThread: false }] : []),
      ...(thread_id ? [{ channelId: thread_id, memberId, isThread: true }] : []),
    ]);
  }

  /** The latest messages, newest first: back to `oldest`, or as far as is looked. `isAll`: the channel has none before. */
  async function readBack(channelId: string, oldest: string | undefined) {
    const read: APIMessage[] = [];
    for (;;) {
      const before = read.at(-1)?.id;
      const page = await readPage(rest, 'read a channel again', channelId, { before });
      read.push(...page.toReversed());
      if (page.length < MAX_PAGE_SIZE) return { read, isAll: true };
      const isFarEnough = oldest === undefined || compareSnowflakes(read.at(-1)?.id ?? '0', oldest) <= 0;
      if (isFarEnough || read.length >= MAX_REVIEWED_MESSAGES) return { read, isAll: false };
    }
  }

  async function findDeleted(
    { channelId, isThread }: ReviewedChannel,
    heard: readonly string[],
    { read, isAll }: { read: readonly APIMessage[]; isAll: boolean },
  ) {
    const oldest = isAll ? '0' : (read.at(-1)?.id ?? '0');
    for await (const id of deletedMessages(rest, channelId, heard, read, oldest))
      await intake.deleted(id, isThread);
  }

  /** In a direct message there is nobody else; in a thread there may be. */
  async function reactsStill(
    message: APIMessage,
    { memberId, isThread }: ReviewedChannel,
    reaction: APIReaction,
  ) {
    if (!isThread) return reaction.count > (reaction.me ? 1 : 0);
    const { id, name } = reaction.emoji;
    const emoji = encodeURIComponent(id ? `${name}:${id}` : (name ?? ''));
    const users = (await callDiscord('reactions', () =>
      rest.get(Routes.channelMessageReaction(message.channel_id, message.id, emoji), {
        query: new URLSearchParams({ limit: '100' }),
      }),
    )) as APIUser[];
    return users.some((user) => user.id === memberId);
  }

  async function findReactions(place: ReviewedChannel, read: readonly APIMessage[]) {
    const { memberId, isThread } = place;
    const current = new Set<string>();
    const all = read.flatMap((message) =>
      (message.reactions ?? []).map((reaction) => ({ message, reaction })),
    );
    for (const { message, reaction } of isThread ? all.slice(0, MAX_REACTIONS) : all) {
      if (!(await reactsStill(message, place, reaction))) continue;
      current.add(`${message.id}:${reaction.emoji.id ?? reaction.emoji.name}`);
      await intake.reacted(memberId, message.id, reaction.emoji, true);
    }
    if (isThread && all.length > MAX_REACTIONS) return;
    const known = await reactionsOf(
      store,
      memberId,
      read.map(({ id }) => id),
    );
    for (const reaction of known) {
      const { message_id, emoji } = reaction;
      if (!current.has(`${message_id}:${emoji}`))
        await intake.reacted(memberId, message_id, emojiOf(reaction), false, isThread);
    }
  }

  /** What moderators made of a thread meanwhile. */
  async function lookAtThread(channelId: string): Promise<ThreadState> {
    let state: ThreadState;
    try {
      const thread = await callDiscord('look for a thread', () => rest.get(Routes.channel(channelId)));
      state = threadState((thread as APIThreadChannel).thread_metadata);
    } catch (error) {
      if (!(error instanceof Refused) || error.reason !== 'gone') throw error;
      state = 'deleted';
    }
    await intake.threadIs(channelId, state);
    return state;
  }

  return {
    places,

    /** A request for each hundred messages, for each that was deleted, and for each of the first reactions in a thread. */
    async look(place: ReviewedChannel): Promise<void> {
      const { channelId, memberId } = place;
      if (place.isThread && (await lookAtThread(channelId)) === 'deleted') return;
      const agents = place.isThread ? await agentWordsToReview(store, { threadId: channelId, memberId }) : [];
      const own = await messagesToReview(store, place, Date.now() - MAX_UNDECIDED_MS);
      const heard = [...own, ...agents].sort(compareSnowflakes);
      const [oldest] = heard;
      const found = await readBack(channelId, oldest);
      for (const message of found.read.toReversed()) {
        if (message.author.id === memberId && message.edited_timestamp) await intake.edited(message);
      }
      await findDeleted(place, heard, found);
      await findReactions(place, found.read);
    },
  };
}
