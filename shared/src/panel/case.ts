import { type Static, Type } from '@sinclair/typebox';
import { CASE_LIMITS, CASE_PRIORITIES, CASE_STATUSES, CASE_TYPES } from './case-constants.ts';
import { CASE_EVENT_KINDS } from './case-events.ts';
import { oneOf } from './literals.ts';
import { DiscordId, Timestamp } from './member.ts';
import { PanelProblem } from './problem.ts';

export { CASE_LIMITS };

export const CaseStatus = oneOf(CASE_STATUSES);
export type CaseStatus = Static<typeof CaseStatus>;

export const CaseType = oneOf(CASE_TYPES);
export type CaseType = Static<typeof CaseType>;

export const CasePriority = oneOf(CASE_PRIORITIES);
export type CasePriority = Static<typeof CasePriority>;

export const CaseSummary = Type.Object({
  id: Type.String(),
  /** What people call it: counts up from 1 and is never used again. */
  number: Type.Integer({ minimum: 1 }),
  title: Type.String(),
  type: CaseType,
  status: CaseStatus,
  priority: CasePriority,
  tags: Type.Array(Type.String()),
  memberId: DiscordId,
  memberName: Type.String(),
  /** Flex identity; null where nobody has taken it. */
  assigneeIdentity: Type.Union([Type.String(), Type.Null()]),
  assigneeName: Type.Union([Type.String(), Type.Null()]),
  /** Members who want it; one vote each. */
  votes: Type.Integer({ minimum: 0 }),
  rating: Type.Union([Type.Integer({ minimum: 1, maximum: 5 }), Type.Null()]),
  /** The number of the case that this one is a duplicate of; such a case is closed and cannot be changed. */
  mergedInto: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()]),
  createdAt: Timestamp,
  updatedAt: Timestamp,
  /**
   * Since when the member waits for the team: since the case was opened, or since the first of their words, on the case or
   * in its open conversation, that nobody has answered; null where all are answered, or the case is finished.
   */
  waitingSince: Type.Union([Timestamp, Type.Null()]),
});
export type CaseSummary = Static<typeof CaseSummary>;

/** A page of cases; `nextCursor` is given back for the next one, with the same filters, and null at the end. */
export const CaseList = Type.Object({
  cases: Type.Array(CaseSummary),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
});
export type CaseList = Static<typeof CaseList>;

export const CaseEventKind = oneOf(CASE_EVENT_KINDS);
export type CaseEventKind = Static<typeof CaseEventKind>;

export const CaseEvent = Type.Object({
  id: Type.String(),
  at: Timestamp,
  actorName: Type.String(),
  kind: CaseEventKind,
  /** The words of a comment or note, otherwise what changed. */
  text: Type.String(),
});
export type CaseEvent = Static<typeof CaseEvent>;

/** A Discord message that belongs to a case, as it read when it was linked. */
export const LinkedMessage = Type.Object({
  /** Opens the message in Discord. */
  url: Type.String(),
  authorName: Type.String(),
  quote: Type.String(),
});
export type LinkedMessage = Static<typeof LinkedMessage>;

export const CaseDetail = Type.Composite([
  CaseSummary,
  Type.Object({
    description: Type.String(),
    /** The operator's own fields, by key; each as text in the form of its type, see CaseFieldDefinition. */
    fields: Type.Record(Type.String(), Type.String()),
    conversationSids: Type.Array(Type.String()),
    messages: Type.Array(LinkedMessage),
    /** Members who follow it, beside the one whose case it is. */
    followers: Type.Integer({ minimum: 0 }),
    /** Numbers of the cases that were merged into this one. */
    duplicates: Type.Array(Type.Integer({ minimum: 1 })),
    ratingComment: Type.Union([Type.String(), Type.Null()]),
    firstResponseAt: Type.Union([Timestamp, Type.Null()]),
    /** When it was last resolved or closed; null while it is worked on. */
    resolvedAt: Type.Union([Timestamp, Type.Null()]),
    timeline: Type.Array(CaseEvent),
    /** Goes up by one with every change; a change names the version it was made on. */
    version: Type.Integer({ minimum: 1 }),
  }),
]);
export type CaseDetail = Static<typeof CaseDetail>;

