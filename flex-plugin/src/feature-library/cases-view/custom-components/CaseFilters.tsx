import {
  CASE_PRIORITIES,
  CASE_STATUSES,
  CASE_TYPES,
  MAX_CASE_SEARCH_LENGTH,
} from '@flexcord/shared/panel/case-constants';
import { Manager } from '@twilio/flex-ui';
import * as React from 'react';

import { FilterBar } from '../../../components/view/FilterBar.tsx';
import { SavedViews } from '../../../components/view/SavedViews.tsx';
import { useAgents } from '../../../hooks/caseQueries.ts';
import { useMember } from '../../../hooks/memberQueries.ts';
import { isSupervisor } from '../../../utils/permissions.ts';
import { text } from '../../../utils/strings.ts';
import { UNFINISHED } from '../utils/caseListQueries.ts';
import { type CasesNavigation, contentOf, type Filters, viewOf } from '../utils/casesLocation.ts';

/** Search and filters; a case is listed when it meets all of them. */
export const CaseFilters: React.FC<CasesNavigation> = ({ location, changeFilters, navigate, children }) => {
  const { filters } = location;
  const agents = useAgents(isSupervisor()).data?.agents ?? [];
  const { sort: _, order: __, ...narrowing } = filters;
  const { status = '', tag, memberId } = filters;
  const filter = (name: keyof Filters, options: Array<[value: string, label: string]>) => ({
    name,
    label: text(`FlexcordCasesFilter_${name}`),
    anyLabel: text(`FlexcordCasesAny_${name}`),
    value: filters[name] ?? '',
    options,
  });
  return (
    <FilterBar
      start={
        <SavedViews
          kind="cases"
          current={contentOf(location)}
          presets={presets()}
          onOpen={(content) => navigate(viewOf(content))}
        />
      }
      search={{
        label: text('FlexcordCasesSearch'),
        value: filters.q ?? '',
        maxLength: MAX_CASE_SEARCH_LENGTH,
        onSearch: (q) => changeFilters({ q: q || undefined }, 'HistoryReplace'),
      }}
      filters={[
        filter('status', [
          ...CASE_STATUSES.map((value): [string, string] => [value, text(`FlexcordStatus_${value}`)]),
          ...(status.includes(',') ? [[status, text('FlexcordCasesUnfinished')] as [string, string]] : []),
        ]),
        filter(
          'type',
          CASE_TYPES.map((type) => [type, text(`FlexcordType_${type}`)]),
        ),
        filter(
          'priority',
          [...CASE_PRIORITIES].reverse().map((priority) => [priority, text(`FlexcordPriority_${priority}`)]),
        ),
        filter('assignee', [
          ['none', text('FlexcordUnassigned')],
          ...agents.map(({ identity, name }): [string, string] => [identity, name]),
        ]),
      ]}
      onFilter={(name, value) => changeFilters({ [name]: value })}
      more={[
        ...(tag ? [{ name: 'tag', label: tag, onRemove: () => changeFilters({ tag: undefined }) }] : []),
        ...(memberId
          ? [
              {
                name: 'member',
                label: <MemberName memberId={memberId} />,
                onRemove: () => changeFilters({ memberId: undefined }),
              },
            ]
          : []),
      ]}
      onClear={Object.keys(narrowing).length > 0 ? () => navigate({ filters: {} }) : undefined}
    >
      {children}
    </FilterBar>
  );
};

const MemberName = ({ memberId }: { memberId: string }) => (
  <bdi>{useMember(memberId).data?.displayName ?? memberId}</bdi>
);

/** Views that everybody has. */
const presets = () => {
  const preset = (name: string, filters: Filters) => ({
    name: text(`FlexcordCasesView_${name}`),
    content: contentOf({ layout: 'table', filters }),
  });
  return [
    preset('mine', { status: UNFINISHED, assignee: Manager.getInstance().user.identity }),
    preset('urgent', { status: UNFINISHED, sort: 'priority' }),
    preset('wanted', { status: UNFINISHED, type: 'feature', sort: 'votes' }),
  ];
};
