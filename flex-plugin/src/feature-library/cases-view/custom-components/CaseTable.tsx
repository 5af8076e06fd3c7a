import type { CaseSummary } from '@flexcord/shared/panel/case';
import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { text } from '../../../utils/strings.ts';
import { QueryState } from '../../discord-panel/custom-components/QueryState.tsx';
import { Chip, formatDate, Row, Weak } from '../../discord-panel/custom-components/ui.tsx';
import { useCaseList } from '../utils/caseQueries.ts';
import type { Filters, Way } from '../utils/caseUrl.ts';
import { BulkBar } from './BulkBar.tsx';
import { CaseLink, StatusMark } from './marks.tsx';
import { Table, Td, Th, Tr } from './table.tsx';

/** The most that one bulk action takes. */
const MOST_SELECTED = 200;

export const CaseTable = (way: Way) => {
  const { place, filter } = way;
  const { filters } = place;
  const query = useCaseList(filters);
  const [selected, setSelected] = React.useState<ReadonlySet<string>>(new Set());
  const key = JSON.stringify(filters);
  // What is no longer in sight is not changed by accident.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another list drops the selection.
  React.useEffect(() => setSelected(new Set()), [key]);
  const select = (ids: string[], isOn: boolean) => {
    const next = new Set(selected);
    for (const id of ids) {
      if (!isOn) next.delete(id);
      else if (next.size < MOST_SELECTED) next.add(id);
    }
    setSelected(next);
  };
  const isFiltered = Object.keys(filters).length > 0;
  return (
    <QueryState
      query={query}
      isEmpty={({ pages }) => pages.every(({ cases }) => cases.length === 0)}
      emptyText={text(isFiltered ? 'FlexcordCasesNoneFits' : 'FlexcordCasesNone')}
    >
      {({ pages }) => {
        const all = pages.flatMap(({ cases }) => cases);
        const ids = all.map(({ id }) => id);
        const isAll = ids.every((id) => selected.has(id));
        return (
          <Box aria-busy={query.isPreviousData} display="flex" flexDirection="column" rowGap="space50">
            <BulkBar
              chosen={all.filter(({ id }) => selected.has(id))}
              onDone={() => setSelected(new Set())}
            />
            <Box opacity={query.isPreviousData ? 0.6 : 1}>
              <Table label={text('FlexcordCasesHeading')}>
                <thead>
                  <Tr>
                    <Th width="40px">
                      <Check
                        label={text('FlexcordCasesSelectAll')}
                        checked={isAll}
                        onChange={(isOn) => select(ids, isOn)}
                      />
                    </Th>
                    <Th width="40%">{text('FlexcordCasesColumn_title')}</Th>
                    <Th>{text('FlexcordStatus')}</Th>
                    <Th>{text('FlexcordCasesColumn_member')}</Th>
                    <Th>{text('FlexcordAssignee')}</Th>
                    <Sortable name="votes" filters={filters} onSort={filter} />
                    <Sortable name="created" filters={filters} onSort={filter} />
                    <Sortable name="updated" filters={filters} onSort={filter} />
                  </Tr>
                </thead>
                <tbody>
                  {all.map((one) => (
                    <CaseRow
                      key={one.id}
                      one={one}
                      way={way}
                      checked={selected.has(one.id)}
                      onCheck={(isOn) => select([one.id], isOn)}
                    />
                  ))}
                </tbody>
              </Table>
            </Box>
            {query.hasNextPage ? (
              <div>
                <Button
                  variant="secondary"
                  disabled={query.isFetchingNextPage}
                  onClick={() => void query.fetchNextPage()}
                >
                  {text('FlexcordShowMore')}
                </Button>
              </div>
            ) : null}
          </Box>
        );
      }}
    </QueryState>
  );
};

interface RowProps {
  one: CaseSummary;
  way: Way;
  checked: boolean;
  onCheck: (isOn: boolean) => void;
}

const CaseRow = ({ one, way, checked, onCheck }: RowProps) => (
  <Tr isOn={way.place.caseId === one.id}>
    <Td>
      <Check
        label={text('FlexcordCasesSelect', { number: one.number })}
        checked={checked}
        onChange={onCheck}
      />
    </Td>
    <Td>
      <Box display="flex" flexDirection="column" rowGap="space20">
        <CaseLink one={one} {...way} />
        <Row>
          <Weak>
            #{one.number} · {text(`FlexcordType_${one.type}`)}
          </Weak>
          {one.priority === 'high' ? <Chip strong>{text('FlexcordPriority_high')}</Chip> : null}
          {one.tags.map((tag) => (
            <Box
              key={tag}
              as="button"
              type="button"
              appearance="none"
              borderWidth="borderWidth0"
              padding="space0"
              backgroundColor="transparent"
              cursor="pointer"
              borderRadius="borderRadiusPill"
              title={text('FlexcordCasesTagFilter', { tag })}
              _focusVisible={{ boxShadow: 'shadowFocus', outline: 'none' }}
              onClick={() => way.filter({ tag })}
            >
              <Chip>
                <bdi>{tag}</bdi>
              </Chip>
            </Box>
          ))}
        </Row>
      </Box>
    </Td>
    <Td>
      <StatusMark status={one.status} />
    </Td>
    <Td>
      <bdi>{one.memberName}</bdi>
    </Td>
    <Td>{one.assigneeName ? <bdi>{one.assigneeName}</bdi> : <Weak>{text('FlexcordUnassigned')}</Weak>}</Td>
    <Td>{one.votes}</Td>
    <Td>
      <time style={{ whiteSpace: 'nowrap' }} dateTime={one.createdAt} title={formatDate(one.createdAt, true)}>
        {formatDate(one.createdAt)}
      </time>
    </Td>
    <Td>
      <time style={{ whiteSpace: 'nowrap' }} dateTime={one.updatedAt} title={formatDate(one.updatedAt, true)}>
        {formatDate(one.updatedAt)}
      </time>
    </Td>
  </Tr>
);

interface CheckProps {
  label: string;
  checked: boolean;
  onChange: (isOn: boolean) => void;
}

const Check = ({ label, checked, onChange }: CheckProps) => (
  <input
    type="checkbox"
    aria-label={label}
    checked={checked}
    onChange={(event) => onChange(event.target.checked)}
    style={{ width: 16, height: 16, margin: 0, cursor: 'pointer' }}
  />
);

type Direction = 'ascending' | 'descending';

interface SortableProps {
  name: 'votes' | 'created' | 'updated';
  filters: Filters;
  onSort: (change: Filters) => void;
}

/** A column's head that sorts by it, and turns the order round when pressed again. */
const Sortable = ({ name, filters, onSort }: SortableProps) => {
  const isOn = (filters.sort ?? 'created') === name;
  const isAscending = filters.order === 'asc';
  const direction: Direction = isAscending ? 'ascending' : 'descending';
  const arrow = isAscending ? '↑' : '↓';
  return (
    <Th sort={isOn ? direction : undefined}>
      <Box
        as="button"
        type="button"
        appearance="none"
        borderWidth="borderWidth0"
        padding="space0"
        backgroundColor="transparent"
        cursor="pointer"
        color="inherit"
        fontSize="inherit"
        fontWeight="inherit"
        whiteSpace="nowrap"
        borderRadius="borderRadius10"
        _focusVisible={{ boxShadow: 'shadowFocus', outline: 'none' }}
        onClick={() => onSort({ sort: name, order: isOn && !isAscending ? 'asc' : undefined })}
      >
        {text(`FlexcordCasesColumn_${name}`)} <span aria-hidden="true">{isOn ? arrow : ''}</span>
      </Box>
    </Th>
  );
};
