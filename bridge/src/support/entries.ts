import type { PublicCasePayloads } from '../cases/public/entries.ts';
import type { CommunityPayloads } from '../community/entries.ts';
import type { CanonicalMessage } from '../messages/canonical.ts';
import type { EntryOf } from '../relay/relay.ts';
import type { Notice } from './notices.ts';

/** A message as Twilio Conversations has it. */
export interface TwilioMessage {
  sid: string;
  index: number;
  author: string;
  body: string | null;
  /** JSON text. */
  attributes: string;
  media: { sid: string; contentType: string; filename: string | null; size: number }[];
}

/** What a member pressed under a message of the bot's. */
export type Press = 'person' | 'ask' | 'cases' | 'solved' | 'case-solved' | 'choose';

/** Everything that the journal can hold. `in.*` came in and is decided on; the others must go out. */
export interface Payloads extends CommunityPayloads, PublicCasePayloads {
  'in.member-wrote': { memberId: string; message: CanonicalMessage };
  /** `/helpme`; the question is one that the member gave with it. */
  'in.member-came': { memberId: string; interactionToken: string; question: CanonicalMessage | null };
  'in.member-edited': { memberId: string; message: CanonicalMessage };
  'in.member-deleted': { memberId: string; messageId: string };
  /** `emoji`: the character, or `:name:` of a custom one. */
  'in.member-reacted': { memberId: string; messageId: string; emoji: string; added: boolean };
  /** Something that a member did and nobody wrote, in words; for example that they pinned a message. */
  'in.member-did': { memberId: string; words: string };
  'in.member-renamed': { memberId: string; from: string; to: string };
  'in.member-pressed': {
    memberId: string;
    press: Press;
    label: string;
    pressId: string;
    /** Of `case-solved`: the case that is meant. */
    caseNumber?: number;
    /** Of `choose`: the key of the choice. */
    choice?: string;
  };
  /** From an interaction webhook. */
  'in.agent-joined': { conversationId: string; participantSid: string; taskSid: string; channelSid: string };
  'in.agent-left': { conversationId: string; participantSid: string };
  /** A message that the bridge did not write. */
  'in.agent-wrote': { conversationId: string; message: TwilioMessage };
  'in.agent-edited': { conversationId: string; message: TwilioMessage };
  'in.agent-removed': { conversationId: string; messageSid: string };
  'in.ended': { conversationId: string };
  /** Whatever Twilio holds beyond the cursor is to be journalled. */
  'in.catch-up': { conversationId: string };
  /** The virtual agent's turn is over unless somebody took it. */
  'in.turn-due': { conversationId: string };

  /** The member has been silent since it was their turn. */
  'in.idle': { conversationId: string; act: 'remind' | 'close'; since: number };

  /** A question whose answer takes a while: a model is asked what it means, or writes it. */
  'assistant.answer': { conversationId: string; question: string };

  'timer.entry': { entry: EntryOf<Payloads> };
  /** Looks after a conversation with agents until it ends, should a webhook be lost. */
  'timer.watch': { conversationId: string };

  /** Looks whether a member has gone, until the conversation ends. */
  'timer.idle': { conversationId: string };

  'discord.notice': { memberId: string; notice: Notice; replyTo?: string; interactionToken?: string };
  /** Says where a command was used that direct messages are closed, and in which thread the talk goes on. */
  'discord.dms-closed': { memberId: string; interactionToken: string; threadId?: string };
  'discord.message': { memberId: string; conversationId: string; message: CanonicalMessage };

  /** The words of a message of an agent's are others now. */
  'discord.edit': { memberId: string; conversationId: string; message: CanonicalMessage };
  'discord.delete': { memberId: string; conversationId: string; messageSid: string };

  'twilio.member-message': { conversationId: string; message: CanonicalMessage };
  'twilio.member-edit': {
    conversationId: string;
    message: CanonicalMessage;
    before: string;
    /** Names of files that the edit took away. */
    removedFiles: string[];
  };
  'twilio.member-delete': { conversationId: string; messageId: string; name: string };
  /** Something small that a member did, such as a reaction. */
  'twilio.member-note': { conversationId: string; body: string };
  'twilio.bot-message': { conversationId: string; body: string };
  'twilio.interaction': { conversationId: string; onlyIfMissing: boolean };
  /** Flex writes a chat user's friendly name over their messages. */
  'twilio.name-member': { conversationId: string };
  'twilio.detach-studio': { conversationId: string };
  'twilio.close': { conversationId: string };

  /** One webhook to one address. */
  'webhook.deliver': { deliveryId: string };
}

/** Kinds about messages and names that are there already; see changes.ts. */
export type ChangeKind =
  | 'in.member-edited'
  | 'in.member-deleted'
  | 'in.member-reacted'
  | 'in.member-renamed'
  | 'in.member-did'
  | 'in.agent-edited'
  | 'in.agent-removed';

export type SupportEntry = EntryOf<Payloads>;

/** One lane for all that is decided about a member, so that decisions never race. */
export const memberLane = (memberId: string) => `in:${memberId}`;
/** What goes out to each side has its own lane: a side that fails holds only what is meant for it. */
export const discordLane = (memberId: string) => `discord:${memberId}`;
export const twilioLane = (conversationId: string) => `twilio:${conversationId}`;
/** What a model answers takes a while: it has a lane of its own, so that nothing waits for it. */
export const assistantLane = (conversationId: string) => `assistant:${conversationId}`;
/** A lane of its own for each timer, because a waiting entry holds its lane. */
export const timerLane = (key: string) => `timer:${key}`;
