/** An answer of Discord's that is not a success (https://docs.discord.com/developers/topics/opcodes-and-status-codes). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
    readonly errors?: unknown,
  ) {
    super(message);
  }

  toResponse(): Response {
    const body = { message: this.message, code: this.code, ...(this.errors ? { errors: this.errors } : {}) };
    return Response.json(body, { status: this.status });
  }
}

export const unauthorized = () => new ApiError(401, 0, '401: Unauthorized');
export const unknownChannel = () => new ApiError(404, 10003, 'Unknown Channel');
export const unknownGuild = () => new ApiError(404, 10004, 'Unknown Guild');
export const unknownMember = () => new ApiError(404, 10007, 'Unknown Member');
export const unknownMessage = () => new ApiError(404, 10008, 'Unknown Message');
export const unknownUser = () => new ApiError(404, 10013, 'Unknown User');
export const unknownInteraction = () => new ApiError(404, 10062, 'Unknown interaction');
export const unknownCommand = () => new ApiError(404, 10063, 'Unknown application command');
export const missingAccess = () => new ApiError(403, 50001, 'Missing Access');
export const notTheAuthor = () => new ApiError(403, 50005, 'Cannot edit a message authored by another user');
export const emptyMessage = () => new ApiError(400, 50006, 'Cannot send an empty message');
export const cannotSendToUser = () => new ApiError(403, 50007, 'Cannot send messages to this user');
export const noMutualGuilds = () =>
  new ApiError(403, 50278, 'Cannot send messages to this user due to having no mutual guilds');
export const alreadyAcknowledged = () =>
  new ApiError(400, 40060, 'Interaction has already been acknowledged.');
export const tooLarge = () => new ApiError(413, 40005, 'Request entity too large');
export const invalidWebhookToken = () => new ApiError(401, 50027, 'Invalid Webhook Token');

/** 50035, with Discord's nested description of each bad field. `at` is a path such as `embeds.0.title`. */
export function invalidForm(at: string, code: string, message: string): ApiError {
  const leaf: Record<string, unknown> = { _errors: [{ code, message }] };
  const errors = at.split('.').reduceRight<Record<string, unknown>>((inner, key) => ({ [key]: inner }), leaf);
  return new ApiError(400, 50035, 'Invalid Form Body', errors);
}

export const tooLong = (at: string, most: number) =>
  invalidForm(at, 'BASE_TYPE_MAX_LENGTH', `Must be ${most} or fewer in length.`);
