import type { ArticleContent, ArticleLanguage, ArticleStatus } from '@flexcord/shared/panel/library';

/** An article as a file or a site has it; its fields are not checked yet. */
export interface ArticleRecord {
  is: 'article';
  /** Names the file and, if it has any, the row. */
  where: string;
  /** The same every time that it is read. */
  id: string;
  /** Its id or address at its source. */
  sourceId: string;
  fields: { [Field in keyof ArticleContent]?: unknown };
  /** When the source says it; a new article is published otherwise, and another one stays as it is. */
  status?: ArticleStatus;
}

/** `skipped`: left out on purpose. `broken`: cannot be used as it is. `same`: known to be unchanged without reading it. */
export interface SkippedRecord {
  is: 'skipped' | 'broken' | 'same';
  where: string;
  reason: string;
}

export type ImportRecord = ArticleRecord | SkippedRecord;

export interface ImportSource {
  /** Kept with each article; see `LibraryEntry.source`. */
  source: string;
  /** Whether what people changed here outlives an import of what has not changed there. */
  keepsEdits: boolean;
  records: AsyncIterable<ImportRecord>;
}

/** Nothing can be imported, and why; for people. */
export class ImportError extends Error {
  override name = 'ImportError';
}

/** What holds for every article of an import. */
export interface ImportOptions {
  /** Says what would be done, and does nothing. */
  dryRun?: boolean;
  /** For articles that do not say; without it, their letters decide. */
  language?: ArticleLanguage;
  /** Put beside their own. */
  labels?: readonly string[];
  /** Whatever they say. */
  status?: ArticleStatus;
}

/** Short, and the same for the same text. */
export const shortHash = (text: string): string =>
  new Bun.CryptoHasher('sha256').update(text).digest('base64url').slice(0, 16);
