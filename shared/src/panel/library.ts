import { type Static, Type } from '@sinclair/typebox';
import { HighlightedText } from './knowledge.ts';
import {
  ARTICLE_LIMITS,
  ARTICLE_STATUSES,
  IMPORT_FIELDS,
  MAX_IMPORT_COLUMNS_LENGTH,
  MAX_LIBRARY_SEARCH_LENGTH,
  MAX_TRIAL_QUESTION_LENGTH,
  PLACEHOLDERS,
  type Placeholder,
} from './library-constants.ts';
import { oneOf } from './literals.ts';
import { Timestamp } from './member.ts';
import { PanelProblem } from './problem.ts';

export { PLACEHOLDERS, type Placeholder };

/**
 * The articles as supervisors keep them. Everybody who may use the panel may read them; what changes anything wants the
 * role `supervisor` or `admin` (403 otherwise).
 */

/** The language of an article: a BCP 47 tag. It is kept in its shortest form: `en-US` as `en`. */
export const ArticleLanguage = Type.String({
  minLength: 2,
  maxLength: 35,
  pattern: '^[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*$',
  description: 'a BCP 47 language tag, such as en or pt-BR',
});
export type ArticleLanguage = Static<typeof ArticleLanguage>;

export const ArticleStatus = oneOf(ARTICLE_STATUSES, { description: 'draft or published' });
export type ArticleStatus = Static<typeof ArticleStatus>;

const Day = Type.String({
  pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$',
  description: 'a day, such as 2026-03-01',
});

/** What people write. Spaces around texts, line breaks in one-line fields and repeated entries are taken out. */
export const ArticleContent = Type.Object({
  title: Type.String({ minLength: 1, maxLength: ARTICLE_LIMITS.title }),
  /** As members ask. */
  questions: Type.Array(Type.String({ minLength: 1, maxLength: ARTICLE_LIMITS.question }), {
    maxItems: ARTICLE_LIMITS.questions,
  }),
  /** Markdown. May be empty for a draft, and where there is a link. */
  text: Type.String({
    maxLength: ARTICLE_LIMITS.text,
    description: `at most ${ARTICLE_LIMITS.text.toLocaleString('en')} characters`,
  }),
  url: Type.Union([
    Type.String({ pattern: '^https?://\\S+$', maxLength: ARTICLE_LIMITS.url, description: 'a web address' }),
    Type.Null(),
  ]),
  language: ArticleLanguage,
  labels: Type.Array(
    Type.String({
      minLength: 1,
      maxLength: ARTICLE_LIMITS.label,
      pattern: '^[^,\\r\\n]+$',
      description: '1 to 100 characters without a comma',
    }),
    { maxItems: ARTICLE_LIMITS.labels },
  ),
  /** What *Insert* puts into an agent's composer; null takes the text. See `PLACEHOLDERS`. */
  responseTemplate: Type.Union([
    Type.String({ minLength: 1, maxLength: ARTICLE_LIMITS.responseTemplate }),
    Type.Null(),
  ]),
  /** Flex identity, or the name, of who answers for it. Where this and `reviewOn` are absent, they stay as they are. */
  owner: Type.Optional(
    Type.Union([Type.String({ minLength: 1, maxLength: ARTICLE_LIMITS.owner }), Type.Null()]),
  ),
  /** The day from which on it is due for a look. */
  reviewOn: Type.Optional(Type.Union([Day, Type.Null()])),
});
export type ArticleContent = Static<typeof ArticleContent>;

export const LibraryEntry = Type.Object({
  id: Type.String(),
  title: Type.String(),
  language: ArticleLanguage,
  labels: Type.Array(Type.String()),
  status: ArticleStatus,
  /** How many sample questions it has. */
  questionCount: Type.Integer(),
  /** Where it comes from: `panel`, `sample`, `markdown`, `spreadsheet`, `zendesk`, `intercom`, or the host of a site. */
  source: Type.String(),
  /** Goes up by one with every change; a change names the version it was made on. */
  version: Type.Integer({ minimum: 1 }),
  changedAt: Timestamp,
  changedBy: Type.String(),
  deleted: Type.Boolean(),
  /** As `ArticleContent` has them. */
  owner: Type.Union([Type.String(), Type.Null()]),
  reviewOn: Type.Union([Type.String(), Type.Null()]),
});
export type LibraryEntry = Static<typeof LibraryEntry>;

