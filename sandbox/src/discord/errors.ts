/** Discord's error codes that the stand-in answers, with their HTTP status and words.
 *  https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
const known = {
  0: [404, '404: Not Found'],
  10002: [404, 'Unknown Application'],
  10003: [404, 'Unknown Channel'],
  10004: [404, 'Unknown Guild'],
  10007: [404, 'Unknown Member'],
  10008: [404, 'Unknown Message'],
  10009: [404, 'Unknown Permission Overwrite'],
  10011: [404, 'Unknown Role'],
  10013: [404, 'Unknown User'],
  10014: [400, 'Unknown Emoji'],
  10015: [404, 'Unknown Webhook'],
  10062: [404, 'Unknown interaction'],
  10063: [404, 'Unknown application command'],
  20016: [403, 'This action cannot be performed due to slowmode rate limit'],
  20002: [403, 'Only bots can use this endpoint'],
  30003: [400, 'Maximum number of pins reached for the channel (50)'],
  30010: [400, 'Maximum number of reactions reached (20)'],
  30032: [400, 'Maximum number of application commands reached (100)'],
  30046: [429, 'Maximum number of edits to messages older than 1 hour reached. Try again later.'],
  40005: [413, 'Request entity too large'],
  40033: [400, 'This message was already crossposted'],
  40067: [400, 'A tag is required to create a forum post in this channel'],
  40060: [400, 'Interaction has already been acknowledged.'],
  50001: [403, 'Missing Access'],
  50003: [403, 'Cannot execute action on a DM channel'],
  50005: [403, 'Cannot edit a message authored by another user'],
  50006: [400, 'Cannot send an empty message'],
  50007: [403, 'Cannot send messages to this user'],
  50008: [400, 'Cannot send messages in a non-text channel'],
  50013: [403, 'Missing Permissions'],
  50021: [403, 'Cannot execute action on a system message'],
  50024: [400, 'Cannot execute action on this channel type'],
  50027: [401, 'Invalid Webhook Token'],
  50033: [400, 'Invalid Recipient(s)'],
  50034: [400, 'A message provided was too old to bulk delete'],
  50035: [400, 'Invalid Form Body'],
  50083: [400, 'Thread is archived'],
  50109: [400, 'The request body contains invalid JSON.'],
  50278: [403, 'Cannot send messages to this user due to having no mutual guilds'],
  160004: [400, 'A thread has already been created for this message'],
  160005: [400, 'Thread is locked'],
} as const satisfies Record<number, readonly [number, string]>;

export type DiscordErrorCode = keyof typeof known;

/** A refusal in Discord's words: thrown by every rule, answered by the REST server, seen by callers of the driver. */
export class DiscordError extends Error {
  readonly status: number;

  constructor(
    readonly code: DiscordErrorCode,
    /** The nested `errors` of an invalid form (50035). Their codes are strings, although the OpenAPI document says integer. */
    readonly errors?: Record<string, unknown>,
  ) {
    const [status, message] = known[code];
    super(message);
    this.name = 'DiscordError';
    this.status = status;
  }

  toJSON(): { message: string; code: number; errors?: Record<string, unknown> } {
    return { message: this.message, code: this.code, ...(this.errors && { errors: this.errors }) };
  }
}
