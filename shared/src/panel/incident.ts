import { type Static, Type } from '@sinclair/typebox';
import { INCIDENT_LIMITS, INCIDENT_STATES, REPORT_SOURCES } from './incident-constants.ts';
import { oneOf } from './literals.ts';
import { DiscordId, Timestamp } from './member.ts';

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);

export const IncidentWords = Type.Object({
  /** One line. */
  title: Type.String({ maxLength: INCIDENT_LIMITS.title }),
  /** Markdown. */
  text: Type.String({ maxLength: INCIDENT_LIMITS.text }),
});
export type IncidentWords = Static<typeof IncidentWords>;

/** What is said of an incident, in each language; one that is empty is read in the other. */
export const IncidentNotice = Type.Object({ en: IncidentWords, ja: IncidentWords });
export type IncidentNotice = Static<typeof IncidentNotice>;

const summary = {
  /** The number of its parent case, which names it. */
  number: Type.Integer({ minimum: 1 }),
  title: Type.String(),
  state: oneOf(INCIDENT_STATES),
  openedAt: Timestamp,
  endedAt: orNull(Timestamp),
  /** How many members asked within `withinMs` milliseconds when it was noticed; copies by new accounts as one. */
  noticed: Type.Integer(),
  withinMs: Type.Integer(),
  /** How many members ask so within such a time, on average of before or of the day before, whichever is more; 0 where nothing is known of before. */
  usual: Type.Number(),
  /** Of its questions, without those that were taken out: how many members asked them, and where. */
  members: Type.Integer(),
  conversations: Type.Integer(),
  posts: Type.Integer(),
  cases: Type.Integer(),
  /** By new accounts. */
  newAccounts: Type.Integer(),
  firstAt: orNull(Timestamp),
  lastAt: orNull(Timestamp),
  /** How many members were told that it is over, and how many could not be. */
  told: Type.Integer(),
  untold: Type.Integer(),
  /** When its notice was last published; null before. */
  publishedAt: orNull(Timestamp),
  /** Whether questions that are alike are answered with the notice. */
  answers: Type.Boolean(),
};

/** Much the same was asked by more members than usual. */
export const Incident = Type.Object(summary);
export type Incident = Static<typeof Incident>;

/** `GET /panel/community/incidents`: those that are open, the latest first, then the latest that are over. */
export const Incidents = Type.Object({ incidents: Type.Array(Incident) });
export type Incidents = Static<typeof Incidents>;

export const IncidentReport = Type.Object({
  id: Type.Integer(),
  source: oneOf(REPORT_SOURCES),
  /** Null where they were erased. */
  member: orNull(Type.Object({ id: DiscordId, name: Type.String() })),
  /** What was asked, shortened; empty where it is not kept any more. */
  words: Type.String(),
  askedAt: Timestamp,
  /** Of a post: its address on Discord. */
  link: orNull(Type.String()),
  /** The case that it is, or has. */
  caseNumber: orNull(Type.Integer()),
  isNewAccount: Type.Boolean(),
  isTakenOut: Type.Boolean(),
  /** Where its member was told that it is over; null before. */
  toldIn: orNull(oneOf(['private', 'thread', 'nowhere'])),
});
export type IncidentReport = Static<typeof IncidentReport>;

export const IncidentDetail = Type.Object({
  ...summary,
  /** Goes up with every publication; a publication names the one that it was made on. */
  version: Type.Integer(),
  /** As it was last published; before that, as it is suggested. */
  notice: IncidentNotice,
  /** What is said once it is over, as it is suggested or was said. */
  over: IncidentNotice,
  publishedBy: orNull(Type.String()),
  /** Channels that a notice can be sent to, and whether it was: of announcements, and served text channels. */
  channels: Type.Array(
    Type.Object({
      id: DiscordId,
      /** Empty where it is not known. */
      name: Type.String(),
      isForAnnouncements: Type.Boolean(),
      wasSent: Type.Boolean(),
    }),
  ),
  /** The latest first. */
  reports: Type.Array(IncidentReport),
});
export type IncidentDetail = Static<typeof IncidentDetail>;

export const IncidentAction = Type.Union([
  /** Sends a notice to channels, and says it in the posts that belong to it, as it is asked for. */
  Type.Object({
    is: Type.Literal('publish'),
    version: Type.Integer({ minimum: 0 }),
    notice: IncidentNotice,
    channels: Type.Array(DiscordId, { maxItems: INCIDENT_LIMITS.channels, uniqueItems: true }),
    /** In each post that belongs to it, once. */
    posts: Type.Boolean(),
    /** Questions that are alike are answered with it, in private and in public, for as long as it is open. */
    answers: Type.Boolean(),
  }),
  /** It is over: its parent case is resolved, and every member is told once. */
  Type.Object({ is: Type.Literal('resolve'), over: IncidentNotice }),
  /** It is none: its parent case is closed, and nobody is told. */
  Type.Object({ is: Type.Literal('dismiss') }),
  /** Ids of questions that do not belong to it; their members are not told. Agents may do so, too. */
  Type.Object({
    is: Type.Literal('take-out'),
    reports: Type.Array(Type.Integer(), {
      minItems: 1,
      maxItems: INCIDENT_LIMITS.reports,
      uniqueItems: true,
    }),
  }),
]);
export type IncidentAction = Static<typeof IncidentAction>;
