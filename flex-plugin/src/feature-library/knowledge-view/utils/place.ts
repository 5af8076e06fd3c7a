import type { LibraryQuery } from '@flexcord/shared/panel/library';

import { shared, useShared } from './useShared.ts';

export type KnowledgeTab = 'articles' | 'gaps' | 'lessons';

/** What the view shows: one of its lists, the import, or an article by the key of its draft. */
export type Place = { name: 'lists' } | { name: 'import' } | { name: 'article'; key: string };

const place = shared<Place>({ name: 'lists' });
const tab = shared<KnowledgeTab>('articles');
const filter = shared<LibraryQuery>({});

export const goTo = place.set;
export const usePlace = () => useShared(place);

export const showTab = tab.set;
export const useTab = () => useShared(tab);

export const filterNow = filter.get;
export const useFilter = () => useShared(filter);

/** Changes what is listed; any change but that of the page begins at the first one. */
export function changeFilter(change: LibraryQuery): void {
  filter.set({ ...filter.get(), page: undefined, ...change });
}

export function clearFilter(): void {
  filter.set({});
}
