import type { LibraryCounts, LibraryQuery } from '@flexcord/shared/panel/library';
import { MAX_LIBRARY_SEARCH_LENGTH } from '@flexcord/shared/panel/library-constants';
import { Box } from '@twilio-paste/core/box';
import { Input } from '@twilio-paste/core/input';
import * as React from 'react';

import { FormField } from '../../../components/FormField.tsx';
import { Row } from '../../../components/Row.tsx';
import { SelectField } from '../../../components/SelectField.tsx';
import { TextButton } from '../../../components/TextButton.tsx';
import { useDebounced } from '../../../hooks/useDebounced.ts';
import { formatNumber, languageName } from '../../../utils/format.ts';
import { text } from '../../../utils/strings.ts';
import { useCounts } from '../utils/libraryQueries.ts';
import { changeFilter, clearFilter, getFilter, useFilter } from '../utils/navigation.ts';
import { sourceName } from '../utils/sourceName.ts';

/** Filters of the list; each option says how many articles it has. */
export const ArticleFilters = ({ isFiltered }: { isFiltered: boolean }) => {
  const filter = useFilter();
  const counts = useCounts().data;
  const status = filter.deleted === 'true' ? 'deleted' : (filter.status ?? '');
  const chooseStatus = (value: string) =>
    changeFilter({
      status: value === 'draft' || value === 'published' ? value : undefined,
      deleted: value === 'deleted' ? 'true' : undefined,
    });
  return (
    <Box as="section" role="search" display="flex" flexDirection="column" rowGap="space30">
      <Box
        display="grid"
        columnGap="space40"
        rowGap="space30"
        gridTemplateColumns="minmax(220px, 2fr) repeat(5, minmax(120px, 1fr))"
      >
        <Search />
        <SelectField
          id="flexcord-kb-status"
          label={text('FlexcordKbStatus')}
          value={status}
          options={[
            ['', text('FlexcordKbAll')],
            ['published', withCount(text('FlexcordKbStatus_published'), counts?.published)],
            ['draft', withCount(text('FlexcordKbStatus_draft'), counts?.draft)],
            ['deleted', withCount(text('FlexcordKbStatus_deleted'), counts?.deleted)],
          ]}
          onChange={chooseStatus}
        />
        <SelectField
          id="flexcord-kb-language"
          label={text('FlexcordKbLanguage')}
          value={filter.language ?? ''}
          options={choices(counts, 'languages', filter.language, languageName)}
          onChange={(value) => changeFilter({ language: (value || undefined) as LibraryQuery['language'] })}
        />
        <SelectField
          id="flexcord-kb-label"
          label={text('FlexcordKbLabel')}
          value={filter.label ?? ''}
          options={choices(counts, 'labels', filter.label)}
          onChange={(value) => changeFilter({ label: value || undefined })}
        />
        <SelectField
          id="flexcord-kb-source"
          label={text('FlexcordKbSource')}
          value={filter.source ?? ''}
          options={choices(counts, 'sources', filter.source, sourceName)}
          onChange={(value) => changeFilter({ source: value || undefined })}
        />
        <SelectField
          id="flexcord-kb-sort"
          label={text('FlexcordKbSort')}
          value={filter.sort ?? 'changed'}
          options={[
            ['changed', text('FlexcordKbSort_changed')],
            ['title', text('FlexcordKbSort_title')],
          ]}
          onChange={(value) => changeFilter({ sort: value === 'title' ? 'title' : undefined })}
        />
      </Box>
      {isFiltered ? (
        <Row>
          <TextButton onClick={clearFilter}>{text('FlexcordKbClearFilter')}</TextButton>
        </Row>
      ) : null}
    </Box>
  );
};

const Search = () => {
  const { q = '' } = useFilter();
  const [input, setInput] = React.useState(q);
  const debounced = useDebounced(input);
  // Typing changes the filter; clearing the filter empties the field.
  React.useEffect(() => {
    const search = debounced.trim();
    if (search !== (getFilter().q ?? '')) changeFilter({ q: search || undefined });
  }, [debounced]);
  React.useEffect(() => {
    if (q === '') setInput('');
  }, [q]);
  return (
    <FormField id="flexcord-kb-search" label={text('FlexcordKbSearch')}>
      <Input
        id="flexcord-kb-search"
        type="search"
        maxLength={MAX_LIBRARY_SEARCH_LENGTH}
        placeholder={text('FlexcordKbSearchIn')}
        value={input}
        onChange={(event: React.ChangeEvent<HTMLInputElement>) => setInput(event.target.value)}
      />
    </FormField>
  );
};

const withCount = (label: string, count: number | undefined) =>
  count === undefined ? label : `${label} (${formatNumber(count)})`;

/** Options by frequency; the selected one stays even when no article has it any more. */
function choices(
  counts: LibraryCounts | undefined,
  kind: 'languages' | 'labels' | 'sources',
  chosen: string | undefined,
  nameOf: (value: string) => string = (value) => value,
): Array<readonly [string, string]> {
  const counted: Record<string, number> = { ...(chosen ? { [chosen]: 0 } : {}), ...counts?.[kind] };
  return [
    ['', text('FlexcordKbAll')],
    ...Object.entries(counted)
      .sort(([left, most], [right, least]) => least - most || left.localeCompare(right))
      .map(([value, count]) => [value, withCount(nameOf(value), count)] as const),
  ];
}
