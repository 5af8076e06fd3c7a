import { type Static, Type } from '@sinclair/typebox';

/** Text in pieces, so that matched words can be marked without carrying HTML. */
export const HighlightedText = Type.Array(Type.Object({ text: Type.String(), matched: Type.Boolean() }));
export type HighlightedText = Static<typeof HighlightedText>;

export const ArticleMatch = Type.Object({
  id: Type.String(),
  title: HighlightedText,
  extract: HighlightedText,
  url: Type.Union([Type.String(), Type.Null()]),
  /** What *Insert* puts into the composer. */
  responseTemplate: Type.String(),
  score: Type.Number(),
});
export type ArticleMatch = Static<typeof ArticleMatch>;

export const ArticleMatches = Type.Object({
  /** The words that were looked for; for suggestions, what the member last asked, shortened. */
  query: Type.String(),
  matches: Type.Array(ArticleMatch),
});
export type ArticleMatches = Static<typeof ArticleMatches>;

export const Article = Type.Object({
  id: Type.String(),
  title: Type.String(),
  /** Plain text over several lines, made of the article's Markdown. */
  body: Type.String(),
  url: Type.Union([Type.String(), Type.Null()]),
});
export type Article = Static<typeof Article>;

/** A thumb on an article for a query, or, with `articleId` null, "no article fits". */
export const KnowledgeFeedback = Type.Object({
  query: Type.String({ maxLength: 2000 }),
  articleId: Type.Union([Type.String(), Type.Null()]),
  verdict: Type.Union([Type.Literal('up'), Type.Literal('down'), Type.Literal('none-fits')]),
  conversationSid: Type.Union([Type.String(), Type.Null()]),
});
export type KnowledgeFeedback = Static<typeof KnowledgeFeedback>;

/** Sends an article to the member as a card. */
export const SendArticle = Type.Object({ articleId: Type.String(), conversationSid: Type.String() });
export type SendArticle = Static<typeof SendArticle>;
