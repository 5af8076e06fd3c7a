import type {
  ArticleContent,
  ArticleLanguage,
  ArticleStatus,
  ImportReport,
} from '@flexcord/shared/panel/library';

/** The id that earlier versions gave an article, if the article of that id has this address: they did not know regions. */
export interface FormerId {
  id: string;
  url: string;
}

/** An article as a file or a site has it; its fields are not checked yet. */
export interface ArticleRecord {
  is: 'article';
  /** Names the file and, if it has any, the row. */
  where: string;
  /** The same every time that it is read. */
  id: string;
  /**
   * Whether the id was made of something that two articles may share, such as a path: then another article of that id gets
   * its language, or its place, put behind its own.
   */
  idIsDerived?: boolean;
  former?: FormerId;
  /** Its id or address at its source. */
  sourceId: string;
  fields: { [Field in keyof ArticleContent]?: unknown };
  /** When the source says it; a new article is published otherwise, and another one stays as it is. */
  status?: ArticleStatus;
}

/** An article that its source has, and shows to nobody, or not to everybody. It is unpublished here. */
export interface WithdrawnRecord {
  is: 'withdrawn';
  where: string;
  id: string;
  former?: FormerId;
  reason: string;
}

/**
 * `skipped`: left out on purpose. `broken`: cannot be used as it is. `same`: known to be unchanged without reading it.
 */
export interface SkippedRecord {
  is: 'skipped' | 'broken' | 'same';
  where: string;
  /** Of the article that it would have been, where that is known: it is then not taken for gone. */
  id?: string;
  reason: string;
}

export type ImportRecord = ArticleRecord | WithdrawnRecord | SkippedRecord;

/** A column of a table, or a field of front matter, and what becomes of it. */
export type ImportColumn = ImportReport['columns'][number];

export interface ImportSource {
  /** Kept with each article; see `LibraryEntry.source`. */
  source: string;
  /** The file, folder, host or address; see `ArticlesTable.import_origin`. */
  origin: string;
  /** Whether what people changed here outlives an import of what has not changed there. */
  keepsEdits: boolean;
  records: AsyncIterable<ImportRecord>;
  /** What became of its columns or fields; known once the records were read. */
  columns?(): ImportColumn[];
  /** Whether all that the origin has was read, known once the records were read: otherwise nothing is taken for gone. */
  isWhole?(): boolean;
}

/** Nothing can be imported, and why; for people. */
export class ImportError extends Error {
  override name = 'ImportError';

  constructor(
    message: string,
    /** The columns of a table of which none is known as a title. */
    readonly columns: readonly string[] = [],
  ) {
    super(message);
  }
}

/** What holds for every article of an import. */
export interface ImportOptions {
  /** Says what would be done, and does nothing. */
  dryRun?: boolean;
  /** For articles that do not say; without it, their letters and words decide. */
  language?: ArticleLanguage;
  /** Put beside their own. */
  labels?: readonly string[];
  /** Whatever they say. */
  status?: ArticleStatus;
  /** Unpublishes articles that are no longer at their source; otherwise they are only named. */
  withdrawGone?: boolean;
  /** For a source that is read again and again: what it may not do by itself is put before a person. */
  proposing?: Proposing;
}

export interface Proposing {
  sourceId: number;
  /** `publish`: only what people changed here waits. `propose`: new articles are drafts, and every change of a published one waits. */
  rule: 'publish' | 'propose';
  /** Nothing is withdrawn: too much is gone at once. */
  hold: boolean;
  /** Filled with the ids of articles of which something waits for a person, and what. */
  proposed: Map<string, 'changed' | 'withdrawn'>;
}

/** Short, and the same for the same text. */
export const shortHash = (text: string): string =>
  new Bun.CryptoHasher('sha256').update(text).digest('base64url').slice(0, 16);
