import type { ArticleContent } from '@flexcord/shared/panel/library';

import { createStore, useStore } from '../../../hooks/store.ts';

/** Unsaved changes of an article. */
export interface Draft {
  content: ArticleContent;
  /** The saved content that the draft started from. */
  base: ArticleContent;
  /** The version of `base`; null where the article is new. */
  version: number | null;
  /** Ids of the unanswered questions that it is written for. */
  gapIds: number[];
  /** The solved post that it is made of. */
  solvedPost?: string;
}

type Drafts = Readonly<Record<string, Draft>>;

const STORAGE_KEY = 'flexcord-article-drafts';
export const NEW_ARTICLE = 'new';
export const isNew = (key: string) => key === NEW_ARTICLE || key.startsWith(`${NEW_ARTICLE}:`);

// Kept in session storage, so that they outlive a reload of the page.
const drafts = createStore<Drafts>(readDrafts(), (value) => {
  try {
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify(value));
  } catch {
    // The drafts are then kept in memory only; the browser asks before the page is left.
  }
});

// Session storage is lost with its tab.
window.addEventListener('beforeunload', (event) => {
  if (Object.keys(drafts.get()).length > 0) event.preventDefault();
});

/** By the id of the article, or a key that `isNew`. */
export const useDrafts = () => useStore(drafts);

export function saveDraft(key: string, draft: Draft): void {
  drafts.set({ ...drafts.get(), [key]: draft });
}

export function discardDraft(key: string): void {
  const { [key]: _, ...others } = drafts.get();
  drafts.set(others);
}

export const getDraft = (key: string): Draft | undefined => drafts.get()[key];

function readDrafts(): Drafts {
  try {
    return JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? '{}') as Drafts;
  } catch {
    return {};
  }
}
