import { type Static, Type } from '@sinclair/typebox';
import { ArticleContent, ArticleLanguage } from './library.ts';
import { Timestamp } from './member.ts';

/** A post in public that was solved and may become an article, without personal details. */
export const SolvedPost = Type.Object({
  threadId: Type.String(),
  title: Type.String(),
  question: Type.String(),
  /** The words that solved it. */
  answer: Type.String(),
  /** Who wrote them. */
  solverName: Type.String(),
  language: ArticleLanguage,
  /** On Discord. */
  url: Type.String(),
  solvedAt: Timestamp,
  /** An article to begin with. */
  draft: ArticleContent,
});
export type SolvedPost = Static<typeof SolvedPost>;

/** Those that nobody has decided on, newest first, at most 100. */
export const SolvedPosts = Type.Object({ posts: Type.Array(SolvedPost) });
export type SolvedPosts = Static<typeof SolvedPosts>;

/** `articleId`: of the article that was made of it; null where nobody wants one, and then it answers no posts either. */
export const SolvedPostDecision = Type.Object({
  articleId: Type.Union([Type.String({ minLength: 1, maxLength: 200 }), Type.Null()]),
});
export type SolvedPostDecision = Static<typeof SolvedPostDecision>;
