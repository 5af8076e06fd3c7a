import type { CanonicalMessage } from '../messages/canonical.ts';
import type { Notice } from '../messages/notices.ts';
import { defineEntry } from '../relay/entries.ts';
import {
  agentChangeKey,
  agentMessageKey,
  consequenceKey,
  discordLane,
  type EntryKey,
  inDoubtKey,
  inDoubtLane,
  timerLane,
  transcriptLookKey,
  twilioLane,
} from '../relay/keys.ts';

/*
 * What goes out to either side. The handlers are in the adapters, which register them through `handledBy`: those of
 * `discord.*` in discord/conversation, those of `twilio.*` in twilio.
 */

interface ToMember {
  /** Whose matter it is. */
  memberId: string;
  /** The public thread that it is for, which everybody reads; absent for what is for the member alone. */
  threadId?: string | undefined;
}
interface ToAgent {
  conversationId: string;
  /**
   * The highest index that the conversation was known to have when this was decided: what it writes stands above it, so
   * whoever is not sure what was written reads back to there. Earlier versions did not say; then all is read.
   */
  after?: number;
}

/** The bridge itself says something to a member; the same key is said once. */
export const noticeToMember = defineEntry(
  'discord.notice',
  (
    {
      memberId,
      threadId,
    }: ToMember & {
      notice: Notice;
      /** Discord message id. */
      replyTo?: string;
      /** Of the command that is answered by it, should direct messages be closed. */
      interactionToken?: string;
    },
    key: EntryKey,
  ) => ({ lane: discordLane(threadId ?? memberId), key }),
);

/** Says where a command was used that direct messages are closed, and in which thread the talk goes on. */
export const dmsClosedReply = defineEntry(
  'discord.dms-closed',
  ({ memberId }: ToMember & { interactionToken: string; threadId?: string }, cause: EntryKey) => ({
    lane: discordLane(memberId),
    key: consequenceKey('dms-closed', cause),
  }),
);

/** What an agent wrote. */
export const messageToMember = defineEntry(
  'discord.message',
  ({
    memberId,
    threadId,
    message,
  }: ToMember &
    ToAgent & {
      message: CanonicalMessage;
      /** When it was written, of one that has other words by now; in milliseconds since the epoch. */
      writtenAt?: number;
    }) => ({
    lane: discordLane(threadId ?? memberId),
    key: agentMessageKey(message.id),
  }),
);

/** The words of a message of an agent's are others now. */
export const editToMember = defineEntry(
  'discord.edit',
  ({ memberId, threadId }: ToMember & ToAgent & { message: CanonicalMessage }, cause: EntryKey) => ({
    lane: discordLane(threadId ?? memberId),
    key: agentChangeKey(cause),
  }),
);

/** A message of an agent's is gone. Without a cause it takes the place of the message, should that still come. */
export const deletionToMember = defineEntry(
  'discord.delete',
  ({ memberId, threadId, messageSid }: ToMember & ToAgent & { messageSid: string }, cause?: EntryKey) => ({
    lane: discordLane(threadId ?? memberId),
    key: cause ? agentChangeKey(cause) : agentMessageKey(messageSid),
  }),
);

/** What a member wrote, or said by pressing a button. */
export const messageToAgent = defineEntry(
  'twilio.member-message',
  (
    {
      conversationId,
    }: ToAgent & {
      message: CanonicalMessage;
      /** Whose words they are, in public; else the member's. */
      speaker?: { id: string; name: string; avatar: string | null };
    },
    cause: EntryKey,
  ) => ({
    lane: twilioLane(conversationId),
    key: consequenceKey('carry', cause),
  }),
);

/** The words of a message of a member's are others now. */
export const editToAgent = defineEntry(
  'twilio.member-edit',
  (
    {
      conversationId,
    }: ToAgent & {
      message: CanonicalMessage;
      /** What it said first. */
      before: string;
      /** Names of files that the edit took away. */
      removedFiles: string[];
      /** In public: who wrote it. */
      speaker?: { id: string; name: string };
    },
    cause: EntryKey,
  ) => ({ lane: twilioLane(conversationId), key: consequenceKey('carry', cause) }),
);

