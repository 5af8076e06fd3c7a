import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import { Input } from '@twilio-paste/core/input';
import { Option, Select } from '@twilio-paste/core/select';
import * as React from 'react';

import { useAgents } from '../../../utils/bridge/queries.ts';
import { text } from '../../../utils/strings.ts';
import { useDebounced } from '../../../utils/useDebounced.ts';
import { isSupervisor, statuses } from '../utils/caseQueries.ts';
import type { Filters, Way } from '../utils/caseUrl.ts';

/** Search and filters; all of them must fit. */
export const CaseFilters = ({ place, filter, go }: Way) => {
  const { filters } = place;
  const agents = useAgents(isSupervisor()).data?.agents ?? [];
  const { sort: _, order: __, ...narrowing } = filters;
  const choice = (name: keyof Filters, options: Array<[value: string, label: string]>) => (
    <Box minWidth="150px" flexGrow={1} maxWidth="220px">
      <Select
        aria-label={text(`FlexcordCasesFilter_${name}`)}
        value={filters[name] ?? ''}
        onChange={(event: React.ChangeEvent<HTMLSelectElement>) =>
          filter({ [name]: event.target.value || undefined })
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
        <Search value={filters.q ?? ''} onSearch={(q) => filter({ q: q || undefined }, 'HistoryReplace')} />
      </Box>
      {choice('status', [
        ...statuses.map((one): [string, string] => [one, text(`FlexcordStatus_${one}`)]),
        ...(status.includes(',') ? [[status, text('FlexcordCasesUnfinished')] as [string, string]] : []),
      ])}
      {choice(
        'type',
        ['support', 'bug', 'feature'].map((one) => [one, text(`FlexcordType_${one}`)]),
      )}
      {choice(
        'priority',
        ['high', 'normal', 'low'].map((one) => [one, text(`FlexcordPriority_${one}`)]),
      )}
      {choice('assignee', [
        ['none', text('FlexcordUnassigned')],
        ...agents.map(({ identity, name }): [string, string] => [identity, name]),
      ])}
      {filters.tag ? (
        <Button variant="secondary" size="small" onClick={() => filter({ tag: undefined })}>
          {text('FlexcordCasesTagFilter', { tag: filters.tag })} ✕
        </Button>
      ) : null}
      {Object.keys(narrowing).length > 0 ? (
        <Button variant="link" onClick={() => go({ filters: {} })}>
          {text('FlexcordCasesClear')}
        </Button>
      ) : null}
    </Box>
  );
};

const Search = ({ value, onSearch }: { value: string; onSearch: (q: string) => void }) => {
  const [words, setWords] = React.useState(value);
  const settled = useDebounced(words);
  const shown = React.useRef(value);
  React.useEffect(() => {
    // The address changed without the typing hand: back button, a tile, "clear".
    if (value !== shown.current) {
      shown.current = value;
      setWords(value);
    }
  }, [value]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed searches.
  React.useEffect(() => {
    const q = settled.trim();
    if (q === shown.current) return;
    shown.current = q;
    onSearch(q);
  }, [settled]);
  return (
    <Input
      type="search"
      aria-label={text('FlexcordCasesSearch')}
      placeholder={text('FlexcordCasesSearch')}
      maxLength={200}
      value={words}
      onChange={(event: React.ChangeEvent<HTMLInputElement>) => setWords(event.target.value)}
    />
  );
};
