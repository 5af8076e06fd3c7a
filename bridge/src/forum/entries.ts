import { defineEntry } from '../relay/entries.ts';
import {
  adoptionLane,
  assistantLane,
  discordEventKey,
  discordLane,
  type EntryKey,
  forumKey,
  placeLane,
  servedCause,
  timerLane,
  waitingCause,
} from '../relay/keys.ts';
import type { ThreadAct, ThreadActor } from '../threads/acts.ts';
import type { ForumCard, ForumReport } from './cards.ts';
import type { SecretKind } from './secrets.ts';

/*
 * What the forum desk journals. Those of `discord.*` are handled in discord/public, the others in this room.
 */

/** What a thread asks is looked up, which may take a model. */
export const forumLook = defineEntry(
  'in.forum-look',
  ({ threadId }: { threadId: string; again: boolean }, cause: EntryKey) => ({
    lane: assistantLane(threadId),
    key: forumKey('look', cause),
  }),
);

/** What is done with a thread by a button, a command or an agent. */
export type ForumAct = ThreadAct | { is: 'helped' | 'not-yet' | 'still-open' | 'private' };

/** Somebody does something with a thread; `event` is the id of the interaction, or names what an agent did. */
export const forumActed = defineEntry(
  'in.forum-acted',
  ({ threadId }: { threadId: string; act: ForumAct; by: ThreadActor }, event: string) => ({
    lane: placeLane(threadId),
    key: forumKey('act', discordEventKey(event)),
  }),
);

/** The author of a thread has been waiting since then, in milliseconds since the epoch. */
export const forumUnanswered = defineEntry(
  'in.forum-unanswered',
  ({ threadId, since }: { threadId: string; since: number }) => ({
    lane: placeLane(threadId),
    key: forumKey('unanswered', waitingCause(threadId, since)),
  }),
);

/** Looks whether a thread is left alone, until it is solved, closed or gone. */
export const forumStaleTimer = defineEntry(
  'timer.forum-stale',
  (_: { threadId: string }, cause: EntryKey, notBefore: number) => {
    const key = forumKey('stale', cause);
    return { lane: timerLane(key), key, notBefore };
  },
);

/** Nobody has written in a thread since then, in milliseconds since the epoch. */
export const forumStale = defineEntry(
  'in.forum-stale',
  ({ threadId, since, act }: { threadId: string; since: number; act: 'remind' | 'close' }) => ({
    lane: placeLane(threadId),
    key: forumKey(act === 'remind' ? 'ask' : 'rest', waitingCause(threadId, since)),
  }),
);

/** Something is said in a thread. */
export const forumCard = defineEntry(
  'discord.forum-card',
  (
    { threadId }: { threadId: string; card: ForumCard; locale: string | null; replyTo?: string },
    cause: EntryKey,
  ) => ({ lane: discordLane(threadId), key: forumKey('card', cause) }),
);

/** A thread has the solved tag of its forum, or loses it. */
export const forumTag = defineEntry(
  'discord.forum-tag',
  ({ threadId }: { threadId: string; solved: boolean }, cause: EntryKey) => ({
    lane: discordLane(threadId),
    key: forumKey('state', cause),
  }),
);

/** A thread whose matter is over since then is put away, where it still is. */
export const forumRest = defineEntry(
  'discord.forum-rest',
  ({ threadId, since }: { threadId: string; state: 'solved' | 'closed'; since: number }) => ({
    lane: discordLane(threadId),
    key: forumKey('away', waitingCause(threadId, since)),
  }),
);

/** Words in public hold what others should not read: their author is told, and they are taken away where that is wanted. */
export const forumSecret = defineEntry(
  'discord.forum-secret',
  (
    {
      threadId,
    }: {
      threadId: string;
      messageId: string;
      memberId: string;
      kinds: SecretKind[];
      locale: string | null;
      remove: boolean;
      /** Whether a line in the thread may say so where no direct message is open. */
      mayTellInThread: boolean;
    },
    cause: EntryKey,
  ) => ({ lane: discordLane(threadId), key: forumKey('secret', cause) }),
);

/** Moderators are told something. */
export const forumTell = defineEntry(
  'discord.forum-tell',
  ({ channelId }: { channelId: string; report: ForumReport; locale: string | null }, cause: EntryKey) => ({
    lane: discordLane(channelId),
    key: forumKey('tell', cause),
  }),
);

/** What a forum holds from before it was served is learned from, page by page. */
export const forumAdoption = defineEntry(
  'discord.forum-adoption',
  ({ channelId, since }: { channelId: string; since: number }) => ({
    lane: adoptionLane(channelId),
    key: forumKey('open', servedCause(channelId, since)),
  }),
);
