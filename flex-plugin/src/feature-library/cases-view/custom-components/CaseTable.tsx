import type { CaseSummary } from '@flexcord/shared/panel/case';
import { MAX_BULK_CASES } from '@flexcord/shared/panel/case-constants';
import * as React from 'react';
import { QueryState } from '../../../components/QueryState.tsx';
import { DataTable, type TableSort } from '../../../components/view/DataTable.tsx';
import { EmptyState } from '../../../components/view/EmptyState.tsx';
import { MoreButton } from '../../../components/view/MoreButton.tsx';
import type { Columns } from '../../../components/view/useColumns.ts';
import { text } from '../../../utils/strings.ts';
import { useCaseList } from '../utils/caseListQueries.ts';
import { type CasesNavigation, type Filters, isNarrowed } from '../utils/casesLocation.ts';
import { BulkActions } from './BulkActions.tsx';

export const CaseTable = ({
  columns,
  ...navigation
}: CasesNavigation & { columns: Columns<CaseSummary> }) => {
  const { location, changeFilters } = navigation;
  const { filters } = location;
  const query = useCaseList(filters);
  const [selected, setSelected] = React.useState<ReadonlySet<string>>(new Set());
  const key = JSON.stringify(filters);
  // A case that is no longer listed must not be changed by accident.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only other filters clear the selection.
  React.useEffect(() => setSelected(new Set()), [key]);
  const choose = (cases: CaseSummary[], isChosen: boolean) => {
    const next = new Set(selected);
    for (const { id } of cases) {
      if (!isChosen) next.delete(id);
      else if (next.size < MAX_BULK_CASES) next.add(id);
    }
    setSelected(next);
  };
  const onSort = ({ by, order }: TableSort) =>
    changeFilters({
      sort: by === 'created' ? undefined : (by as Filters['sort']),
      order: order === 'asc' ? 'asc' : undefined,
    });
  return (
    <QueryState
      query={query}
      isEmpty={({ pages }) => pages.every(({ cases }) => cases.length === 0)}
      emptyText={<NoCases isNarrowed={isNarrowed(filters)} />}
    >
      {({ pages }) => {
        const all = pages.flatMap(({ cases }) => cases);
        return (
          <>
            <BulkActions
              selected={all.filter(({ id }) => selected.has(id))}
              onDone={() => setSelected(new Set())}
            />
            <DataTable
              label={text('FlexcordCasesHeading')}
              columns={columns}
              items={all}
              keyOf={({ id }) => id}
              openKey={location.caseId}
              sort={{ by: filters.sort ?? 'created', order: filters.order ?? 'desc' }}
              onSort={onSort}
              choice={{
                has: ({ id }) => selected.has(id),
                labelOf: ({ number }) => text('FlexcordCasesSelect', { number }),
                choose,
              }}
              isStale={query.isPreviousData}
            />
            <MoreButton query={query} />
          </>
        );
      }}
    </QueryState>
  );
};

const NoCases = ({ isNarrowed: narrowed }: { isNarrowed: boolean }) =>
  narrowed ? (
    <EmptyState heading={text('FlexcordCasesNoneFits')}>{text('FlexcordCasesNoneFitsHelp')}</EmptyState>
  ) : (
    <EmptyState heading={text('FlexcordCasesNone')}>{text('FlexcordCasesNoneHelp')}</EmptyState>
  );
