import type { CommunityPost } from '@flexcord/shared/panel/community';
import { COMMUNITY_LIMITS } from '@flexcord/shared/panel/community-constants';
import * as React from 'react';

import { QueryState } from '../../../components/QueryState.tsx';
import { DataTable, type TableSort } from '../../../components/view/DataTable.tsx';
import { EmptyState } from '../../../components/view/EmptyState.tsx';
import { MoreButton } from '../../../components/view/MoreButton.tsx';
import type { Columns } from '../../../components/view/useColumns.ts';
import { text } from '../../../utils/strings.ts';
import { type CommunityNavigation, isNarrowed } from '../utils/communityLocation.ts';
import { useOverview, usePosts } from '../utils/communityQueries.ts';
import { PostActions } from './PostActions.tsx';

export const PostTable = ({
  columns,
  location,
  changeFilters,
}: CommunityNavigation & { columns: Columns<CommunityPost> }) => {
  const { filters } = location;
  const query = usePosts(filters);
  const [selected, setSelected] = React.useState<ReadonlySet<string>>(new Set());
  const key = JSON.stringify(filters);
  // A post that is no longer listed must not be changed by accident.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only other filters clear the selection.
  React.useEffect(() => setSelected(new Set()), [key]);
  const choose = (posts: CommunityPost[], isChosen: boolean) => {
    const next = new Set(selected);
    for (const { id } of posts) {
      if (!isChosen) next.delete(id);
      else if (next.size < COMMUNITY_LIMITS.bulk) next.add(id);
    }
    setSelected(next);
  };
  const sort = filters.sort ?? 'waiting';
  return (
    <QueryState
      query={query}
      isEmpty={({ pages }) => pages.every(({ posts }) => posts.length === 0)}
      emptyText={<NoPosts isNarrowed={isNarrowed(filters)} />}
    >
      {({ pages }) => {
        const all = pages.flatMap(({ posts }) => posts);
        return (
          <>
            <PostActions
              posts={all.filter(({ id }) => selected.has(id))}
              onClear={() => setSelected(new Set())}
            />
            <DataTable
              label={text('FlexcordCommunityHeading')}
              columns={columns}
              items={all}
              keyOf={({ id }) => id}
              openKey={location.postId}
              // Who has waited longest is first, and so is the newest: there is one order of each.
              sort={{ by: sort, order: sort === 'waiting' ? 'asc' : 'desc' }}
              onSort={({ by }: TableSort) => changeFilters({ sort: by === 'newest' ? 'newest' : undefined })}
              choice={{
                has: ({ id }) => selected.has(id),
                labelOf: ({ title }) => text('FlexcordCommunitySelect', { title }),
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

const NoPosts = ({ isNarrowed: narrowed }: { isNarrowed: boolean }) => {
  const isServed = (useOverview().data?.channels.length ?? 1) > 0;
  const which = narrowed ? 'NoneFits' : isServed ? 'NoneOpen' : 'NotServed';
  return (
    <EmptyState heading={text(`FlexcordCommunity${which}`)}>
      {text(`FlexcordCommunity${which}Help`)}
    </EmptyState>
  );
};
