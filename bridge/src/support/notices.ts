import type { CaseNotice } from '../cases/cases.ts';
import type { CommunityNotice } from '../community/notices.ts';
import type { RefusalReason } from '../relay/errors.ts';

/** An article as a member sees it. */
export interface ArticleCard {
  id: string;
  title: string;
  /** Two lines of plain text. */
  extract: string;
  url?: string;
}

/** What the bridge itself says to a member; an adapter puts it into words and cards. */
export type Notice =
  | { is: 'greeting'; name: string }
  | { is: 'ask-away' }
  | { is: 'articles'; sure: boolean; articles: ArticleCard[] }
  | { is: 'no-answer' }
  | { is: 'welcome' }
  | { is: 'transfer'; caseNumber: number }
  | { is: 'still-waiting'; caseNumber: number | null }
  | { is: 'joined'; name: string }
  | { is: 'left'; name: string }
  | { is: 'solved' }
  | { is: 'ended'; caseNumber: number | null }
  | { is: 'still-there' }
  | { is: 'closed-quiet'; caseNumber: number | null }
  | { is: 'cases'; cases: { number: number; title: string; status: string }[] }
  | { is: 'article'; article: ArticleCard }
  | CaseNotice
  | CommunityNotice
  | { is: 'undelivered'; reason: RefusalReason };
