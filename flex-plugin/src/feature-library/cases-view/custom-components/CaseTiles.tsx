import { CASE_STATUSES } from '@flexcord/shared/panel/case-constants';
import type { CaseTiles as CaseCounts } from '@flexcord/shared/panel/case-list';
import * as React from 'react';

import { QueryState } from '../../../components/QueryState.tsx';
import { StatTiles } from '../../../components/view/StatTiles.tsx';
import { statusColors } from '../../../components/view/StatusBadge.tsx';
import { text } from '../../../utils/strings.ts';
import { UNFINISHED, useTiles } from '../utils/caseListQueries.ts';
import type { CasesNavigation, Filters } from '../utils/casesLocation.ts';

const tiles: Array<{ id: keyof CaseCounts; filters: Filters }> = [
  { id: 'all', filters: {} },
  ...CASE_STATUSES.map((status) => ({ id: status, filters: { status } })),
  { id: 'unassigned', filters: { status: UNFINISHED, assignee: 'none' } },
];

const labelOf = (id: keyof CaseCounts) =>
  text(id === 'all' || id === 'unassigned' ? `FlexcordCasesTile_${id}` : `FlexcordStatus_${id}`);

/** How many cases there are of each kind; pressing a tile lists them. */
export const CaseTiles = ({ location, navigate }: CasesNavigation) => {
  const { status, assignee } = location.filters;
  return (
    <QueryState query={useTiles()}>
      {(counts) => (
        <StatTiles
          label={text('FlexcordCasesTiles')}
          tiles={tiles.map(({ id, filters }) => ({
            id,
            label: labelOf(id),
            count: counts[id],
            color: id === 'all' || id === 'unassigned' ? undefined : statusColors[id],
            isPressed: status === filters.status && assignee === filters.assignee,
            onPress: () =>
              navigate({
                layout: location.layout === 'charts' ? 'table' : location.layout,
                filters: { ...location.filters, status: undefined, assignee: undefined, ...filters },
              }),
          }))}
        />
      )}
    </QueryState>
  );
};
