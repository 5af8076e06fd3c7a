import type { RefusalReason } from '../relay/errors.ts';

/** An article as a member sees it. */
export interface ArticleCard {
  id: string;
  title: string;
  /** Two lines of plain text. */
  extract: string;
  /** A longer part as Markdown; cards of earlier versions have none. */
  markdown?: string;
  /** The article says more than `markdown`. */
  isPart?: boolean;
  url?: string;
  /** The article's (BCP 47), where the question was in another one. */
  language?: string;
}

/** Why a member who asks for a person gets none now. `until`: milliseconds since the epoch; null when nobody knows. */
export type Barrier =
  /** Outside business hours; a case is opened so that nothing is forgotten. */
  | { is: 'closed-hours'; until: number | null }
  /** They had a person a moment ago. */
  | { is: 'cooldown'; until: number }
  /** Their Discord account is younger than the operator allows. */
  | { is: 'too-new'; until: number };

/** What a member is told of a case. */
export type CaseNotice =
  | { is: 'case-comment'; caseNumber: number; title: string; author: string; text: string }
  | { is: 'case-check-in'; caseNumber: number; title: string };

/** What a member or follower is told of a case that went on. */
export type CommunityNotice =
  | { is: 'case-moved'; caseNumber: number; title: string; status: 'elevated' | 'waiting' | 'resolved' }
  | { is: 'followed-case-moved'; caseNumber: number; title: string; status: 'elevated' | 'resolved' };

/**
 * What the bridge itself says to a member; an adapter puts it into words and cards. At the end of a conversation its
 * `conversationId` asks the member how it was, before that it brings the button that ends the waiting or the talk.
 */
export type Notice =
  | { is: 'greeting'; name: string }
  | { is: 'ask-away' }
  /** `again`: what was shown before did not help. */
  | { is: 'articles'; sure: boolean; again?: boolean; articles: ArticleCard[] }
  /** An answer written from articles, which `[1]`, `[2]` … in it stand for. */
  | { is: 'written'; text: string; articles: ArticleCard[] }
  /** Several articles compete: the member says which is meant. */
  | { is: 'which'; choices: { key: string; title: string }[] }
  | { is: 'no-answer' }
  /** Nothing more fits the words of a question whose answer did not help; they are asked for once more. */
  | { is: 'reword'; sorry: boolean }
  /** Nor did that help. */
  | { is: 'offer-person' }
  /** What the virtual agent is and can do. */
  | { is: 'about' }
  | { is: 'welcome' }
  /** `ahead`: members of this bridge who have been waiting for longer. */
  | { is: 'transfer'; caseNumber: number; ahead: number; conversationId?: string }
  | { is: 'barred'; barrier: Barrier; caseNumber: number | null }
  /** The team does not serve this member. */
  | { is: 'blocked' }
  | { is: 'still-waiting'; caseNumber: number | null; conversationId?: string }
  | { is: 'joined'; name: string; conversationId?: string }
  | { is: 'left'; name: string }
  | { is: 'solved'; conversationId?: string }
  | { is: 'ended'; caseNumber: number | null; conversationId?: string }
  | { is: 'still-there'; conversationId?: string }
  /** They pressed that they are. */
  | { is: 'take-your-time' }
  /** They wait no longer; `caseClosed`: and said that the matter is over. */
  | { is: 'left-queue'; caseNumber: number | null; caseClosed: boolean }
  /** Somebody of the team reads along already. */
  | { is: 'in-chat'; conversationId: string }
  /** Their words may mean that they need not wait, or want the chat to end: a button says so for certain. */
  | { is: 'offer-to-leave'; conversationId: string }
  | { is: 'offer-to-end'; conversationId: string }
  /** A button of a chat that is over. */
  | { is: 'chat-over' }
  | { is: 'never-mind' }
  | { is: 'closed-quiet'; caseNumber: number | null; conversationId?: string }
  | { is: 'cases'; cases: { number: number; title: string; status: string }[] }
  /** `by`: the name of the agent who sends it; earlier versions did not say. */
  | { is: 'article'; article: ArticleCard; by?: string }
  /** In public: somebody of the team answers. */
  | { is: 'team-answer'; by: string; text: string }
  /** A question that many ask: what is known of it, in the reader's language. */
  | { is: 'incident'; title: string; text: string }
  | { is: 'incident-over'; title: string; text: string }
  | CaseNotice
  | CommunityNotice
  | { is: 'undelivered'; reason: RefusalReason }
  /** What could not be delivered was discarded by an administrator. */
  | { is: 'discarded' }
  /** A message is not there yet, and tried again. */
  | { is: 'delayed' };
