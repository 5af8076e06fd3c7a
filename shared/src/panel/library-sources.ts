import { type Static, Type } from '@sinclair/typebox';
import { ArticleContent, ImportReport } from './library.ts';
import { ARTICLE_LIMITS, SOURCE_INTERVAL_MS, SOURCE_KINDS, SOURCE_RULES } from './library-constants.ts';
import { oneOf } from './literals.ts';
import { Timestamp } from './member.ts';

/** Places outside that articles come from, read again and again; for supervisors and administrators. */

export const SourceKind = oneOf(SOURCE_KINDS);
export type SourceKind = Static<typeof SourceKind>;

/** `publish`: what it says is published at once. `propose`: new articles are drafts, and all else waits for a person. */
export const SourceRule = oneOf(SOURCE_RULES);
export type SourceRule = Static<typeof SourceRule>;

/**
 * Adds a source. The panel takes addresses on hosts of `KNOWLEDGE_SOURCE_HOSTS` alone, and no folders; whoever runs the bridge
 * adds any with `bun run kb source add`.
 */
export const NewSource = Type.Object({
  /** The address of a sitemap or of a help center's articles API; or a folder. */
  place: Type.String({ minLength: 1, maxLength: 2000 }),
  /** Guessed from the place where it is absent. */
  kind: Type.Optional(SourceKind),
  /** From the end of one reading to the next. */
  intervalMs: Type.Optional(
    Type.Integer({ minimum: SOURCE_INTERVAL_MS.least, maximum: SOURCE_INTERVAL_MS.most }),
  ),
  /** Of articles that do not say. */
  language: Type.Optional(Type.String({ maxLength: 35 })),
  /** Put on every article. */
  labels: Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: ARTICLE_LIMITS.label }), { maxItems: 10 }),
  ),
  /** Default `propose`. */
  rule: Type.Optional(SourceRule),
});
export type NewSource = Static<typeof NewSource>;

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);

export const LibrarySource = Type.Object({
  id: Type.Integer(),
  kind: SourceKind,
  place: Type.String(),
  hosts: Type.Array(Type.String()),
  intervalMs: Type.Integer(),
  language: Nullable(Type.String()),
  labels: Type.Array(Type.String()),
  rule: SourceRule,
  /** `held`: more than a third of it is gone, and nothing is withdrawn until somebody says so. `new`: not read yet. */
  state: oneOf(['new', 'working', 'failing', 'held', 'reading'] as const),
  nextAt: Timestamp,
  /** When a reading last went through. */
  readAt: Nullable(Timestamp),
  /** Why the last try failed. */
  error: Nullable(Type.String()),
  /** Tries that failed since one went through. */
  failures: Type.Integer(),
  /** Published articles that it has here. */
  articles: Type.Integer(),
  /** What waits for a person. */
  proposals: Type.Integer(),
  /** Of the last reading that went through: what changed. Its lists are cut. */
  report: Nullable(ImportReport),
});
export type LibrarySource = Static<typeof LibrarySource>;

/** What a source wants of an article, and somebody has to decide. */
export const SourceProposal = Type.Object({
  articleId: Type.String(),
  sourceId: Type.Integer(),
  kind: Type.Union([Type.Literal('changed'), Type.Literal('withdrawn')]),
  /** `edited`: it was changed here since it was imported. `rule`: the source's rule. `many`: see `held`. */
  why: Type.Union([Type.Literal('edited'), Type.Literal('rule'), Type.Literal('many')]),
  at: Timestamp,
  /** As it is here; a decision names its `version`. */
  article: Type.Object({ version: Type.Integer(), content: ArticleContent }),
  /** As its source has it; null where it is to be withdrawn. */
  content: Nullable(ArticleContent),
});
export type SourceProposal = Static<typeof SourceProposal>;

/** Proposals: the oldest first, at most 100; `total` counts all. */
export const LibrarySources = Type.Object({
  sources: Type.Array(LibrarySource),
  proposals: Type.Array(SourceProposal),
  total: Type.Integer(),
  /** Hosts of which a source may be added here. */
  allowedHosts: Type.Array(Type.String()),
});
export type LibrarySources = Static<typeof LibrarySources>;

/** Takes what the source wants, or keeps the article as it is here until its source changes again. */
export const ProposalDecision = Type.Object({
  articleId: Type.String({ maxLength: 200 }),
  accept: Type.Boolean(),
  version: Type.Integer({ minimum: 1 }),
});
export type ProposalDecision = Static<typeof ProposalDecision>;

/** Of a source that is `held`: withdraws everything that is gone, or keeps all of it. */
export const WithdrawalDecision = Type.Object({ accept: Type.Boolean() });
export type WithdrawalDecision = Static<typeof WithdrawalDecision>;

const Named = Type.Object({ id: Type.String(), title: Type.String() });

/** What is wrong with published articles. Of each kind at most 100; `totals` counts all. */
export const LibraryFindings = Type.Object({
  /** How far is looked back. */
  days: Type.Integer(),
  /** Links to hosts and files of sources that lead nowhere, and the first articles that have them. */
  broken: Type.Array(Type.Object({ url: Type.String(), reason: Type.String(), articles: Type.Array(Named) })),
  /** Published before, and shown to nobody since. */
  unread: Type.Array(Named),
  /** Shown in at least five conversations, and refused in more than half of them. */
  unhelpful: Type.Array(
    Type.Composite([
      Named,
      Type.Object({ shown: Type.Integer(), refused: Type.Integer(), helped: Type.Integer() }),
    ]),
  ),
  totals: Type.Object({ broken: Type.Integer(), unread: Type.Integer(), unhelpful: Type.Integer() }),
});
export type LibraryFindings = Static<typeof LibraryFindings>;
