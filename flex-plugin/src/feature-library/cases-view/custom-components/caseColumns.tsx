import type { CaseSummary } from '@flexcord/shared/panel/case';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { Chip } from '../../../components/Chip.tsx';
import { SecondaryText } from '../../../components/SecondaryText.tsx';
import { CaseStatusBadge } from '../../../components/view/StatusBadge.tsx';
import { Time } from '../../../components/view/Time.tsx';
import type { TableColumn } from '../../../components/view/useColumns.ts';
import { WaitingTime } from '../../../components/view/WaitingTime.tsx';
import { Weak } from '../../../components/view/Weak.tsx';
import { formatNumber } from '../../../utils/format.ts';
import { text } from '../../../utils/strings.ts';
import type { CasesNavigation } from '../utils/casesLocation.ts';
import { CaseLink } from './CaseLink.tsx';
import { Priority } from './Priority.tsx';

/** Tags that are shown beside a title; the others are in the case. */
const MAX_VISIBLE_TAGS = 1;

/** What the table of cases can show. */
export const caseColumns = (navigation: CasesNavigation): TableColumn<CaseSummary>[] => [
  {
    id: 'title',
    label: text('FlexcordCasesColumn_title'),
    width: 280,
    isFixed: true,
    cell: (summary) => <Title summary={summary} navigation={navigation} />,
  },
  {
    id: 'status',
    label: text('FlexcordStatus'),
    width: 180,
    rank: 9,
    cell: ({ status }) => <CaseStatusBadge status={status} />,
  },
  {
    id: 'priority',
    label: text('FlexcordCasesFilter_priority'),
    width: 92,
    rank: 8,
    sort: 'priority',
    cell: ({ priority }) => <Priority priority={priority} />,
  },
  {
    id: 'type',
    label: text('FlexcordCasesFilter_type'),
    width: 132,
    rank: 2,
    cell: ({ type }) => text(`FlexcordType_${type}`),
  },
  {
    id: 'member',
    label: text('FlexcordCasesColumn_member'),
    width: 120,
    rank: 5,
    cell: ({ memberName }) => <bdi title={memberName}>{memberName}</bdi>,
  },
  {
    id: 'assignee',
    label: text('FlexcordAssignee'),
    width: 110,
    rank: 6,
    cell: ({ assigneeName }) =>
      assigneeName ? (
        <bdi title={assigneeName}>{assigneeName}</bdi>
      ) : (
        <Weak>{text('FlexcordUnassigned')}</Weak>
      ),
  },
  {
    id: 'waiting',
    label: text('FlexcordCasesColumn_waiting'),
    width: 92,
    rank: 7,
    cell: ({ waitingSince }) => <WaitingTime since={waitingSince} />,
  },
  {
    id: 'votes',
    label: text('FlexcordCasesColumn_votes'),
    width: 64,
    rank: 3,
    sort: 'votes',
    isNumeric: true,
    cell: ({ votes }) => (votes > 0 ? formatNumber(votes) : <Weak>—</Weak>),
  },
  {
    id: 'created',
    label: text('FlexcordCasesColumn_created'),
    width: 104,
    rank: 4,
    sort: 'created',
    cell: ({ createdAt }) => <Time at={createdAt} />,
  },
  {
    id: 'updated',
    label: text('FlexcordCasesColumn_updated'),
    width: 104,
    rank: 1,
    sort: 'updated',
    cell: ({ updatedAt }) => <Time at={updatedAt} />,
  },
];

const Title = ({ summary, navigation }: { summary: CaseSummary; navigation: CasesNavigation }) => {
  const hidden = summary.tags.slice(MAX_VISIBLE_TAGS);
  return (
    <Box display="flex" alignItems="center" columnGap="space20" minWidth="0">
      <Box as="span" flexShrink={0} minWidth="36px" color="colorTextWeak" fontSize="fontSize20">
        #{summary.number}
      </Box>
      <Box
        as="span"
        minWidth="0"
        overflow="hidden"
        style={{ textOverflow: 'ellipsis' }}
        title={summary.title}
      >
        <CaseLink summary={summary} {...navigation} />
      </Box>
      {summary.tags.slice(0, MAX_VISIBLE_TAGS).map((tag) => (
        <Box
          key={tag}
          as="button"
          type="button"
          appearance="none"
          borderWidth="borderWidth0"
          padding="space0"
          flexShrink={0}
          backgroundColor="transparent"
          cursor="pointer"
          borderRadius="borderRadiusPill"
          tabIndex={-1}
          title={text('FlexcordCasesTagFilter', { tag })}
          _focusVisible={{ boxShadow: 'shadowFocus', outline: 'none' }}
          onClick={() => navigation.changeFilters({ tag })}
        >
          <Chip>{tag}</Chip>
        </Box>
      ))}
      {hidden.length > 0 ? (
        <Box as="span" flexShrink={0} title={hidden.join(', ')}>
          <SecondaryText>+{hidden.length}</SecondaryText>
        </Box>
      ) : null}
    </Box>
  );
};
