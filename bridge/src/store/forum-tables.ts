import type { Generated } from 'kysely';
import type { Fixed, Json, Millis } from './columns.ts';

/** How far the forum desk is with a post. */
export interface ForumPostsTable {
  /** Discord channel id of the thread. */
  thread_id: Fixed<string>;
  /** Array of what was shown: `article:<id>` and `post:<thread id>`, in order. */
  offers: Generated<Json>;
  /** What was said last; null where nothing was. */
  said: 'answer' | 'similar' | 'reword' | 'team' | null;
  /** How often what was shown did not help. */
  noes: Generated<number>;
  /** Of the title and the question that were looked at, so that another question is told from a corrected one. */
  question_digest: Generated<string>;
  /** 1 once it was looked at again because its question became another. */
  looked_again: Generated<number>;
  /** 1 where it was one of many at once: nothing but its author brings it to the team. */
  in_flood: Generated<number>;
  /** 1 once its author was asked whether somebody's answer solved it. */
  asked_whether_solved: Generated<number>;
  /** The bot's latest answer. */
  answer_message_id: string | null;
  /** The latest message of somebody other than its author. */
  latest_answer_id: string | null;
  /** When something was last shown. */
  shown_at: Millis | null;
  /** When somebody last wrote. */
  spoke_at: Millis;
  /** When its author was asked whether it is still open, since somebody last wrote. */
  reminded_at: Millis | null;
  /** When somebody was last told in the thread that their words hold what others should not read. */
  warned_at: Millis | null;
  /** When it was last brought to the team. */
  escalated_at: Millis | null;
}

/** A solved post: what may become an article, and what later posts may be answered with. Personal details are left out. */
export interface SolvedPostsTable {
  thread_id: Fixed<string>;
  guild_id: Fixed<string>;
  channel_id: Fixed<string>;
  /** Discord ids of who asked and who answered; null where they were erased, or it was an agent. */
  author_id: string | null;
  solver_id: string | null;
  solver_name: Generated<string>;
  title: string;
  question: Generated<string>;
  answer: string;
  /** Discord id of the message that has the answer. */
  answer_id: string | null;
  language: string;
  /** `marked`: here; `adopted`: before the channel was served. */
  how: 'marked' | 'adopted';
  /** `gone`: it holds no words any longer, and is no candidate. */
  status: Generated<'new' | 'taken' | 'dismissed' | 'gone'>;
  /** The article that was made of it. */
  article_id: string | null;
  /** Of `knowledge_state`, when it was last changed. */
  revision: number;
  solved_at: Millis;
  changed_at: Millis;
}

/** A forum whose past is learned from. */
export interface ForumAdoptionsTable {
  channel_id: Fixed<string>;
  /** Threads that were archived before this (RFC 3339) are still to be looked at; null: all. */
  before: string | null;
  /** How many archived threads were looked at, and of how many something was learned. */
  looked_at: Generated<number>;
  learned: Generated<number>;
  began_at: Millis;
  ended_at: Millis | null;
}

/** A channel in which more was posted at once than people do; one row, for the latest time. */
export interface ForumFloodsTable {
  channel_id: Fixed<string>;
  began_at: Millis;
  latest_at: Millis;
}
