/** Most bytes of one chat message at Twilio (https://www.twilio.com/docs/conversations/conversations-limits). */
export const MAX_MESSAGE_BYTES = 32 * 1024;

/** The length of a text in UTF-8 bytes; a Japanese character takes three. */
export const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

export const kilobytes = (bytes: number): string => (bytes / 1024).toFixed(1);
