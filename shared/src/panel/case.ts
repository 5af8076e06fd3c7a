import { type Static, Type } from '@sinclair/typebox';
import { DiscordId, Timestamp } from './member.ts';
import { PanelProblem } from './problem.ts';

export const CaseStatus = Type.Union([
  Type.Literal('open'),
  Type.Literal('elevated'),
  Type.Literal('waiting'),
  Type.Literal('resolved'),
  Type.Literal('closed'),
]);
export type CaseStatus = Static<typeof CaseStatus>;

export const CaseType = Type.Union([Type.Literal('support'), Type.Literal('bug'), Type.Literal('feature')]);
export type CaseType = Static<typeof CaseType>;

export const CasePriority = Type.Union([Type.Literal('low'), Type.Literal('normal'), Type.Literal('high')]);
export type CasePriority = Static<typeof CasePriority>;

export const CaseSummary = Type.Object({
  id: Type.String(),
  /** What people call it: counts up from 1. */
  number: Type.Integer({ minimum: 1 }),
  title: Type.String(),
  type: CaseType,
  status: CaseStatus,
  priority: CasePriority,
  assigneeName: Type.Union([Type.String(), Type.Null()]),
  updatedAt: Timestamp,
});
export type CaseSummary = Static<typeof CaseSummary>;

export const CaseList = Type.Object({
  cases: Type.Array(CaseSummary),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
});
export type CaseList = Static<typeof CaseList>;

export const CaseEvent = Type.Object({
  id: Type.String(),
  at: Timestamp,
  actorName: Type.String(),
  kind: Type.Union([
    Type.Literal('created'),
    Type.Literal('status'),
    Type.Literal('assigned'),
    Type.Literal('comment'),
    Type.Literal('note'),
    Type.Literal('conversation'),
    Type.Literal('check-in'),
    Type.Literal('rating'),
  ]),
  /** The words of a comment or note, otherwise what changed. */
  text: Type.String(),
});
export type CaseEvent = Static<typeof CaseEvent>;

export const CaseDetail = Type.Composite([
  CaseSummary,
  Type.Object({
    memberId: DiscordId,
    description: Type.String(),
    tags: Type.Array(Type.String()),
    /** The operator's own fields, by key. */
    fields: Type.Record(Type.String(), Type.String()),
    conversationSids: Type.Array(Type.String()),
    timeline: Type.Array(CaseEvent),
    /** Goes up by one with every change; a change names the version it was made on. */
    version: Type.Integer({ minimum: 1 }),
    createdAt: Timestamp,
  }),
]);
export type CaseDetail = Static<typeof CaseDetail>;

export const NewCase = Type.Object({
  memberId: DiscordId,
  title: Type.String({ minLength: 1, maxLength: 200 }),
  description: Type.String({ maxLength: 8000 }),
  type: CaseType,
  priority: CasePriority,
  tags: Type.Array(Type.String({ minLength: 1, maxLength: 50 }), { maxItems: 20 }),
  fields: Type.Record(Type.String(), Type.String({ maxLength: 2000 })),
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
  text: Type.String({ minLength: 1, maxLength: 4000 }),
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
