/**
 * What the body of a member's message in Twilio is made of, so that Flex can show it as Discord does. It stands in the
 * message's attributes, under `discord.layout`, where there is room; without it the body is read as it is.
 */
export interface MessageLayout {
  /** Where the member's own words are in the body, in UTF-16 units. What follows them is said by the bridge. */
  said: [start: number, end: number];
  /** Author, who may be empty, and words of the message that it answers; before the member's words in the body. */
  quoted?: [author: string, excerpt: string];
  /** In the member's words: where words begin, their length, and what Discord has in their place. */
  forms?: [start: number, length: number, written: string][];
}

/** Attributes that the bridge gives a member's message in Twilio. */
export interface MemberMessageAttributes {
  discord?: {
    messageId?: string;
    part?: number;
    of?: number;
    voiceSeconds?: number;
    /** The file was hidden by its sender. */
    spoiler?: boolean;
    layout?: MessageLayout;
    /** A reaction to a message, instead of words. */
    reaction?: { emoji: string; added: boolean; to: string };
  };
  edited?: boolean;
  deleted?: boolean;
  /** What the message said before its edits, oldest first; `until` when it was replaced. */
  former?: { text: string; until: string }[];
}

/** A member's message in its parts. */
export interface LaidOutMessage {
  quoted: { author: string; excerpt: string } | null;
  /** The member's words in Discord's Markdown. */
  written: string;
  /** What Discord has in its own form in them, such as `<@1>`, with the words for it. */
  words: ReadonlyMap<string, string>;
  /** What the bridge says of the message, each in brackets in the body. */
  notes: string[];
}

/** The body of a message in its parts. */
export function layOut(
  body: string,
  { said: [start, end], quoted, forms = [] }: MessageLayout,
): LaidOutMessage {
  const text = body.slice(start, end);
  const words = new Map<string, string>();
  let written = '';
  let at = 0;
  for (const [from, length, form] of forms) {
    const shown = text.slice(from, from + length);
    written += text.slice(at, from) + form;
    words.set(form, shown);
    at = from + length;
  }
  return {
    quoted: quoted ? { author: quoted[0], excerpt: quoted[1] } : null,
    written: written + text.slice(at),
    words,
    notes: notesIn(body.slice(end)),
  };
}

/** Lines in brackets without these; a note may have several lines. */
export const notesIn = (text: string): string[] =>
  text
    .split(/\n(?=\[)/)
    .map((note) => note.trim().replace(/^\[([\s\S]*)\]$/, '$1'))
    .filter(Boolean);
