import type { ArticleContent } from '@flexcord/shared/panel/library';

import { createStore, useStore } from '../../../hooks/store.ts';

/** What somebody has written and not saved yet. */
export interface Draft {
  content: ArticleContent;
  /** What the article said when the writing began. */
  base: ArticleContent;
  /** The version that said so; null where the article is new. */
  version: number | null;
  /** The questions without an answer that it is written for. */
  gapIds: number[];
}

type Drafts = Readonly<Record<string, Draft>>;

const KEPT_AS = 'flexcord-article-drafts';
export const NEW_ARTICLE = 'new';
export const isNew = (key: string) => key === NEW_ARTICLE || key.startsWith(`${NEW_ARTICLE}:`);

// They outlive a reload of the page, too, as far as the browser has room for them.
const drafts = createStore<Drafts>(kept(), (value) => {
  try {
    sessionStorage.setItem(KEPT_AS, JSON.stringify(value));
  } catch {
    // Then they live as long as the page does, and the browser asks before it leaves.
  }
});

// A session's storage ends with its tab.
window.addEventListener('beforeunload', (event) => {
  if (Object.keys(drafts.get()).length > 0) event.preventDefault();
});

/** By the id of the article, or a key that `isNew`. */
export const useDrafts = () => useStore(drafts);

export function keepDraft(key: string, draft: Draft): void {
  drafts.set({ ...drafts.get(), [key]: draft });
}

export function dropDraft(key: string): void {
  const { [key]: _, ...others } = drafts.get();
  drafts.set(others);
}

export const draftOf = (key: string): Draft | undefined => drafts.get()[key];

function kept(): Drafts {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT_AS) ?? '{}') as Drafts;
  } catch {
    return {};
  }
}
