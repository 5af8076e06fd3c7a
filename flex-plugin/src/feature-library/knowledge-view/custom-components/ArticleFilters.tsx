import type { LibraryCounts, LibraryQuery } from '@flexcord/shared/panel/library';
import { MAX_LIBRARY_SEARCH_LENGTH } from '@flexcord/shared/panel/library-constants';
import * as React from 'react';

import { FilterBar } from '../../../components/view/FilterBar.tsx';
import { SavedViews } from '../../../components/view/SavedViews.tsx';
import { formatNumber, languageName } from '../../../utils/format.ts';
import { text } from '../../../utils/strings.ts';
import { useCounts } from '../utils/libraryQueries.ts';
import { changeFilter, clearFilter, contentOf, openFilter, useFilter } from '../utils/navigation.ts';
import { ownIdentity } from '../utils/ownIdentity.ts';
import { sourceName } from '../utils/sourceName.ts';

type Choice = readonly [value: string, label: string];

/** Filters of the list; each option says how many articles it has. */
export const ArticleFilters: React.FC<{ isFiltered: boolean }> = ({ isFiltered, children }) => {
  const filter = useFilter();
  const counts = useCounts().data;
  const status = filter.deleted === 'true' ? 'deleted' : (filter.status ?? '');
  const change = (name: string, value: string | undefined) =>
    changeFilter(
      name === 'status'
        ? {
            status: value === 'draft' || value === 'published' ? value : undefined,
            deleted: value === 'deleted' ? 'true' : undefined,
          }
        : ({ [name]: value } as LibraryQuery),
    );
  const choice = (name: string, value: string, options: Choice[]) => ({
    name,
    label: text(`FlexcordKbFilter_${name}`),
    anyLabel: text(`FlexcordKbAny_${name}`),
    value,
    options,
  });
  return (
    <FilterBar
      start={
        <SavedViews
          kind="articles"
          current={contentOf(filter)}
          presets={[
            { name: text('FlexcordKbView_drafts'), content: contentOf({ status: 'draft' }) },
            { name: text('FlexcordKbView_deleted'), content: contentOf({ deleted: 'true' }) },
            { name: text('FlexcordKbReviewDue'), content: contentOf({ review: 'due' }) },
            {
              name: text('FlexcordKbView_own'),
              content: contentOf({ review: 'due', owner: ownIdentity() }),
            },
          ]}
          onOpen={openFilter}
        />
      }
      search={{
        label: text('FlexcordKbSearchArticles'),
        value: filter.q ?? '',
        maxLength: MAX_LIBRARY_SEARCH_LENGTH,
        onSearch: (q) => changeFilter({ q: q || undefined }),
      }}
      filters={[
        choice('status', status, [
          ['published', withCount(text('FlexcordKbStatus_published'), counts?.published)],
          ['draft', withCount(text('FlexcordKbStatus_draft'), counts?.draft)],
          ['deleted', withCount(text('FlexcordKbStatus_deleted'), counts?.deleted)],
        ]),
        choice(
          'language',
          filter.language ?? '',
          choices(counts, 'languages', filter.language, languageName),
        ),
        choice('label', filter.label ?? '', choices(counts, 'labels', filter.label)),
        choice('owner', filter.owner ?? '', choices(counts, 'owners', filter.owner)),
        choice('review', filter.review ?? '', [
          ['due', withCount(text('FlexcordKbReviewDue'), counts?.reviewDue)],
        ]),
        choice('source', filter.source ?? '', choices(counts, 'sources', filter.source, sourceName)),
      ]}
      onFilter={change}
      onClear={isFiltered ? clearFilter : undefined}
    >
      {children}
    </FilterBar>
  );
};

const withCount = (label: string, count: number | undefined) =>
  count === undefined ? label : `${label} (${formatNumber(count)})`;

/** The values by frequency; the chosen one stays even when no article has it any more. */
function choices(
  counts: LibraryCounts | undefined,
  kind: 'languages' | 'labels' | 'sources' | 'owners',
  chosen: string | undefined,
  nameOf: (value: string) => string = (value) => value,
): Choice[] {
  const known = counts?.[kind] ?? {};
  const all = chosen !== undefined && !(chosen in known) ? { ...known, [chosen]: 0 } : known;
  return Object.entries(all)
    .sort(([left, most], [right, least]) => least - most || left.localeCompare(right))
    .map(([value, count]) => [value, withCount(nameOf(value), count)]);
}
