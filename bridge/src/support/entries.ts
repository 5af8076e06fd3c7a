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
export type Press = 'person' | 'ask' | 'cases' | 'solved' | 'case-solved';

/** Everything that the journal can hold. `in.*` came in and is decided on; the others must go out. */
export interface Payloads {
  'in.member-wrote': { memberId: string; message: CanonicalMessage };
  /** `/helpme`; the question is one that the member gave with it. */
  'in.member-came': { memberId: string; interactionToken: string; question: CanonicalMessage | null };
  'in.member-pressed': {
    memberId: string;
    press: Press;
    label: string;
    pressId: string;
    /** Of `case-solved`: the case that is meant. */
    caseNumber?: number;
  };
  /** From an interaction webhook. */
  'in.agent-joined': { conversationId: string; participantSid: string; taskSid: string; channelSid: string };
  'in.agent-left': { conversationId: string; participantSid: string };
  /** A message that the bridge did not write. */
  'in.agent-wrote': { conversationId: string; message: TwilioMessage };
  'in.ended': { conversationId: string };
  /** Whatever Twilio holds beyond the cursor is to be journalled. */
  'in.catch-up': { conversationId: string };
  /** The virtual agent's turn is over unless somebody took it. */
  'in.turn-due': { conversationId: string };

  'timer.entry': { entry: EntryOf<Payloads> };
  /** Looks after a conversation with agents until it ends, should a webhook be lost. */
  'timer.watch': { conversationId: string };

  'discord.notice': { memberId: string; notice: Notice; replyTo?: string; interactionToken?: string };
  /** Says where a command was used that direct messages are closed. */
  'discord.dms-closed': { memberId: string; interactionToken: string };
  'discord.message': { memberId: string; conversationId: string; message: CanonicalMessage };

  'twilio.member-message': { conversationId: string; message: CanonicalMessage };
  'twilio.bot-message': { conversationId: string; body: string };
  'twilio.interaction': { conversationId: string; onlyIfMissing: boolean };
  'twilio.detach-studio': { conversationId: string };
  'twilio.close': { conversationId: string };
}

export type SupportEntry = EntryOf<Payloads>;

/** One lane for all that is decided about a member, so that decisions never race. */
export const memberLane = (memberId: string) => `in:${memberId}`;
/** What goes out to each side has its own lane: a side that fails holds only what is meant for it. */
export const discordLane = (memberId: string) => `discord:${memberId}`;
export const twilioLane = (conversationId: string) => `twilio:${conversationId}`;
/** A lane of its own for each timer, because a waiting entry holds its lane. */
export const timerLane = (key: string) => `timer:${key}`;
