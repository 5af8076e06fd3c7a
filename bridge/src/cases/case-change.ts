import type { CaseDetail, CaseEventKind, CaseStatus } from '@flexcord/shared/panel/case';
import type { Result } from '@flexcord/shared/result';
import type { Updateable } from 'kysely';
import type { Tx } from '../store/open.ts';
import type { CasesTable } from '../store/schema.ts';
import type { Invalid } from './rules.ts';
import type { CaseRow } from './view.ts';

/** Who changes a case: an agent has an identity, a member a member id, the bridge itself neither. */
export interface Actor {
  identity: string | null;
  name: string;
  memberId?: string;
  /** False for an agent who may only take a case that nobody has, or give their own back. */
  mayAssign?: boolean;
}

export const BRIDGE_ACTOR: Actor = { identity: null, name: 'Flexcord' };

/** Why a change was not made. */
export type CaseRefusal =
  /** No such case, or one that is not this member's. */
  | { is: 'missing' }
  /** It was made on another version than the present one. */
  | { is: 'conflict'; case: CaseDetail }
  /** The actor may not assign cases to others. */
  | { is: 'may-not-assign' }
  /** It makes no sense in this status. */
  | { is: 'illegal'; from: CaseStatus }
  /** It is a duplicate; the other case is to be changed instead. */
  | { is: 'merged'; into: number }
  /** Other cases were merged into it, which must be unmerged first. */
  | { is: 'has-duplicates'; duplicates: number[] }
  /** It cannot be a duplicate of this one: itself, gone, or a duplicate too. */
  | { is: 'bad-target' }
  | { is: 'not-merged' }
  | Invalid;

/** What became of a change: the case after it, or why it was not made. */
export type CaseResult = Result<{ case: CaseDetail }, CaseRefusal>;

/** A change as listeners get it, with the row before and after. */
export interface CaseChange {
  /** `votes`: nothing but the number of votes. */
  kind: CaseEventKind | 'votes';
  /** Null for a new case. */
  before: CaseRow | null;
  after: CaseRow;
  /** The words of a comment or note, otherwise what changed. */
  text: string;
  actor: Actor;
  /** Id of its timeline entry, which identifies the change for ever; null for votes. */
  eventId: number | null;
}

/**
 * Called for every change, in its transaction and in order, so that what it writes is committed or rolled back with the
 * change. It must do nothing but use the store: a transaction that is retried calls it again.
 */
export type CaseListener = (tx: Tx, change: CaseChange) => Promise<void>;

/** What is changed, and the entry of the timeline that says so. */
export interface TimelineEntry {
  kind: CaseEventKind;
  text: string;
  fields?: Updateable<CasesTable>;
}

/** What is to be done with a locked case: an entry to write, nothing, or a refusal. */
export type Decision = { is: 'write'; entry: TimelineEntry } | { is: 'unchanged' } | CaseRefusal;

export const illegal = ({ status }: Pick<CaseRow, 'status'>): CaseRefusal => ({
  is: 'illegal',
  from: status,
});

export const write = (entry: TimelineEntry): Decision => ({ is: 'write', entry });
