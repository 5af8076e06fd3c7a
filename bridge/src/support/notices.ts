import type { CaseNotice } from '../cases/correspondence.ts';
import type { CommunityNotice } from '../community/notices.ts';
import type { RefusalReason } from '../relay/errors.ts';
import type { Barrier } from './barriers/barriers.ts';

/** An article as a member sees it. */
export interface ArticleCard {
  id: string;
  title: string;
  /** Two lines of plain text. */
  extract: string;
  url?: string;
}

/**
 * What the bridge itself says to a member; an adapter puts it into words and cards. With a `conversationId` the member
 * is asked how that conversation was.
 */
export type Notice =
  | { is: 'greeting'; name: string }
  | { is: 'ask-away' }
  | { is: 'articles'; sure: boolean; articles: ArticleCard[] }
  /** An answer written from articles, which `[1]`, `[2]` … in it stand for. */
  | { is: 'written'; text: string; articles: ArticleCard[] }
  /** Several articles compete: the member says which is meant. */
  | { is: 'which'; choices: { key: string; title: string }[] }
  | { is: 'no-answer' }
  /** What the virtual agent is and can do. */
  | { is: 'about' }
  | { is: 'welcome' }
  /** `ahead`: members of this bridge who have been waiting for longer. */
  | { is: 'transfer'; caseNumber: number; ahead: number }
  | { is: 'barred'; barrier: Barrier; caseNumber: number | null }
  /** The team does not serve this member. */
  | { is: 'blocked' }
  | { is: 'still-waiting'; caseNumber: number | null }
  | { is: 'joined'; name: string }
  | { is: 'left'; name: string }
  | { is: 'solved'; conversationId?: string }
  | { is: 'ended'; caseNumber: number | null; conversationId?: string }
  | { is: 'still-there' }
  | { is: 'closed-quiet'; caseNumber: number | null; conversationId?: string }
  | { is: 'cases'; cases: { number: number; title: string; status: string }[] }
  | { is: 'article'; article: ArticleCard }
  | CaseNotice
  | CommunityNotice
  | { is: 'undelivered'; reason: RefusalReason };
