import { type Static, Type } from '@sinclair/typebox';

const Day = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' });
const Average = Type.Union([Type.Number(), Type.Null()]);

/** From one day to another, both included, at most 366 days apart. */
export const CaseStatsQuery = Type.Object({
  from: Day,
  to: Day,
  /** IANA name of the zone in which days begin and end; UTC without it. */
  timeZone: Type.Optional(Type.String({ maxLength: 64 })),
});
export type CaseStatsQuery = Static<typeof CaseStatsQuery>;

const figures = {
  /** Cases opened. */
  opened: Type.Integer(),
  /** Cases that were resolved or closed and are so still; duplicates do not count. */
  resolved: Type.Integer(),
  /** Mean milliseconds until the team first turned to the member, of the cases opened; null where it did for none. */
  firstResponseMs: Average,
  /** Mean milliseconds from opened to resolved, of the cases resolved. */
  resolutionMs: Average,
  /** Mean of the ratings given, 1 to 5, and how many. */
  rating: Average,
  ratings: Type.Integer(),
  /** Conversations that ended, and those of them in which nobody asked for a person nor came. */
  ended: Type.Integer(),
  deflected: Type.Integer(),
  /** Those of the deflected in which the member said that it was solved; the others went quiet. */
  confirmed: Type.Integer(),
  /** `deflected / ended` and `confirmed / ended`; null where none ended. */
  deflection: Average,
  confirmation: Average,
};

export const CaseFigures = Type.Object(figures);
export type CaseFigures = Static<typeof CaseFigures>;

/** Every day of the range, oldest first, also those on which nothing was. */
export const CaseStats = Type.Object({
  timeZone: Type.String(),
  days: Type.Array(Type.Object({ day: Day, ...figures })),
  total: CaseFigures,
  /** How many of the ratings were one star, two, … five. */
  stars: Type.Array(Type.Integer(), { minItems: 5, maxItems: 5 }),
});
export type CaseStats = Static<typeof CaseStats>;
