/** The other side may take the same request later; the lane is held and tried again. */
export class Transient extends Error {
  override name = 'Transient';
  /** How long the other side asked to be left alone, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** True when the request may have taken effect although no good answer came. */
  readonly ambiguous: boolean;
  /**
   * What the answer would mean if it could be believed: it refuses the request, with a code that nobody has listed as final.
   * It is tried again MAX_UNLISTED_ANSWERS times before it counts, since a proxy or a fault of a moment answers so, too.
   */
  readonly suspects: RefusalReason | undefined;

  constructor(
    message: string,
    options: { retryAfterMs?: number; ambiguous: boolean; suspects?: RefusalReason; cause?: unknown },
  ) {
    super(message, { cause: options.cause });
    this.retryAfterMs = options.retryAfterMs;
    this.ambiguous = options.ambiguous;
    this.suspects = options.suspects;
  }
}

/** Why the other side will never take an entry. */
export type RefusalReason =
  /** The member does not accept direct messages from the bot (Discord 50007). */
  | 'unreachable'
  /** The member shares no server with the bot any more (Discord 50278). */
  | 'left'
  /** The channel, conversation or message is gone. */
  | 'gone'
  /** Too long, too large or malformed for the other side. */
  | 'unacceptable'
  /** The bridge lacks a permission. */
  | 'forbidden'
  /** It was tried for a day. */
  | 'gave-up'
  /** The bridge itself failed on it again and again. */
  | 'fault';

/** The other side will never take this; the entry is parked and its sender is told. */
export class Refused extends Error {
  override name = 'Refused';
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.reason = reason;
  }
}

/** True for an answer that refuses the request, whether or not its code is listed as final. */
export const isRefusal = (error: unknown): error is Refused | Transient =>
  error instanceof Refused || (error instanceof Transient && error.suspects !== undefined);

export const describe = (error: unknown): string => (error instanceof Error ? error.message : String(error));
