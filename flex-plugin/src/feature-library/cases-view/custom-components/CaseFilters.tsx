import {
  CASE_PRIORITIES,
  CASE_STATUSES,
  CASE_TYPES,
  MAX_CASE_SEARCH_LENGTH,
} from '@flexcord/shared/panel/case-constants';
import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import { Input } from '@twilio-paste/core/input';
import { Option, Select } from '@twilio-paste/core/select';
import * as React from 'react';

import { useAgents } from '../../../hooks/caseQueries.ts';
import { useDebounced } from '../../../hooks/useDebounced.ts';
import { isSupervisor } from '../../../utils/permissions.ts';
import { text } from '../../../utils/strings.ts';
import type { CasesNavigation, Filters } from '../utils/casesLocation.ts';

/** Search and filters; a case is listed when it meets all of them. */
export const CaseFilters = ({ location, changeFilters, navigate }: CasesNavigation) => {
  const { filters } = location;
  const agents = useAgents(isSupervisor()).data?.agents ?? [];
  const { sort: _, order: __, ...narrowing } = filters;
  const choice = (name: keyof Filters, options: Array<[value: string, label: string]>) => (
    <Box minWidth="150px" flexGrow={1} maxWidth="220px">
      <Select
        aria-label={text(`FlexcordCasesFilter_${name}`)}
        value={filters[name] ?? ''}
        onChange={(event: React.ChangeEvent<HTMLSelectElement>) =>
          changeFilters({ [name]: event.target.value || undefined })
        }
      >
        <Option value="">{text(`FlexcordCasesAny_${name}`)}</Option>
        {options.map(([value, label]) => (
          <Option key={value} value={value}>
            {label}
          </Option>
        ))}
      </Select>
    </Box>
  );
  const status = filters.status ?? '';
  return (
    <Box
      role="search"
      aria-label={text('FlexcordCasesFilters')}
      display="flex"
      flexWrap="wrap"
      alignItems="center"
      columnGap="space40"
      rowGap="space30"
    >
      <Box minWidth="260px" flexGrow={3}>
        <Search
          value={filters.q ?? ''}
          onSearch={(q) => changeFilters({ q: q || undefined }, 'HistoryReplace')}
        />
      </Box>
      {choice('status', [
        ...CASE_STATUSES.map((value): [string, string] => [value, text(`FlexcordStatus_${value}`)]),
        ...(status.includes(',') ? [[status, text('FlexcordCasesUnfinished')] as [string, string]] : []),
      ])}
      {choice(
        'type',
        CASE_TYPES.map((type) => [type, text(`FlexcordType_${type}`)]),
      )}
      {choice(
        'priority',
        [...CASE_PRIORITIES].reverse().map((priority) => [priority, text(`FlexcordPriority_${priority}`)]),
      )}
      {choice('assignee', [
        ['none', text('FlexcordUnassigned')],
        ...agents.map(({ identity, name }): [string, string] => [identity, name]),
      ])}
      {filters.tag ? (
        <Button variant="secondary" size="small" onClick={() => changeFilters({ tag: undefined })}>
          {text('FlexcordCasesTagFilter', { tag: filters.tag })} ✕
        </Button>
      ) : null}
      {Object.keys(narrowing).length > 0 ? (
        <Button variant="link" onClick={() => navigate({ filters: {} })}>
          {text('FlexcordCasesClear')}
        </Button>
      ) : null}
    </Box>
  );
};

const Search = ({ value, onSearch }: { value: string; onSearch: (q: string) => void }) => {
  const [input, setInput] = React.useState(value);
  const debounced = useDebounced(input);
  const lastSearch = React.useRef(value);
  React.useEffect(() => {
    // Something else changed the address: the back button, a tile, "clear".
    if (value !== lastSearch.current) {
      lastSearch.current = value;
      setInput(value);
    }
  }, [value]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only typing starts a search.
  React.useEffect(() => {
    const q = debounced.trim();
    if (q === lastSearch.current) return;
    lastSearch.current = q;
    onSearch(q);
  }, [debounced]);
  return (
    <Input
      type="search"
      aria-label={text('FlexcordCasesSearch')}
      placeholder={text('FlexcordCasesSearch')}
      maxLength={MAX_CASE_SEARCH_LENGTH}
      value={input}
      onChange={(event: React.ChangeEvent<HTMLInputElement>) => setInput(event.target.value)}
    />
  );
};