/** One line of plain text, without Discord mentions and links in brackets. */
const CaseTitle = Type.String({ minLength: 1, maxLength: CASE_LIMITS.title });
const CaseDescription = Type.String({ maxLength: CASE_LIMITS.description });
const CaseTag = Type.String({ minLength: 1, maxLength: CASE_LIMITS.tag });
const CaseTags = Type.Array(CaseTag, { maxItems: CASE_LIMITS.tags });
const CaseFieldValues = Type.Record(Type.String(), Type.String({ maxLength: CASE_LIMITS.field }));

export const NewCase = Type.Object({
  memberId: DiscordId,
  title: CaseTitle,
  description: CaseDescription,
  type: CaseType,
  priority: CasePriority,
  tags: CaseTags,
  fields: CaseFieldValues,
  /** With *Use current task* ticked: the conversation and the task the case comes from. */
  source: Type.Union([Type.Object({ conversationSid: Type.String(), taskSid: Type.String() }), Type.Null()]),
});
export type NewCase = Static<typeof NewCase>;

/** What a new case is filled with from the conversation of the current task. */
export const CasePrefill = Type.Pick(NewCase, ['title', 'description', 'type', 'priority', 'tags', 'fields']);
export type CasePrefill = Static<typeof CasePrefill>;

export const CaseDuplicates = Type.Object({
  duplicates: Type.Array(Type.Object({ case: CaseSummary, score: Type.Number({ minimum: 0, maximum: 1 }) })),
});
export type CaseDuplicates = Static<typeof CaseDuplicates>;

/** A public comment reaches the member on Discord; an internal one stays in the team. */
export const NewCaseComment = Type.Object({
  text: Type.String({ minLength: 1, maxLength: CASE_LIMITS.comment }),
  visibility: Type.Union([Type.Literal('public'), Type.Literal('internal')]),
  version: Type.Integer({ minimum: 1 }),
});
export type NewCaseComment = Static<typeof NewCaseComment>;

/** The answer, with 409, to a change whose `version` is not the present one: code `conflict`, and the present case. */
export const CaseConflict = Type.Composite([PanelProblem, Type.Object({ case: CaseDetail })]);
export type CaseConflict = Static<typeof CaseConflict>;

export const CaseTransition = Type.Object({
  to: CaseStatus,
  version: Type.Integer({ minimum: 1 }),
});
export type CaseTransition = Static<typeof CaseTransition>;

export const CaseCheckIn = Type.Object({ version: Type.Integer({ minimum: 1 }) });
export type CaseCheckIn = Static<typeof CaseCheckIn>;

/** For what needs no more than the version: an unmerge, a deletion. */
export const CaseVersion = Type.Object({ version: Type.Integer({ minimum: 1 }) });
export type CaseVersion = Static<typeof CaseVersion>;

/**
 * Changes any of these; what is absent stays, and so do fields that are not named. An empty text removes a field. Fails
 * as a whole. `assignee` null takes the case from whoever has it; agents may only take a case that nobody has, or give
 * their own back, supervisors may assign any.
 */
export const CaseEdit = Type.Object({
  version: Type.Integer({ minimum: 1 }),
  title: Type.Optional(CaseTitle),
  description: Type.Optional(CaseDescription),
  type: Type.Optional(CaseType),
  priority: Type.Optional(CasePriority),
  tags: Type.Optional(CaseTags),
  fields: Type.Optional(CaseFieldValues),
  assignee: Type.Optional(Type.Union([Type.String({ minLength: 1, maxLength: 200 }), Type.Null()])),
});
export type CaseEdit = Static<typeof CaseEdit>;

/** Closes this case as a duplicate of `into`; its followers and votes count there too until it is unmerged. */
export const CaseMerge = Type.Object({
  into: Type.Integer({ minimum: 1 }),
  version: Type.Integer({ minimum: 1 }),
});
export type CaseMerge = Static<typeof CaseMerge>;

/** Links a conversation of the same member. */
export const CaseConversation = Type.Object({
  conversationSid: Type.String({ maxLength: 64 }),
  version: Type.Integer({ minimum: 1 }),
});
export type CaseConversation = Static<typeof CaseConversation>;
