import { type Static, Type } from '@sinclair/typebox';
import { oneOf } from './literals.ts';
import { Timestamp } from './member.ts';
import { BACKLOG_GROUPS, PARKED_REASONS } from './operations-constants.ts';

const TextOrNull = Type.Union([Type.String(), Type.Null()]);

/** How the bridge gets on; of the process that answers, where several share a store. */
export const Operations = Type.Object({
  /** Of the bridge; the plugin compares it with its own. */
  version: Type.String(),
  startedAt: Timestamp,
  /** Whether each part works. */
  health: Type.Object({
    store: Type.Boolean(),
    /** What members do on Discord is received, by this bridge or by another on the same store. */
    gateway: Type.Boolean(),
    twilio: Type.Boolean(),
    /** False while Discord, or Twilio, takes nothing and one request after the other asks whether it is back. */
    discordAccepts: Type.Boolean(),
    twilioAccepts: Type.Boolean(),
  }),
  /** What waits, without timers; a group that has nothing is left out. */
  backlog: Type.Array(
    Type.Object({
      group: oneOf(BACKLOG_GROUPS),
      count: Type.Integer(),
      /** For how long the oldest waits, in milliseconds. */
      oldestMs: Type.Integer(),
    }),
  ),
  /** Entries that were given up. */
  parked: Type.Integer(),
  /** The latest warnings and errors of the process, the latest first. */
  troubles: Type.Array(
    Type.Object({
      at: Timestamp,
      level: oneOf(['warn', 'error']),
      message: Type.String(),
      about: TextOrNull,
      /** How often it came in a row. */
      count: Type.Integer(),
    }),
  ),
});
export type Operations = Static<typeof Operations>;

/** Something that was given up. Its words are not in it. */
export const ParkedEntry = Type.Object({
  id: Type.Integer(),
  /** Such as `discord.message`. */
  kind: Type.String(),
  group: oneOf(BACKLOG_GROUPS),
  reason: oneOf(PARKED_REASONS),
  /** What the last attempt was answered, for who knows the two APIs. */
  detail: Type.String(),
  member: Type.Union([Type.Object({ id: Type.String(), name: Type.String() }), Type.Null()]),
  caseNumber: Type.Union([Type.Integer(), Type.Null()]),
  createdAt: Timestamp,
  parkedAt: Timestamp,
  /** The id that log lines and traces have. */
  trace: TextOrNull,
});
export type ParkedEntry = Static<typeof ParkedEntry>;

export const ParkedPageQuery = Type.Object({
  cursor: Type.Optional(Type.String({ pattern: '^\\d{1,15}$' })),
});
export type ParkedPageQuery = Static<typeof ParkedPageQuery>;

/** The newest first. */
export const ParkedPage = Type.Object({
  entries: Type.Array(ParkedEntry),
  nextCursor: TextOrNull,
});
export type ParkedPage = Static<typeof ParkedPage>;
