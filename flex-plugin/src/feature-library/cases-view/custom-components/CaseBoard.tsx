import type { CaseStatus, CaseSummary } from '@flexcord/shared/panel/case';
import { CASE_STATUSES } from '@flexcord/shared/panel/case-constants';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { QueryState } from '../../../components/QueryState.tsx';
import { Row } from '../../../components/Row.tsx';
import { SecondaryText } from '../../../components/SecondaryText.tsx';
import { Board, BoardCard } from '../../../components/view/Board.tsx';
import { MoreButton } from '../../../components/view/MoreButton.tsx';
import { CaseStatusBadge } from '../../../components/view/StatusBadge.tsx';
import { Time } from '../../../components/view/Time.tsx';
import { WaitingTime } from '../../../components/view/WaitingTime.tsx';
import { notifyError } from '../../../utils/notifications.ts';
import { text } from '../../../utils/strings.ts';
import { changeCases, useCaseList, useTiles } from '../utils/caseListQueries.ts';
import { type CasesNavigation, isNarrowed } from '../utils/casesLocation.ts';
import { CaseLink } from './CaseLink.tsx';
import { Priority } from './Priority.tsx';

async function move({ id }: CaseSummary, to: CaseStatus): Promise<void> {
  try {
    const [result] = await changeCases([id], { is: 'transition', to });
    if (result?.problem) throw new Error(result.problem);
  } catch (error) {
    notifyError(error);
  }
}

/** A column for each status. */
export const CaseBoard = (navigation: CasesNavigation) => {
  const { filters } = navigation.location;
  const wanted = filters.status?.split(',');
  // The tiles count all cases; of filtered ones nobody knows how many there are.
  const counts = useTiles().data;
  const { status: _, ...others } = filters;
  return (
    <Board<CaseSummary, CaseStatus>
      help={text('FlexcordCasesBoardHelp')}
      columns={CASE_STATUSES.filter((status) => !wanted || wanted.includes(status)).map((status) => ({
        id: status,
        label: text(`FlexcordStatus_${status}`),
        heading: <CaseStatusBadge status={status} />,
        count: isNarrowed(others) ? undefined : counts?.[status],
      }))}
      columnOf={({ status }) => status}
      keyOf={({ id }) => id}
      onMove={move}
    >
      {(status) => <Cards status={status} navigation={navigation} />}
    </Board>
  );
};

const Cards = ({ status, navigation }: { status: CaseStatus; navigation: CasesNavigation }) => {
  const query = useCaseList({ ...navigation.location.filters, status });
  return (
    <QueryState
      query={query}
      isEmpty={({ pages }) => pages.every(({ cases }) => cases.length === 0)}
      emptyText={text('FlexcordCasesColumnEmpty')}
    >
      {({ pages }) => (
        <Box display="flex" flexDirection="column" rowGap="space30">
          {pages
            .flatMap(({ cases }) => cases)
            .map((summary) => (
              <Card key={summary.id} summary={summary} navigation={navigation} />
            ))}
          <MoreButton query={query} />
        </Box>
      )}
    </QueryState>
  );
};

const Card = ({ summary, navigation }: { summary: CaseSummary; navigation: CasesNavigation }) => (
  <BoardCard item={summary} label={`#${summary.number}`} isOpen={navigation.location.caseId === summary.id}>
    <Box display="flex" justifyContent="space-between" columnGap="space30">
      <SecondaryText>
        #{summary.number} · {text(`FlexcordType_${summary.type}`)}
      </SecondaryText>
      {summary.votes > 0 ? (
        <SecondaryText>
          <span aria-hidden="true">▲ </span>
          {text('FlexcordCasesVotes', { count: summary.votes })}
        </SecondaryText>
      ) : null}
    </Box>
    <CaseLink summary={summary} {...navigation} />
    <Box fontSize="fontSize20">
      <Row>
        {summary.priority === 'normal' ? null : <Priority priority={summary.priority} />}
        <WaitingTime since={summary.waitingSince} />
      </Row>
    </Box>
    <Box display="flex" justifyContent="space-between" columnGap="space30">
      <Box minWidth="0" overflow="hidden" whiteSpace="nowrap" style={{ textOverflow: 'ellipsis' }}>
        <SecondaryText>
          <bdi>{summary.memberName}</bdi> · <bdi>{summary.assigneeName ?? text('FlexcordUnassigned')}</bdi>
        </SecondaryText>
      </Box>
      <Box flexShrink={0}>
        <SecondaryText>
          <Time at={summary.createdAt} />
        </SecondaryText>
      </Box>
    </Box>
  </BoardCard>
);
