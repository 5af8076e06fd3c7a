import type { ArticleCard } from '../messages/notices.ts';
import type { SecretKind } from './secrets.ts';

/** A post that was solved, as later ones are pointed to it. */
export interface PostLink {
  title: string;
  url: string;
  /** What solved it, where that may be shown. */
  extract?: string;
}

/** What the bot says in a public thread; an adapter puts it into words and cards. */
export type ForumCard =
  /** What is certain: articles, posts that were solved before, or both. `again`: what was shown before did not help. */
  | { is: 'answer'; articles: ArticleCard[]; posts: PostLink[]; again: boolean; mayAskTeam: boolean }
  /** Solved posts that are alike; none is certain to help. */
  | { is: 'similar'; posts: PostLink[]; mayAskTeam: boolean }
  /** There is nothing more; the question is asked for in other words, or the team is offered. */
  | { is: 'reword'; mayAskTeam: boolean }
  /** The team was asked, and answers here. */
  | { is: 'team' }
  /** Its author says thanks: whether this message of somebody's solved it. */
  | { is: 'ask-solved'; messageId: string; name: string }
  /** `name`: who is thanked for it; null where nobody is to be. */
  | { is: 'solved'; name: string | null }
  | { is: 'reopened' }
  /** Nobody has written for long; its author, who is mentioned, says whether it is still open. */
  | { is: 'reminder'; authorId: string; closesInMs: number | null; mayAskTeam: boolean }
  /** Nobody has answered, and it is closed. */
  | { is: 'closed' }
  /** It goes on in private. */
  | { is: 'private' }
  /** Many ask it: what is known of it, and, later, that it is over. */
  | { is: 'incident'; title: string; text: string; mayAskTeam: boolean }
  | { is: 'incident-over'; title: string; text: string }
  /** It is the same as another, which is read instead. */
  | { is: 'duplicate'; url: string };

/** What moderators are told, in their channel. */
export type ForumReport =
  | { is: 'flood'; channelId: string; posts: number }
  | { is: 'no-solved-tag'; channelId: string }
  | { is: 'incident'; caseNumber: number; title: string; members: number; withinMs: number }
  | { is: 'secret'; messageUrl: string; kinds: SecretKind[]; removed: boolean };