/** One page of what fits, and of all articles that are not deleted how many there are of each kind. */
export const LibraryPage = Type.Object({
  articles: Type.Array(LibraryEntry),
  /** Articles that fit, on all pages. */
  total: Type.Integer(),
  page: Type.Integer({ minimum: 1 }),
  pageSize: Type.Integer(),
});
export type LibraryPage = Static<typeof LibraryPage>;

/** The query of `GET library`. */
export const LibraryQuery = Type.Object({
  /** Words that stand in the title, the questions, the text or the id. */
  q: Type.Optional(Type.String({ maxLength: MAX_LIBRARY_SEARCH_LENGTH })),
  status: Type.Optional(ArticleStatus),
  language: Type.Optional(ArticleLanguage),
  label: Type.Optional(Type.String({ maxLength: ARTICLE_LIMITS.label })),
  source: Type.Optional(Type.String({ maxLength: 300 })),
  /** Only those of this owner. */
  owner: Type.Optional(Type.String({ maxLength: ARTICLE_LIMITS.owner })),
  /** `due`: only those whose day of review has come (UTC). */
  review: Type.Optional(Type.Literal('due')),
  /** `true`: only those that were deleted. */
  deleted: Type.Optional(Type.Union([Type.Literal('true'), Type.Literal('false')])),
  sort: Type.Optional(Type.Union([Type.Literal('changed'), Type.Literal('title')])),
  page: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,4}$' })),
});
export type LibraryQuery = Static<typeof LibraryQuery>;

/** How many articles there are by what they can be filtered with; those that were deleted are only in `deleted`. */
export const LibraryCounts = Type.Object({
  published: Type.Integer(),
  draft: Type.Integer(),
  deleted: Type.Integer(),
  languages: Type.Record(Type.String(), Type.Integer()),
  labels: Type.Record(Type.String(), Type.Integer()),
  sources: Type.Record(Type.String(), Type.Integer()),
  /** Questions without an answer, as `Gaps` has them. */
  gaps: Type.Integer(),
  /** Articles whose day of review has come, and those of them that are the caller's. */
  reviewDue: Type.Integer(),
  reviewDueOwn: Type.Integer(),
  owners: Type.Record(Type.String(), Type.Integer()),
});
export type LibraryCounts = Static<typeof LibraryCounts>;

export const LibraryArticle = Type.Composite([
  LibraryEntry,
  Type.Object({
    content: ArticleContent,
    sourceId: Type.Union([Type.String(), Type.Null()]),
    createdAt: Timestamp,
  }),
]);
export type LibraryArticle = Static<typeof LibraryArticle>;

/** Makes an article. `gapIds`: the questions of gaps that it answers; they are no gaps any more. */
export const NewArticle = Type.Object({
  content: ArticleContent,
  status: ArticleStatus,
  gapIds: Type.Optional(Type.Array(Type.Integer(), { maxItems: 2000 })),
});
export type NewArticle = Static<typeof NewArticle>;

export const ArticleEdit = Type.Object({ content: ArticleContent, version: Type.Integer({ minimum: 1 }) });
export type ArticleEdit = Static<typeof ArticleEdit>;

/** Publishes or unpublishes; 422 for an article without text and link. */
export const ArticlePublication = Type.Object({
  status: ArticleStatus,
  version: Type.Integer({ minimum: 1 }),
});
export type ArticlePublication = Static<typeof ArticlePublication>;

/** Deletes an article or brings it back. What was deleted is kept, unpublished. */
export const ArticleDeletion = Type.Object({
  deleted: Type.Boolean(),
  version: Type.Integer({ minimum: 1 }),
});
export type ArticleDeletion = Static<typeof ArticleDeletion>;

