import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import { Input } from '@twilio-paste/core/input';
import { Option, Select } from '@twilio-paste/core/select';
import * as React from 'react';

import { useDebounced } from '../../hooks/useDebounced.ts';
import { text } from '../../utils/strings.ts';
import { ToolButton } from './PopoverButton.tsx';

export interface Filter {
  name: string;
  label: string;
  /** What the closed list says where it narrows nothing. */
  anyLabel: string;
  /** Empty: it narrows nothing. */
  value: string;
  /** Value and label. */
  options: ReadonlyArray<readonly [value: string, label: string]>;
}

interface Props {
  search?: { label: string; value: string; maxLength: number; onSearch: (q: string) => void };
  filters: Filter[];
  onFilter: (name: string, value: string | undefined) => void;
  /** What narrows the list and has no list of values, such as a tag; pressing it takes it away. */
  more?: Array<{ name: string; label: React.ReactNode; onRemove: () => void }>;
  /** There where anything narrows the list. */
  onClear?: () => void;
  /** Stands first, such as the saved views. */
  start?: React.ReactNode;
  /** Stands at the end, such as the choice of columns. */
  children?: React.ReactNode;
}

const SET = { 'data-flexcord-set': '', color: 'colorTextLink', style: { outline: '2px solid' } } as const;

/** Search, filters and tools over a list; what is listed fits all of them. `/` goes to the search. */
export const FilterBar = ({ search, filters, onFilter, more = [], onClear, start, children }: Props) => (
  <Box
    role="search"
    aria-label={text('FlexcordViewFilters')}
    display="flex"
    flexWrap="wrap"
    alignItems="center"
    columnGap="space30"
    rowGap="space30"
  >
    {start}
    {search ? (
      <Box flexGrow={1} flexBasis="160px" maxWidth="340px">
        <Search {...search} />
      </Box>
    ) : null}
    {filters.map((filter) => (
      <Box
        key={filter.name}
        width="140px"
        borderRadius="borderRadius20"
        // A filter that narrows the list is told from one that does not at a glance.
        {...(filter.value ? SET : {})}
      >
        <Select
          aria-label={filter.label}
          value={filter.value}
          onChange={(event: React.ChangeEvent<HTMLSelectElement>) =>
            onFilter(filter.name, event.target.value || undefined)
          }
        >
          <Option value="">{filter.anyLabel}</Option>
          {filter.options.map(([value, label]) => (
            <Option key={value} value={value}>
              {label}
            </Option>
          ))}
        </Select>
      </Box>
    ))}
    {more.map(({ name, label, onRemove }) => (
      <ToolButton key={name} onClick={onRemove} title={text('FlexcordViewRemove')}>
        {label} <span aria-hidden="true">✕</span>
      </ToolButton>
    ))}
    {onClear ? (
      <Button variant="link" onClick={onClear}>
        {text('FlexcordViewClear')}
      </Button>
    ) : null}
    {children ? (
      <Box marginLeft="auto" display="flex" columnGap="space30">
        {children}
      </Box>
    ) : null}
  </Box>
);

const Search = ({ label, value, maxLength, onSearch }: NonNullable<Props['search']>) => {
  const [input, setInput] = React.useState(value);
  const debounced = useDebounced(input);
  const lastSearch = React.useRef(value);
  React.useEffect(() => {
    // Something else changed it: the back button, a tile, "clear".
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
      data-flexcord-search=""
      aria-label={label}
      placeholder={label}
      maxLength={maxLength}
      value={input}
      onChange={(event: React.ChangeEvent<HTMLInputElement>) => setInput(event.target.value)}
    />
  );
};
