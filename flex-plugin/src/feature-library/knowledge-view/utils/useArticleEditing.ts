import type { ArticleContent, ArticleStatus, LibraryArticle } from '@flexcord/shared/panel/library';
import * as React from 'react';

import { BridgeProblem } from '../../../utils/bridge/client.ts';
import { notifySuccess } from '../../../utils/notifications.ts';
import { text } from '../../../utils/strings.ts';
import { emptyContent, isSame, validationErrorOf } from './articleContent.ts';
import { type Draft, draftOf, dropDraft, isNew, keepDraft, useDrafts } from './drafts.ts';
import {
  cacheArticle,
  createArticle,
  deleteArticle,
  editArticle,
  publishArticle,
  restoreVersion,
} from './libraryQueries.ts';
import { navigateTo } from './navigation.ts';

export type ArticleEditing = ReturnType<typeof useArticleEditing>;

/**
 * An article as it is being written. What is written is kept as a draft until it is saved, dropped, or the same as what
 * is saved. Where somebody else saved something else meanwhile there is a conflict, and nothing is saved before it is settled.
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
    };
    // The article of a gap stays a draft although nothing was typed yet. Spaces are a difference while they are typed.
    if (JSON.stringify(next.content) === JSON.stringify(base) && next.gapIds.length === 0) dropDraft(key);
    else keepDraft(key, next);
  };

  /** Makes changes that the bridge may refuse, one at a time. */
  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await work();
      notifySuccess();
    } catch (error) {
      const present = presentArticle(error);
      if (present) cacheArticle(present);
      // A conflict of contents is shown as such.
      if (!present || !draft || isSame(present.content, draft.base)) setProblem(reasonOf(error));
    } finally {
      setBusy(false);
    }
  };

  /** Saves what was written, if anything, and then publishes or takes back where the status is to be another one. */
  const save = (status: ArticleStatus = saved?.status ?? 'draft') => {
    const fault = validationErrorOf(content, status === 'published');
    if (fault) {
      setProblem(text(fault));
      return;
    }
    void attempt(async () => {
      if (!saved) {
        const made = await createArticle(content, status, draft?.gapIds ?? []);
        dropDraft(key);
        navigateTo({ name: 'article', key: made.id });
        return;
      }
      let { version } = saved;
      if (draft) {
        ({ version } = await editArticle(saved.id, draft.content, version));
        // Who went on writing while it was saved keeps that.
        const later = draftOf(key);
        if (later && !isSame(later.content, draft.content)) {
          keepDraft(key, { ...later, base: draft.content, version });
        } else dropDraft(key);
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
    drop: () => {
      setProblem(null);
      dropDraft(key);
    },
    /** The conflict is settled: this is what the article shall say. */
    settle: (chosen: ArticleContent) => {
      if (!saved) return;
      if (isSame(chosen, saved.content)) dropDraft(key);
      else keepDraft(key, { content: chosen, base: saved.content, version: saved.version, gapIds: [] });
    },
    remove: (deleted: boolean) => {
      if (saved) void attempt(() => deleteArticle(saved.id, deleted, saved.version));
    },
    restore: (version: number) => {
      if (saved) void attempt(() => restoreVersion(saved.id, version, saved.version));
    },
  };
}

function presentArticle(error: unknown): LibraryArticle | undefined {
  if (!(error instanceof BridgeProblem) || error.code !== 'conflict') return undefined;
  return error.details.article as LibraryArticle | undefined;
}

export function reasonOf(error: unknown): string {
  if (error instanceof BridgeProblem && error.code === 'offline') return text('FlexcordKbNotReached');
  return (error as Error).message;
}
