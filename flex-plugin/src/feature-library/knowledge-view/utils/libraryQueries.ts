import type {
  ArticleContent,
  ArticleLanguage,
  ArticlePreview,
  ArticleStatus,
  ArticleTrial,
  ArticleVersions,
  ImportMapping,
  ImportReport,
  LibraryArticle,
  LibraryCounts,
  LibraryLesson,
  LibraryLessons,
  LibraryPage,
  LibraryQuery,
} from '@flexcord/shared/panel/library';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import type { SolvedPostDecision, SolvedPosts } from '@flexcord/shared/panel/solved-posts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';

import { get, post, request } from '../../../utils/bridge/client.ts';
import { keys, queryClient } from '../../../utils/bridge/queryClient.ts';
import { normalize } from './articleContent.ts';

const [LIBRARY] = keys.library;
/** Import and export of files: up to 10 MB and thousands of articles. */
const FILE_TIMEOUT_MS = 120_000;

const articleKey = (id: string) => [LIBRARY, 'article', id];

export const useLibrary = (filter: LibraryQuery) =>
  useQuery({
    queryKey: [LIBRARY, 'list', filter],
    keepPreviousData: true,
    queryFn: ({ signal }) => get<LibraryPage>(panelRoutes.library, filter, signal),
  });

export const useCounts = () =>
  useQuery({
    queryKey: keys.libraryCounts,
    queryFn: ({ signal }) => get<LibraryCounts>(panelRoutes.libraryCounts, {}, signal),
  });

export const useLibraryArticle = (id: string | null) =>
  useQuery({
    queryKey: articleKey(id ?? ''),
    enabled: id !== null,
    queryFn: ({ signal }) => get<LibraryArticle>(panelRoutes.libraryArticle(id ?? ''), {}, signal),
  });

export const useVersions = (id: string) =>
  useInfiniteQuery({
    queryKey: [LIBRARY, 'versions', id],
    getNextPageParam: ({ versions }: ArticleVersions) =>
      versions.length < 100 ? undefined : versions[versions.length - 1]?.version,
    queryFn: ({ signal, pageParam }) =>
      get<ArticleVersions>(
        panelRoutes.libraryVersions(id),
        { cursor: pageParam === undefined ? undefined : String(pageParam) },
        signal,
      ),
  });

/** What an agent would insert; fetched again with every change. */
export const usePreview = (content: ArticleContent, enabled: boolean) =>
  useQuery({
    queryKey: ['article-preview', normalize(content)],
    enabled,
    keepPreviousData: true,
    cacheTime: 0,
    queryFn: () => post<unknown, ArticlePreview>(panelRoutes.libraryPreview, { content: normalize(content) }),
  });

export const useTrial = (question: string, content: ArticleContent, articleId: string | null) =>
  useQuery({
    queryKey: [LIBRARY, 'trial', question, normalize(content), articleId],
    enabled: question !== '',
    keepPreviousData: true,
    cacheTime: 0,
    queryFn: () =>
      post<unknown, ArticleTrial>(panelRoutes.libraryTrial, {
        question,
        content: normalize(content),
        articleId,
      }),
  });

export const useLessons = (filter: { articleId?: string; undone?: 'true' | 'false' }) =>
  useInfiniteQuery({
    queryKey: [LIBRARY, 'lessons', filter],
    staleTime: 0,
    getNextPageParam: ({ nextCursor }: LibraryLessons) => nextCursor ?? undefined,
    queryFn: ({ signal, pageParam }) =>
      get<LibraryLessons>(panelRoutes.libraryLessons, { ...filter, cursor: pageParam }, signal),
  });

export const createArticle = (content: ArticleContent, status: 'draft' | 'published', gapIds: number[]) =>
  change(panelRoutes.library, { content: normalize(content), status, gapIds });

export const editArticle = (id: string, content: ArticleContent, version: number) =>
  change(panelRoutes.libraryArticle(id), { content: normalize(content), version });

export const publishArticle = (id: string, status: 'draft' | 'published', version: number) =>
  change(panelRoutes.libraryPublication(id), { status, version });

export const deleteArticle = (id: string, deleted: boolean, version: number) =>
  change(panelRoutes.libraryDeletion(id), { deleted, version });

export const restoreVersion = (id: string, from: number, version: number) =>
  change(panelRoutes.libraryVersions(id), { from, version });

export async function dismissGap(ids: number[]): Promise<void> {
  await post(panelRoutes.libraryGapDismissal, { ids });
  await refreshLists();
}

/** Solved posts that may become articles. */
export const useSolvedPosts = () =>
  useQuery({
    queryKey: [LIBRARY, 'solved-posts'],
    // No live event tells of a solved post, so every mount fetches the list.
    staleTime: 0,
    queryFn: ({ signal }) => get<SolvedPosts>(panelRoutes.librarySolvedPosts, {}, signal),
  });

/** An article was made of a solved post, or nobody wants one: null. */
export async function decideOnSolvedPost(threadId: string, articleId: string | null): Promise<void> {
  await post<SolvedPostDecision, unknown>(panelRoutes.librarySolvedPost(threadId), { articleId });
  await refreshLists();
}

export async function undoLesson(id: number, undone: boolean): Promise<void> {
  await post<unknown, LibraryLesson>(panelRoutes.libraryLesson(id), { undone });
  await refreshLists();
}

/** `language` is that of rows that do not say; `status` holds for every row. Undefined leaves it to the bridge. */
export interface ImportOptions {
  dryRun: 'true' | 'false';
  language?: ArticleLanguage;
  status?: ArticleStatus;
  /** Where the bridge's guess of a column is wrong. */
  columns?: ImportMapping;
  /** Articles that the file does not have any more are unpublished. */
  withdrawGone?: 'true';
}

export async function importFile(file: File, { columns, ...options }: ImportOptions): Promise<ImportReport> {
  const report = await request<ImportReport>('POST', panelRoutes.libraryImport, {
    query: { ...options, columns: columns && JSON.stringify(columns), name: file.name },
    body: file,
    timeoutMs: FILE_TIMEOUT_MS,
  });
  if (!report.dryRun) void queryClient.invalidateQueries(keys.library);
  return report;
}

/** Downloads all articles as a file. */
export async function exportArticles(format: 'csv' | 'xlsx'): Promise<void> {
  const file = await request<Blob>('GET', panelRoutes.libraryExport, {
    query: { format },
    as: 'blob',
    timeoutMs: FILE_TIMEOUT_MS,
  });
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = `articles.${format}`;
  link.click();
  // By then the browser has started the download.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Puts the bridge's answer into the cache, so that it shows without another request. */
export function cacheArticle(article: LibraryArticle): void {
  queryClient.setQueryData(articleKey(article.id), article);
}

async function change(path: string, body: unknown): Promise<LibraryArticle> {
  const article = await post<unknown, LibraryArticle>(path, body);
  cacheArticle(article);
  void refreshLists();
  return article;
}

function refreshLists(): Promise<void> {
  return queryClient.invalidateQueries({
    predicate: ({ queryKey }) =>
      queryKey[0] === LIBRARY && queryKey[1] !== 'article' && queryKey[1] !== 'trial',
  });
}
