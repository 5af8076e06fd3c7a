import type { ArticleContent, ArticleStatus, LibraryArticle } from '@flexcord/shared/panel/library';
import * as React from 'react';

import { BridgeProblem } from '../../../utils/bridge/client.ts';
import { notifySuccess } from '../../../utils/notifications.ts';
import { text } from '../../../utils/strings.ts';
import { emptyContent, isSame, validationErrorOf } from './articleContent.ts';
import { type Draft, discardDraft, getDraft, isNew, saveDraft, useDrafts } from './drafts.ts';
import {
  cacheArticle,
  createArticle,
  decideOnSolvedPost,
  deleteArticle,
  editArticle,
  publishArticle,
  restoreVersion,
} from './libraryQueries.ts';
import { navigateTo } from './navigation.ts';

export type ArticleEditing = ReturnType<typeof useArticleEditing>;

/**
 * Edits an article. Changes are kept as a draft until they are saved, discarded, or equal to the saved content. Where
 * somebody else saved other content meanwhile there is a conflict, and nothing can be saved before it is resolved.
 */
export function useArticleEditing(key: string, saved: LibraryArticle | undefined) {
  const draft = useDrafts()[key];
  const [busy, setBusy] = React.useState(false);
  const [problem, setProblem] = React.useState<string | null>(null);
  const content = draft?.content ?? saved?.content ?? emptyContent;

  const edit = (change: Partial<ArticleContent>) => {
    setProblem(null);
    const base = draft?.base ?? saved?.content ?? emptyContent;
    const next: Draft = {
      content: { ...content, ...change },
      base,
      version: draft?.version ?? saved?.version ?? null,
      gapIds: draft?.gapIds ?? [],
      solvedPost: draft?.solvedPost,
    };
    // The article of a gap or a solved post stays a draft although nothing was typed yet. Spaces count while they are typed.
    const isOfItsOwn = next.gapIds.length === 0 && next.solvedPost === undefined;
    if (JSON.stringify(next.content) === JSON.stringify(base) && isOfItsOwn) discardDraft(key);
    else saveDraft(key, next);
  };

  /** Runs a change that the bridge may reject; only one runs at a time. */
  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await work();
      notifySuccess();
    } catch (error) {
      const current = currentArticleOf(error);
      if (current) cacheArticle(current);
      // Conflicting contents are shown by ArticleConflict instead.
      if (!current || !draft || isSame(current.content, draft.base)) setProblem(reasonOf(error));
    } finally {
      setBusy(false);
    }
  };

  /** Saves the draft, if there is one, and then publishes or unpublishes where `status` differs. */
  const save = (status: ArticleStatus = saved?.status ?? 'draft') => {
    const validationError = validationErrorOf(content, status === 'published');
    if (validationError) {
      setProblem(text(validationError));
      return;
    }
    void attempt(async () => {
      if (!saved) {
        const created = await createArticle(content, status, draft?.gapIds ?? []);
        discardDraft(key);
        navigateTo({ name: 'article', key: created.id });
        if (draft?.solvedPost !== undefined) await decideOnSolvedPost(draft.solvedPost, created.id);
        return;
      }
      let { version } = saved;
      if (draft) {
        ({ version } = await editArticle(saved.id, draft.content, version));
        // What was typed while saving stays a draft.
        const later = getDraft(key);
        if (later && !isSame(later.content, draft.content)) {
          saveDraft(key, { ...later, base: draft.content, version });
        } else discardDraft(key);
      }
      if (status !== saved.status) await publishArticle(saved.id, status, version);
    });
  };

  return {
    key,
    saved,
    content,
    busy,
    problem,
    isDirty: draft !== undefined,
    conflict: draft && saved && !isNew(key) && !isSame(draft.base, saved.content) ? draft : null,
    edit,
    save,
    discard: () => {
      setProblem(null);
      discardDraft(key);
    },
    /** Resolves the conflict with this content, which stays a draft where it differs from the saved one. */
    resolveConflict: (chosen: ArticleContent) => {
      if (!saved) return;
      if (isSame(chosen, saved.content)) discardDraft(key);
      else saveDraft(key, { content: chosen, base: saved.content, version: saved.version, gapIds: [] });
    },
    remove: (deleted: boolean) => {
      if (saved) void attempt(() => deleteArticle(saved.id, deleted, saved.version));
    },
    restore: (version: number) => {
      if (saved) void attempt(() => restoreVersion(saved.id, version, saved.version));
    },
  };
}

function currentArticleOf(error: unknown): LibraryArticle | undefined {
  if (!(error instanceof BridgeProblem) || error.code !== 'conflict') return undefined;
  return error.details.article as LibraryArticle | undefined;
}

export function reasonOf(error: unknown): string {
  if (error instanceof BridgeProblem && error.code === 'offline') return text('FlexcordKbNotReached');
  return (error as Error).message;
}