/** The answer, with 409, to a change whose `version` is not the present one. */
export const ArticleConflict = Type.Composite([PanelProblem, Type.Object({ article: LibraryArticle })]);
export type ArticleConflict = Static<typeof ArticleConflict>;

/** Every version in which the content changed, newest first, the present one included. */
export const ArticleVersions = Type.Object({
  versions: Type.Array(
    Type.Object({
      version: Type.Integer(),
      at: Timestamp,
      by: Type.String(),
      content: ArticleContent,
    }),
  ),
});
export type ArticleVersions = Static<typeof ArticleVersions>;

/** Makes the content of `from` the content again, as a version of its own. */
export const ArticleRollback = Type.Object({
  from: Type.Integer({ minimum: 1 }),
  version: Type.Integer({ minimum: 1 }),
});
export type ArticleRollback = Static<typeof ArticleRollback>;

/** Nothing is saved: what an agent would insert for the made-up member Ada. */
export const ArticlePreviewRequest = Type.Object({ content: ArticleContent });
export const ArticlePreview = Type.Object({
  response: Type.String(),
  /** What a member sees where the virtual agent answers with it: Discord's Markdown, and the labels of the buttons. */
  card: Type.Object({
    title: Type.String(),
    words: Type.String(),
    url: Type.Union([Type.String(), Type.Null()]),
    /** In the language of the article, or in English. */
    buttons: Type.Array(Type.String()),
  }),
  /** Placeholders that do not exist, as they are written. */
  unknown: Type.Array(Type.String()),
});
export type ArticlePreview = Static<typeof ArticlePreview>;

/** A question, asked of the published articles with this one among them. Nothing is saved. */
export const ArticleTrialRequest = Type.Object({
  question: Type.String({ minLength: 1, maxLength: MAX_TRIAL_QUESTION_LENGTH }),
  /** As it is being edited. */
  content: ArticleContent,
  /** Of the article, when it is saved already. */
  articleId: Type.Union([Type.String({ maxLength: 200 }), Type.Null()]),
});
export type ArticleTrialRequest = Static<typeof ArticleTrialRequest>;

export const ArticleTrial = Type.Object({
  /** From 1; null where it is not among the first fifty. */
  rank: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()]),
  /** What a member would get: articles as answer, articles with a doubt, or no article. */
  kind: Type.Union([Type.Literal('answer'), Type.Literal('unsure'), Type.Literal('none')]),
  /** Whether this article is among the (at most three) that a member would get. */
  shown: Type.Boolean(),
  /** The first five; `own` is this article. `score` is the chance that it is what was asked for, from 0 to 1. */
  best: Type.Array(
    Type.Object({ id: Type.String(), title: HighlightedText, score: Type.Number(), own: Type.Boolean() }),
  ),
});
export type ArticleTrial = Static<typeof ArticleTrial>;

/** One place of an import: `where` names the file and, if it has any, the row. */
const ImportNote = Type.Object({ where: Type.String(), reason: Type.String() });

const YesOrNo = Type.Union([Type.Literal('true'), Type.Literal('false')]);

/** What a column of a table, or a field of front matter, can become. */
export const ImportField = oneOf(IMPORT_FIELDS, { description: 'a field of an article' });
export type ImportField = Static<typeof ImportField>;

/** The query of `POST libraryImport`; the body is the file itself (CSV or XLSX, at most 10 MB). */
export const ImportQuery = Type.Object({
  /** Of the file; its ending says what it is. */
  name: Type.String({ minLength: 5, maxLength: 300 }),
  /** `true`: says what would be done, and does nothing. */
  dryRun: YesOrNo,
  /** For rows that do not say. */
  language: Type.Optional(ArticleLanguage),
  /** Of every row, whatever it says. */
  status: Type.Optional(ArticleStatus),
  /**
   * Which columns become which fields, where the guess (`ImportReport.columns`) is wrong: an object in JSON from the name of
   * a column to an `ImportField`, or to null for a column that is left out, such as `{"Frage":"title","Notiz":null}`.
   * Columns may also be named by their numbers, from 1, which a table without headings needs.
   */
  columns: Type.Optional(Type.String({ maxLength: MAX_IMPORT_COLUMNS_LENGTH })),
  /** `true`: articles that are no longer in this file are unpublished; otherwise they are only named. */
  withdrawGone: Type.Optional(YesOrNo),
});
/** `ImportQuery.columns`, parsed. */
export const ImportMapping = Type.Record(Type.String(), Type.Union([ImportField, Type.Null()]));
export type ImportMapping = Static<typeof ImportMapping>;