/** A member deleted a message; `name` is the member's. */
export const deletionToAgent = defineEntry(
  'twilio.member-delete',
  ({ conversationId }: ToAgent & { messageId: string; name: string }, cause: EntryKey) => ({
    lane: twilioLane(conversationId),
    key: consequenceKey('carry', cause),
  }),
);

/** Something small that a member did, such as a reaction. */
export const noteToAgent = defineEntry(
  'twilio.member-note',
  (
    {
      conversationId,
    }: ToAgent & {
      body: string;
      /** Discord id of who did it, in public; else the member. */
      speakerId?: string;
      /** Of a reaction: its emoji in words, and what it is on. */
      reaction?: { emoji: string; added: boolean; to: string };
    },
    cause: EntryKey,
    what: 'note' | 'choice' = 'note',
  ) => ({
    lane: twilioLane(conversationId),
    key: consequenceKey(what, cause),
  }),
);

/** What the bridge itself says in the transcript; `what` tells it from the rest that follows from its cause. */
export const botMessage = defineEntry(
  'twilio.bot-message',
  (
    {
      conversationId,
    }: ToAgent & {
      body: string;
      /** The Flex identity of the agent who has it said; the virtual agent's where absent. */
      author?: string;
      /** It sums the conversation up, and is written anew when a member takes words back. */
      isSummary?: boolean;
    },
    what:
      | 'summary'
      | 'moderation-note'
      | 'transcript'
      | 'barred-note'
      | 'quiet-note'
      | 'withdrawn-note'
      | 'delayed'
      | 'discarded'
      | 'undelivered',
    cause: EntryKey,
  ) => ({ lane: twilioLane(conversationId), key: consequenceKey(what, cause) }),
);

/** What the summary is made of has changed. */
export const summaryChange = defineEntry(
  'twilio.summary',
  ({ conversationId }: ToAgent, cause: EntryKey) => ({
    lane: twilioLane(conversationId),
    key: consequenceKey('summary', cause),
  }),
);

/** Brings a conversation to Flex; `onlyIfMissing`: unless somebody else did. */
export const newInteraction = defineEntry(
  'twilio.interaction',
  ({ conversationId }: ToAgent & { onlyIfMissing: boolean }, cause: EntryKey) => ({
    lane: twilioLane(conversationId),
    key: consequenceKey('interaction', cause),
  }),
);

/** As newInteraction, where an earlier request may still lead to one: due when that cannot be any more. */
export const interactionInDoubt = defineEntry(
  'twilio.interaction-in-doubt',
  ({ conversationId }: ToAgent, first: EntryKey, notBefore: number) => ({
    lane: inDoubtLane(conversationId),
    key: inDoubtKey(first),
    notBefore,
  }),
);

/** Looks for messages that Twilio wrote after they had been sent again; `notBefore`: see transcriptLookKey. */
export const secondLook = defineEntry(
  'twilio.second-look',
  ({ conversationId }: ToAgent, notBefore: number) => {
    const key = transcriptLookKey(conversationId, notBefore);
    return { lane: timerLane(key), key, notBefore };
  },
);

/** Flex writes a chat user's friendly name over their messages. */
export const nameMember = defineEntry(
  'twilio.name-member',
  ({ conversationId }: ToAgent, cause: EntryKey) => ({
    lane: twilioLane(conversationId),
    key: consequenceKey('name', cause),
  }),
);

/** Takes the Studio flow off a conversation, and marks it as handed over for a flow that runs all the same. */
export const detachStudio = defineEntry(
  'twilio.detach-studio',
  ({ conversationId }: ToAgent, cause: EntryKey) => ({
    lane: twilioLane(conversationId),
    key: consequenceKey('detach', cause),
  }),
);

/** Closes a conversation on Twilio's side, and its chat in Flex. `reason`: for whoever looks at the task, where the member ended it. */
export const closeConversation = defineEntry(
  'twilio.close',
  ({ conversationId }: ToAgent & { reason?: string }, cause: EntryKey) => ({
    lane: twilioLane(conversationId),
    key: consequenceKey('close', cause),
  }),
);
