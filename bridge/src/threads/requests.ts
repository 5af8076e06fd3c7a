import { defineEntry } from '../relay/entries.ts';
import { consequenceKey, discordLane, type EntryKey, placeLane } from '../relay/keys.ts';

/**
 * What is asked of the team's side by whoever decides about public threads. Defined here and handled in
 * support/public/escalation.ts, so that neither room needs the other: journal them with `relay.append`.
 */

/** Why a thread is brought to the team. */
export type EscalationReason =
  /** Its author, or somebody else who reads it, wants a person. */
  | { is: 'asked'; by: string }
  /** A moderator or an agent brings it. */
  | { is: 'brought'; by: string }
  /** Nobody answered for so long, in milliseconds. */
  | { is: 'unanswered'; forMs: number }
  /** The channel's rule says so. */
  | { is: 'rule' };

/**
 * Brings a public thread to the team: a case, a Twilio conversation with the thread so far, and a task. Nothing happens where
 * it is with the team already, or gone. What is written meanwhile waits behind it in the thread's lane.
 */
export const escalateThread = defineEntry(
  'in.escalate-thread',
  ({ threadId }: { threadId: string; reason: EscalationReason }, cause: EntryKey) => ({
    lane: placeLane(threadId),
    key: consequenceKey('escalation', cause),
  }),
);

/**
 * The team need not answer a thread any longer: its conversation is closed, and whoever looks at the task reads `words`, in the
 * agents' language. Nothing happens where it is not with the team. `unlessAnswering`: not where an agent is there by now.
 */
export const releaseThread = defineEntry(
  'in.release-thread',
  ({ threadId }: { threadId: string; words: string; unlessAnswering?: boolean }, cause: EntryKey) => ({
    lane: placeLane(threadId),
    key: consequenceKey('release', cause),
  }),
);

/**
 * Changes a thread on Discord, in the thread's outgoing lane, so behind what was said there before: handled in
 * discord/conversation/change-thread.ts. Tags by their ids, by the rules of tags.ts. What is not named stays: a thread that is
 * archived is opened for the change and archived again.
 */
export const changeOnDiscord = defineEntry(
  'discord.thread',
  (
    {
      threadId,
    }: {
      threadId: string;
      addTags?: string[];
      removeTags?: string[];
      archived?: boolean;
      locked?: boolean;
    },
    cause: EntryKey,
  ) => ({ lane: discordLane(threadId), key: consequenceKey('thread', cause) }),
);