export const ImportReport = Type.Object({
  dryRun: Type.Boolean(),
  created: Type.Integer(),
  updated: Type.Integer(),
  unchanged: Type.Integer(),
  /** Left out on purpose. */
  skipped: Type.Array(ImportNote),
  /** Cannot be used as it is. The rest was imported. */
  broken: Type.Array(ImportNote),
  /** Unpublished here, because their source withdrew them, or has them no more and `withdrawGone` is asked for. */
  withdrawn: Type.Array(ImportNote),
  /** Published here, and no longer at their source: somebody has to decide. `where` names the article. */
  gone: Type.Array(ImportNote),
  /** What its source has changed or withdrawn, and a person has to decide; only of sources that are read again and again. */
  proposed: Type.Array(ImportNote),
  /** What a table or front matter has, and what becomes of it. Empty where the source has no columns of its own. */
  columns: Type.Array(
    Type.Object({
      /** As it is written there. */
      name: Type.String(),
      /** Null where it is left out. */
      field: Type.Union([ImportField, Type.Null()]),
      /** A value of it, shortened. */
      example: Type.String(),
    }),
  ),
  /** The first articles, at most 50, that are made or changed; with `dryRun`, that would be. */
  changes: Type.Array(
    Type.Object({
      is: Type.Union([Type.Literal('created'), Type.Literal('updated')]),
      id: Type.String(),
      title: Type.String(),
      language: ArticleLanguage,
      status: ArticleStatus,
      where: Type.String(),
    }),
  ),
});
export type ImportReport = Static<typeof ImportReport>;

/** A question that no article answered, in all its wordings. */
export const LibraryGap = Type.Object({
  /** As it was last asked. */
  question: Type.String(),
  language: ArticleLanguage,
  times: Type.Integer(),
  /** By how many members that are known. */
  members: Type.Integer(),
  firstAt: Timestamp,
  lastAt: Timestamp,
  /** Of every asking; what `GapDismissal` and `NewArticle` take. */
  ids: Type.Array(Type.Integer()),
  questions: Type.Array(Type.String()),
  sources: Type.Array(Type.Union([Type.Literal('virtual-agent'), Type.Literal('agent')])),
  /** An article to begin with; send it as a NewArticle with `ids`. */
  draft: ArticleContent,
});
export type LibraryGap = Static<typeof LibraryGap>;

/** Asked most often first, at most 200. */
export const LibraryGaps = Type.Object({ gaps: Type.Array(LibraryGap), total: Type.Integer() });
export type LibraryGaps = Static<typeof LibraryGaps>;

export const GapDismissal = Type.Object({ ids: Type.Array(Type.Integer(), { minItems: 1, maxItems: 2000 }) });
export type GapDismissal = Static<typeof GapDismissal>;

/** A sample question that was learned from use. */
export const LibraryLesson = Type.Object({
  id: Type.Integer(),
  source: Type.Union([Type.Literal('thumb'), Type.Literal('solved'), Type.Literal('sent')]),
  articleId: Type.String(),
  /** Null where the article is no longer there. */
  articleTitle: Type.Union([Type.String(), Type.Null()]),
  question: Type.String(),
  /** Above 0 it speaks for the article, below 0 against it. */
  weight: Type.Number(),
  at: Timestamp,
  undone: Type.Union([Type.Object({ at: Timestamp, by: Type.String() }), Type.Null()]),
});
export type LibraryLesson = Static<typeof LibraryLesson>;

/** Newest first. */
export const LibraryLessons = Type.Object({
  lessons: Type.Array(LibraryLesson),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
});
export type LibraryLessons = Static<typeof LibraryLessons>;

export const LessonUndo = Type.Object({ undone: Type.Boolean() });
