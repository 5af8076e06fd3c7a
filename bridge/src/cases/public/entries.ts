import type { CanonicalFile } from '../../messages/canonical.ts';

/** Journal payloads of cards, ratings and notices to followers. */
export interface PublicCasePayloads {
  /** The first post of a case's card. The files are what the member added. */
  'discord.card': { caseNumber: number; files: CanonicalFile[] };
  'discord.card-edit': { caseNumber: number };
  /** What a member thought of a conversation (CH…), from 1 to 5. */
  'twilio.rating': { conversationSid: string; score: number };
  /** Notifies the followers of a case in batches: those whose ids come after `after`. */
  'community.tell-followers': {
    caseNumber: number;
    title: string;
    memberId: string;
    status: 'elevated' | 'resolved';
    /** The entry of the timeline that it is about. */
    eventId: number;
    after: string;
  };
}

export const cardLane = (caseNumber: number) => `card:${caseNumber}`;
export const followersLane = (caseNumber: number) => `followers:${caseNumber}`;
