import type { CaseSummary } from '@flexcord/shared/panel/case';
import { MAX_BULK_CASES } from '@flexcord/shared/panel/case-constants';
import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { Chip } from '../../../components/Chip.tsx';
import { QueryState } from '../../../components/QueryState.tsx';
import { Row } from '../../../components/Row.tsx';
import { SecondaryText } from '../../../components/SecondaryText.tsx';
import { Table, TableCell, TableHeader, TableRow } from '../../../components/Table.tsx';
import { formatDate } from '../../../utils/format.ts';
import { text } from '../../../utils/strings.ts';
import { useCaseList } from '../utils/caseListQueries.ts';
import type { CasesNavigation, Filters } from '../utils/casesLocation.ts';
import { BulkActions } from './BulkActions.tsx';
import { CaseLink } from './CaseLink.tsx';
import { CaseStatusBadge } from './CaseStatusBadge.tsx';

export const CaseTable = (navigation: CasesNavigation) => {
  const { location, changeFilters } = navigation;
  const { filters } = location;
  const query = useCaseList(filters);
  const [selected, setSelected] = React.useState<ReadonlySet<string>>(new Set());
  const key = JSON.stringify(filters);
  // A case that is no longer listed must not be changed by accident.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only other filters clear the selection.
  React.useEffect(() => setSelected(new Set()), [key]);
  const select = (ids: string[], isSelected: boolean) => {
    const next = new Set(selected);
    for (const id of ids) {
      if (!isSelected) next.delete(id);
      else if (next.size < MAX_BULK_CASES) next.add(id);
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
            <BulkActions
              selected={all.filter(({ id }) => selected.has(id))}
              onDone={() => setSelected(new Set())}
            />
            <Box opacity={query.isPreviousData ? 0.6 : 1}>
              <Table
                label={text('FlexcordCasesHeading')}
                variant="framed"
                headers={
                  <>
                    <TableHeader width="40px">
                      <Checkbox
                        label={text('FlexcordCasesSelectAll')}
                        checked={isAll}
                        onChange={(isSelected) => select(ids, isSelected)}
                      />
                    </TableHeader>
                    <TableHeader width="40%">{text('FlexcordCasesColumn_title')}</TableHeader>
                    <TableHeader>{text('FlexcordStatus')}</TableHeader>
                    <TableHeader>{text('FlexcordCasesColumn_member')}</TableHeader>
                    <TableHeader>{text('FlexcordAssignee')}</TableHeader>
                    <SortableHeader name="votes" filters={filters} onSort={changeFilters} />
                    <SortableHeader name="created" filters={filters} onSort={changeFilters} />
                    <SortableHeader name="updated" filters={filters} onSort={changeFilters} />
                  </>
                }
              >
                {all.map((summary) => (
                  <CaseRow
                    key={summary.id}
                    summary={summary}
                    navigation={navigation}
                    checked={selected.has(summary.id)}
                    onCheck={(isSelected) => select([summary.id], isSelected)}
                  />
                ))}
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
  summary: CaseSummary;
  navigation: CasesNavigation;
  checked: boolean;
  onCheck: (isSelected: boolean) => void;
}

const CaseRow = ({ summary, navigation, checked, onCheck }: RowProps) => (
  <TableRow isSelected={navigation.location.caseId === summary.id}>
    <TableCell>
      <Checkbox
        label={text('FlexcordCasesSelect', { number: summary.number })}
        checked={checked}
        onChange={onCheck}
      />
    </TableCell>
    <TableCell>
      <Box display="flex" flexDirection="column" rowGap="space20">
        <CaseLink summary={summary} {...navigation} />
        <Row>
          <SecondaryText>
            #{summary.number} · {text(`FlexcordType_${summary.type}`)}
          </SecondaryText>
          {summary.priority === 'high' ? <Chip strong>{text('FlexcordPriority_high')}</Chip> : null}
          {summary.tags.map((tag) => (
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
              onClick={() => navigation.changeFilters({ tag })}
            >
              <Chip>
                <bdi>{tag}</bdi>
              </Chip>
            </Box>
          ))}
        </Row>
      </Box>
    </TableCell>
    <TableCell>
      <CaseStatusBadge status={summary.status} />
    </TableCell>
    <TableCell>
      <bdi>{summary.memberName}</bdi>
    </TableCell>
    <TableCell>
      {summary.assigneeName ? (
        <bdi>{summary.assigneeName}</bdi>
      ) : (
        <SecondaryText>{text('FlexcordUnassigned')}</SecondaryText>
      )}
    </TableCell>
    <TableCell>{summary.votes}</TableCell>
    <TableCell>
      <time
        style={{ whiteSpace: 'nowrap' }}
        dateTime={summary.createdAt}
        title={formatDate(summary.createdAt, true)}
      >
        {formatDate(summary.createdAt)}
      </time>
    </TableCell>
    <TableCell>
      <time
        style={{ whiteSpace: 'nowrap' }}
        dateTime={summary.updatedAt}
        title={formatDate(summary.updatedAt, true)}
      >
        {formatDate(summary.updatedAt)}
      </time>
    </TableCell>
  </TableRow>
);

interface CheckboxProps {
  label: string;
  checked: boolean;
  onChange: (isSelected: boolean) => void;
}

const Checkbox = ({ label, checked, onChange }: CheckboxProps) => (
  <input
    type="checkbox"
    aria-label={label}
    checked={checked}
    onChange={(event) => onChange(event.target.checked)}
    style={{ width: 16, height: 16, margin: 0, cursor: 'pointer' }}
  />
);

type Direction = 'ascending' | 'descending';

interface SortableHeaderProps {
  name: 'votes' | 'created' | 'updated';
  filters: Filters;
  onSort: (change: Filters) => void;
}

/** The header of a column that sorts by it, and reverses the order when pressed again. */
const SortableHeader = ({ name, filters, onSort }: SortableHeaderProps) => {
  const isSelected = (filters.sort ?? 'created') === name;
  const isAscending = filters.order === 'asc';
  const direction: Direction = isAscending ? 'ascending' : 'descending';
  const arrow = isAscending ? '↑' : '↓';
  return (
    <TableHeader sort={isSelected ? direction : undefined}>
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
        onClick={() => onSort({ sort: name, order: isSelected && !isAscending ? 'asc' : undefined })}
      >
        {text(`FlexcordCasesColumn_${name}`)} <span aria-hidden="true">{isSelected ? arrow : ''}</span>
      </Box>
    </TableHeader>
  );
};
