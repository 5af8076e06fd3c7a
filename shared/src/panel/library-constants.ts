/** What bridge and plugin know of articles as plain values, without TypeBox; see `case-constants.ts`. */

/** Languages that are offered where the language of an article is chosen; it may have any. */
export const ARTICLE_LANGUAGES = ['en', 'ja', 'de', 'es', 'fr', 'it', 'ko', 'pt', 'zh'] as const;
export const ARTICLE_STATUSES = ['draft', 'published'] as const;

/** Most characters of each text of an article, and most entries of each list; UTF-16 code units. */
export const ARTICLE_LIMITS = {
  title: 300,
  question: 1000,
  questions: 500,
  text: 100_000,
  url: 2000,
  label: 100,
  labels: 50,
  responseTemplate: 2000,
  owner: 200,
} as const;

/** What articles are read from again and again. */
export const SOURCE_KINDS = ['sitemap', 'folder', 'zendesk', 'intercom'] as const;
export const SOURCE_RULES = ['publish', 'propose'] as const;
/** From the end of one reading of a source to the next. */
export const SOURCE_INTERVAL_MS = { least: 60_000, usual: 6 * 3600_000, most: 30 * 86_400_000 } as const;

/** What a column of a file can become. */
export const IMPORT_FIELDS = [
  'id',
  'title',
  'language',
  'status',
  'labels',
  'url',
  'questions',
  'text',
  'response_template',
  'owner',
  'review_on',
] as const;
/** Most characters of `ImportQuery.columns`. */
export const MAX_IMPORT_COLUMNS_LENGTH = 4000;
/** Largest file that an import takes. */
export const MAX_IMPORT_FILE_BYTES = 10 * 1024 * 1024;
/** Most characters of a search for articles. */
export const MAX_LIBRARY_SEARCH_LENGTH = 200;
/** Most characters of a question that is tried against the articles. */
export const MAX_TRIAL_QUESTION_LENGTH = 1000;

/**
 * What may stand in a response template between `{{` and `}}`, and what it becomes. `{{member.name|there}}` says what to
 * put where the value is not known; without it nothing is put. Any other name is refused (422, with `unknown`).
 */
export const PLACEHOLDERS = {
  'member.name': "The member's display name",
  'agent.name': 'The display name of the agent who inserts it',
  'case.number': 'The number of the case of the conversation',
  'article.title': 'The title of the article',
  'article.url': 'The link of the article',
} as const;
export type Placeholder = keyof typeof PLACEHOLDERS;
