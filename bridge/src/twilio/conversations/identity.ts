/**
 * A member's Conversations identity. Twilio reserves most punctuation, so an underscore
 * (https://www.twilio.com/docs/flex/developer/conversations/best-practices).
 */
export const memberIdentity = (memberId: string) => `discord_${memberId}`;

/** Message attributes by which the bridge knows its own messages, also when it reads them back. */
export interface OwnAttributes {
  /** Journal key of the entry that wrote it, and which part of it. */
  flexcord: { key: string; part: number };
  [more: string]: unknown;
}

/** The bridge's own mark in a message, or null. */
export function ownMark(attributes: string): OwnAttributes['flexcord'] | null {
  try {
    const mark = (JSON.parse(attributes) as Partial<OwnAttributes> | null)?.flexcord;
    return typeof mark?.key === 'string' && typeof mark.part === 'number' ? mark : null;
  } catch {
    return null;
  }
}

/** True for messages that the bridge itself wrote, for a member or for the virtual agent, by their attributes. */
export const isOurs = (attributes: string): boolean => ownMark(attributes) !== null;
