/** What Twilio takes as one chat message, in bytes (https://www.twilio.com/docs/conversations/conversations-limits). */
export const MAX_MESSAGE_BYTES = 32 * 1024;

/** How long a text is on the wire; Japanese takes three bytes a character. */
export const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

export const kilobytes = (bytes: number): string => (bytes / 1024).toFixed(1);
