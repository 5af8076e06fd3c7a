import type { LibraryQuery } from '@flexcord/shared/panel/library';

import { createStore, useStore } from '../../../hooks/store.ts';

export type KnowledgeTab = 'articles' | 'gaps' | 'solved' | 'lessons' | 'sources' | 'findings';

/** What the view shows: the overview with its tabs, the import, or an article by the key of its draft. */
export type Page = { name: 'overview' } | { name: 'import' } | { name: 'article'; key: string };

const page = createStore<Page>({ name: 'overview' });
const tab = createStore<KnowledgeTab>('articles');
const filter = createStore<LibraryQuery>({});

export const navigateTo = page.set;
export const usePage = () => useStore(page);

export const selectTab = tab.set;
export const useSelectedTab = () => useStore(tab);

export const useFilter = () => useStore(filter);

/** Changes what is listed; any change but that of the page goes back to the first page. */
export function changeFilter(change: LibraryQuery): void {
  filter.set({ ...filter.get(), page: undefined, ...change });
}

export function clearFilter(): void {
  filter.set({});
}

/** What a saved view keeps: everything but the page. */
export const contentOf = ({ page: _, ...kept }: LibraryQuery): string =>
  String(new URLSearchParams(Object.entries(kept).filter((entry) => entry[1] !== undefined)));

/** Shows what a saved view keeps. */
export function openFilter(content: string): void {
  filter.set(Object.fromEntries(new URLSearchParams(content)));
}
