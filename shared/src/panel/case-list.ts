import { type Static, Type } from '@sinclair/typebox';
import { CasePriority, CaseStatus } from './case.ts';
import {
  CASE_LIMITS,
  CASE_PRIORITIES,
  CASE_SORTS,
  CASE_STATUSES,
  CASE_TYPES,
  MAX_BULK_CASES,
  MAX_CASE_SEARCH_LENGTH,
} from './case-constants.ts';
import { oneOf } from './literals.ts';
import { DiscordId } from './member.ts';

/** Several of these values, joined by commas: any of them fits. */
const anyOf = (...values: string[]) => {
  const one = `(${values.join('|')})`;
  return Type.Optional(Type.String({ pattern: `^${one}(,${one})*$` }));
};
/** Milliseconds may be left out; `from` is included, `to` is not. */
const Moment = Type.Optional(
  Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,3})?)?Z$' }),
);

const filters = {
  /**
   * Words that must all be in the case: its number, title, description, tags, comments, notes or the member's name. The
   * beginning of a word is enough; Japanese needs no spaces.
   */
  q: Type.Optional(Type.String({ maxLength: MAX_CASE_SEARCH_LENGTH })),
  memberId: Type.Optional(DiscordId),
  status: anyOf(...CASE_STATUSES),
  type: anyOf(...CASE_TYPES),
  priority: anyOf(...CASE_PRIORITIES),
  /** A Flex identity, or `none` for cases that nobody has. */
  assignee: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  tag: Type.Optional(Type.String({ minLength: 1, maxLength: CASE_LIMITS.tag })),
  createdFrom: Moment,
  createdTo: Moment,
  updatedFrom: Moment,
  updatedTo: Moment,
};

/** Filters of a list of cases, all of which must fit. */
export const CaseFilters = Type.Object(filters);
export type CaseFilters = Static<typeof CaseFilters>;

/** `GET /panel/cases`: newest first unless asked for otherwise, 50 a page. */
export const CaseListQuery = Type.Object({
  ...filters,
  sort: Type.Optional(oneOf(CASE_SORTS)),
  order: Type.Optional(Type.Union([Type.Literal('asc'), Type.Literal('desc')])),
  /** Of one list with the same filters, sort and order. */
  cursor: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}\\.[0-9]{1,12}$' })),
  /** 1 to 100. */
  limit: Type.Optional(Type.String({ pattern: '^([1-9][0-9]?|100)$' })),
});
export type CaseListQuery = Static<typeof CaseListQuery>;

/** How many cases there are; at most a second old. */
export const CaseTiles = Type.Object({
  all: Type.Integer(),
  open: Type.Integer(),
  elevated: Type.Integer(),
  waiting: Type.Integer(),
  resolved: Type.Integer(),
  closed: Type.Integer(),
  /** Of those that are neither resolved nor closed. */
  unassigned: Type.Integer(),
});
export type CaseTiles = Static<typeof CaseTiles>;

/** What is done to each case. Assigning and deleting are for supervisors. */
export const CaseBulkAction = Type.Union([
  Type.Object({ is: Type.Literal('transition'), to: CaseStatus }),
  Type.Object({ is: Type.Literal('priority'), priority: CasePriority }),
  Type.Object({
    is: Type.Literal('assign'),
    assignee: Type.Union([Type.String({ minLength: 1, maxLength: 200 }), Type.Null()]),
  }),
  Type.Object({
    is: Type.Literal('add-tag'),
    tag: Type.String({ minLength: 1, maxLength: CASE_LIMITS.tag }),
  }),
  Type.Object({
    is: Type.Literal('remove-tag'),
    tag: Type.String({ minLength: 1, maxLength: CASE_LIMITS.tag }),
  }),
  Type.Object({ is: Type.Literal('delete') }),
]);
export type CaseBulkAction = Static<typeof CaseBulkAction>;

/** Each case by itself: where one fails the others are done all the same. */
export const CaseBulk = Type.Object({
  ids: Type.Array(Type.String({ pattern: '^[1-9][0-9]{0,11}$' }), {
    minItems: 1,
    maxItems: MAX_BULK_CASES,
    uniqueItems: true,
  }),
  action: CaseBulkAction,
});
export type CaseBulk = Static<typeof CaseBulk>;

export const CaseBulkResult = Type.Object({
  /** In the order of the request. */
  results: Type.Array(
    Type.Object({
      id: Type.String(),
      /** Null where it was done; otherwise a sentence that says why not. */
      problem: Type.Union([Type.String(), Type.Null()]),
    }),
  ),
});
export type CaseBulkResult = Static<typeof CaseBulkResult>;
