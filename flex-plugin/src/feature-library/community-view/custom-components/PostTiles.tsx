import type { CommunityOverview } from '@flexcord/shared/panel/community';
import * as React from 'react';

import { QueryState } from '../../../components/QueryState.tsx';
import { StatTiles } from '../../../components/view/StatTiles.tsx';
import { text } from '../../../utils/strings.ts';
import type { CommunityNavigation, Filters } from '../utils/communityLocation.ts';
import { useOverview } from '../utils/communityQueries.ts';

type Count = Exclude<keyof CommunityOverview, 'channels' | 'withTeam'>;

const tiles: Array<{ id: Count; color?: string; filters: Filters }> = [
  { id: 'open', filters: {} },
  { id: 'waiting', color: '#e36209', filters: { waiting: 'true' } },
  { id: 'unanswered', color: '#8c5bd8', filters: { answeredBy: 'nobody' } },
  { id: 'unassigned', color: '#3d78e8', filters: { assignee: 'none' } },
];

/** How many open posts there are of each kind; pressing a tile lists them. */
export const PostTiles = ({ location, navigate }: CommunityNavigation) => {
  const { state, waiting, answeredBy, assignee, ...others } = location.filters;
  return (
    <QueryState query={useOverview()}>
      {(counts) => (
        <StatTiles
          label={text('FlexcordCommunityTiles')}
          tiles={tiles.map(({ id, color, filters }) => ({
            id,
            label: text(`FlexcordCommunityTile_${id}`),
            count: counts[id],
            ...(color ? { color } : {}),
            isPressed:
              location.layout === 'table' &&
              state === undefined &&
              waiting === filters.waiting &&
              answeredBy === filters.answeredBy &&
              assignee === filters.assignee,
            onPress: () => navigate({ layout: 'table', filters: { ...others, ...filters } }),
          }))}
        />
      )}
    </QueryState>
  );
};
