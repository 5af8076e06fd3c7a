/** Discord's limits that tests and demos may change. Times are in milliseconds, sizes in bytes. */
export interface DiscordLimits {
  /** Requests a second over all routes; interaction callbacks and their webhooks are exempt. */
  globalPerSecond: number;
  /** Stretches (above 1) or shortens (below 1) every REST rate-limit window; 0 switches REST rate limits off. */
  rateWindowFactor: number;
  /** Bucket sizes by route, `METHOD /path/{}`-wise as in `ratelimit.ts`; merged over the defaults. */
  routes: Record<string, RouteLimit>;
  /** Until when an interaction must have its first response. */
  interactionResponseMs: number;
  /** How long an interaction token can be used. */
  interactionTokenMs: number;
  /** How long a signed attachment URL works. */
  attachmentLifeMs: number;
  attachmentMaxBytes: number;
  /** All stored attachment bytes together; the oldest are removed first. */
  attachmentStoreBytes: number;
  /** How long a nonce is remembered for `enforce_nonce`. Discord says "the past few minutes". */
  nonceWindowMs: number;
  /** Messages kept in one channel; the oldest are removed first. */
  messagesPerChannel: number;
  /** How long after a message the previews of its links come. */
  linkPreviewMs: number;
  heartbeatIntervalMs: number;
  /** Dispatches kept for a resume; older ones make the session unresumable. */
  resumeBufferEvents: number;
  /** How long a session without a connection can be resumed. */
  resumeWindowMs: number;
  /** Payloads that a client may send on one gateway connection in 60 seconds. */
  gatewayPayloadsPerMinute: number;
  /** Finished requests kept in `discord.requests`. */
  requestLog: number;
}

/** Requests per window of `windowMs` for one route and one major parameter. */
export interface RouteLimit {
  limit: number;
  windowMs: number;
}

/** Discord's documented values; where Discord does not publish one (route buckets, resume window) what bots observe. */
export const defaultLimits: DiscordLimits = {
  globalPerSecond: 50,
  rateWindowFactor: 1,
  routes: {},
  interactionResponseMs: 3_000,
  interactionTokenMs: 15 * 60_000,
  attachmentLifeMs: 24 * 60 * 60_000,
  attachmentMaxBytes: 10 * 1024 * 1024,
  attachmentStoreBytes: 256 * 1024 * 1024,
  nonceWindowMs: 5 * 60_000,
  messagesPerChannel: 10_000,
  linkPreviewMs: 30,
  heartbeatIntervalMs: 41_250,
  resumeBufferEvents: 1_000,
  resumeWindowMs: 60_000,
  gatewayPayloadsPerMinute: 120,
  requestLog: 2_000,
};
