import { COMMUNITY_LIMITS, POST_ANSWERS } from '@flexcord/shared/panel/community-constants';
import { Manager } from '@twilio/flex-ui';
import * as React from 'react';

import { FilterBar } from '../../../components/view/FilterBar.tsx';
import { SavedViews } from '../../../components/view/SavedViews.tsx';
import { useAgents } from '../../../hooks/caseQueries.ts';
import { text } from '../../../utils/strings.ts';
import { type CommunityNavigation, contentOf, type Filters, filtersOf } from '../utils/communityLocation.ts';
import { useOverview } from '../utils/communityQueries.ts';

/** Search and filters; a post is listed when it meets all of them. */
export const PostFilters: React.FC<CommunityNavigation> = ({
  location,
  changeFilters,
  navigate,
  children,
}) => {
  const { filters } = location;
  const { channels = [] } = useOverview().data ?? {};
  const agents = useAgents(true).data?.agents ?? [];
  // Of all channels where none is chosen; a name that several have says whose it is.
  const tags = channels
    .filter(({ id }) => filters.channelId === undefined || id === filters.channelId)
    .flatMap(({ name, tags: own }) => own.map((tag) => ({ ...tag, channel: name })));
  const filter = (name: keyof Filters, options: Array<[value: string, label: string]>) => ({
    name,
    label: text(`FlexcordCommunityFilter_${name}`),
    anyLabel: text(`FlexcordCommunityAny_${name}`),
    value: filters[name] ?? '',
    options,
  });
  const { sort: _, ...narrowing } = filters;
  return (
    <FilterBar
      start={
        <SavedViews
          kind="community"
          current={contentOf(filters)}
          presets={presets()}
          onOpen={(content) => navigate({ layout: 'table', filters: filtersOf(content) })}
        />
      }
      search={{
        label: text('FlexcordCommunitySearch'),
        value: filters.q ?? '',
        maxLength: COMMUNITY_LIMITS.search,
        onSearch: (q) => changeFilters({ q: q || undefined }, 'HistoryReplace'),
      }}
      filters={[
        ...(channels.length > 1
          ? [
              filter(
                'channelId',
                channels.map(({ id, name, open }) => [id, `#${name || id} (${open})`]),
              ),
            ]
          : []),
        filter('state', [
          ['solved', text('FlexcordCommunityState_solved')],
          ['closed', text('FlexcordCommunityState_closed')],
          ['all', text('FlexcordCommunityState_all')],
        ]),
        ...(tags.length > 0
          ? [
              filter(
                'tag',
                tags.map(({ id, name, channel }) => [
                  id,
                  tags.some((other) => other.id !== id && other.name === name)
                    ? `${name} (#${channel})`
                    : name,
                ]),
              ),
            ]
          : []),
        filter(
          'answeredBy',
          POST_ANSWERS.map((by) => [by, text(`FlexcordCommunityAnswer_${by}`)]),
        ),
        filter('assignee', [
          ['none', text('FlexcordUnassigned')],
          ...agents.map(({ identity, name }): [string, string] => [identity, name]),
        ]),
      ]}
      onFilter={(name, value) =>
        changeFilters({
          [name]: value,
          // A tag belongs to a channel.
          ...(name === 'channelId' ? { tag: undefined } : {}),
        })
      }
      more={
        filters.waiting
          ? [
              {
                name: 'waiting',
                label: text('FlexcordCommunityTile_waiting'),
                onRemove: () => changeFilters({ waiting: undefined }),
              },
            ]
          : []
      }
      onClear={Object.keys(narrowing).length > 0 ? () => navigate({ filters: {} }) : undefined}
    >
      {children}
    </FilterBar>
  );
};

/** Views that everybody has. */
const presets = () => {
  const preset = (name: string, filters: Filters) => ({
    name: text(`FlexcordCommunityView_${name}`),
    content: contentOf(filters),
  });
  return [
    preset('mine', { assignee: Manager.getInstance().user.identity }),
    preset('unanswered', { answeredBy: 'nobody', waiting: 'true' }),
    preset('newest', { state: 'all', sort: 'newest' }),
  ];
};
