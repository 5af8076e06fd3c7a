import type { Generated } from 'kysely';
import type { Fixed, Json, Millis } from './columns.ts';

/** `resolved`: everybody concerned is told; `dismissed`: it was none, or none that anybody is told of. */
export type IncidentState = 'open' | 'resolved' | 'dismissed';

/** Much the same was asked by more members than usual; its parent case is the case of the same number. */
export interface IncidentsTable {
  case_number: Fixed<number>;
  /** Follows the status of the parent case. */
  state: Generated<IncidentState>;
  /** Discord id of the member whose words the title of the parent case is made of; null where it is nobody's any more. */
  words_of: string | null;
  language: string;
  /** How many members asked within `within_ms` milliseconds when it was noticed, and how many do so usually. */
  members: Fixed<number>;
  usual: Fixed<number>;
  within_ms: Fixed<number>;
  /** Signature: what the questions have in common. */
  signature: Json;
  /** IncidentNotice: what is said while it lasts, as it was last published; null before. */
  notice: Json | null;
  /** IncidentNotice: what is said once it is over; null for the suggestion. */
  over: Json | null;
  /** 1 where questions that are alike are answered with the notice. */
  answers: Generated<number>;
  /** Goes up with every publication. */
  publications: Generated<number>;
  /** Array of channels in which it was published. */
  published_in: Generated<Json>;
  published_by: string | null;
  published_at: Millis | null;
  opened_at: Fixed<Millis>;
  changed_at: Millis;
  ended_at: Millis | null;
}

/** Where a question of an incident was asked: `ref` is a conversation's id, a thread's, or the number of a case. */
export type ReportSource = 'conversation' | 'post' | 'case';

/** A question that belongs to an incident. Its words stay where it was asked. */
export interface IncidentReportsTable {
  id: Generated<number>;
  incident: Fixed<number>;
  source: Fixed<ReportSource>;
  ref: Fixed<string>;
  /** Null where the member was erased. */
  member_id: string | null;
  /** 1 where the account of who asked was made a short time before. */
  is_new_account: number;
  asked_at: Fixed<Millis>;
  /** Who of the team took it out again, and when. */
  taken_out_by: string | null;
  taken_out_at: Millis | null;
  /** When its member was told that it is over, and where; they are told once. */
  told_at: Millis | null;
  told_in: 'private' | 'thread' | 'nowhere' | null;
}
