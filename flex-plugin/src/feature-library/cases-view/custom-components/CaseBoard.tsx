import type { CaseStatus, CaseSummary } from '@flexcord/shared/panel/case';
import { CASE_STATUSES } from '@flexcord/shared/panel/case-constants';
import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { Chip } from '../../../components/Chip.tsx';
import { QueryState } from '../../../components/QueryState.tsx';
import { Row } from '../../../components/Row.tsx';
import { SecondaryText } from '../../../components/SecondaryText.tsx';
import { notifyError } from '../../../utils/notifications.ts';
import { text } from '../../../utils/strings.ts';
import { changeCases, useCaseList } from '../utils/caseListQueries.ts';
import type { CasesNavigation } from '../utils/casesLocation.ts';
import { CaseLink } from './CaseLink.tsx';
import { CaseStatusBadge } from './CaseStatusBadge.tsx';

type Move = (summary: CaseSummary, to: CaseStatus) => void;
const HELP_ID = 'flexcord-board-help';

/** A column for each status. Cases move between columns by drag and drop, or with Shift and the arrow keys. */
export const CaseBoard = (navigation: CasesNavigation) => {
  const wanted = navigation.location.filters.status?.split(',');
  const columns = CASE_STATUSES.filter((status) => !wanted || wanted.includes(status));
  const [moving, setMoving] = React.useState<string | null>(null);
  const board = React.useRef<HTMLDivElement>(null);
  const move: Move = async (summary, to) => {
    if (summary.status === to) return;
    setMoving(summary.id);
    try {
      const [result] = await changeCases([summary.id], { is: 'transition', to });
      if (result?.problem) throw new Error(result.problem);
    } catch (error) {
      notifyError(error);
    } finally {
      setMoving(null);
      // The moved card is a new element; without this, keyboard users would lose the focus.
      requestAnimationFrame(() =>
        board.current?.querySelector<HTMLElement>(`[data-case="${summary.id}"] a`)?.focus(),
      );
    }
  };
  return (
    <Box display="flex" flexDirection="column" rowGap="space40" flexGrow={1}>
      <Box id={HELP_ID}>
        <SecondaryText>{text('FlexcordCasesBoardHelp')}</SecondaryText>
      </Box>
      <Box
        ref={board}
        display="grid"
        gridTemplateColumns={`repeat(${columns.length}, minmax(190px, 1fr))`}
        columnGap="space40"
        overflowX="auto"
        flexGrow={1}
      >
        {columns.map((status) => (
          <BoardColumn
            key={status}
            status={status}
            columns={columns}
            navigation={navigation}
            moving={moving}
            move={move}
          />
        ))}
      </Box>
    </Box>
  );
};

interface ColumnProps {
  status: CaseStatus;
  columns: readonly CaseStatus[];
  navigation: CasesNavigation;
  moving: string | null;
  move: Move;
}

/** The case that is being dragged; a drop without one comes from another page. */
let dragged: CaseSummary | null = null;

const BoardColumn = ({ status, columns, navigation, moving, move }: ColumnProps) => {
  const query = useCaseList({ ...navigation.location.filters, status });
  const [isOver, setOver] = React.useState(false);
  return (
    <Box
      as="section"
      aria-label={text(`FlexcordStatus_${status}`)}
      padding="space40"
      borderRadius="borderRadius30"
      borderWidth="borderWidth10"
      borderStyle="solid"
      borderColor={isOver ? 'colorBorderPrimary' : 'transparent'}
      backgroundColor="colorBackground"
      onDragOver={(event: React.DragEvent) => {
        if (!dragged) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event: React.DragEvent) => {
        event.preventDefault();
        setOver(false);
        if (dragged) move(dragged, status);
        dragged = null;
      }}
    >
      <Box marginBottom="space40">
        <CaseStatusBadge status={status} />
      </Box>
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
                <BoardCard
                  key={summary.id}
                  summary={summary}
                  columns={columns}
                  navigation={navigation}
                  isMoving={moving === summary.id}
                  move={move}
                />
              ))}
            {query.hasNextPage ? (
              <Button variant="link" size="small" onClick={() => void query.fetchNextPage()}>
                {text('FlexcordShowMore')}
              </Button>
            ) : null}
          </Box>
        )}
      </QueryState>
    </Box>
  );
};

interface CardProps {
  summary: CaseSummary;
  columns: readonly CaseStatus[];
  navigation: CasesNavigation;
  isMoving: boolean;
  move: Move;
}

const BoardCard = ({ summary, columns, navigation, isMoving, move }: CardProps) => {
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (!event.shiftKey || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return;
    event.preventDefault();
    const isRtl = getComputedStyle(event.currentTarget).direction === 'rtl';
    const step = (event.key === 'ArrowRight') === isRtl ? -1 : 1;
    const to = columns[columns.indexOf(summary.status) + step];
    if (to) move(summary, to);
  };
  return (
    <Box
      data-case={summary.id}
      draggable
      onDragStart={() => {
        dragged = summary;
      }}
      onDragEnd={() => {
        dragged = null;
      }}
      onKeyDown={onKeyDown}
      aria-describedby={HELP_ID}
      aria-busy={isMoving}
      role="group"
      aria-label={`#${summary.number}`}
      opacity={isMoving ? 0.5 : 1}
      cursor="grab"
      display="flex"
      flexDirection="column"
      rowGap="space20"
      padding="space40"
      borderRadius="borderRadius20"
      backgroundColor="colorBackgroundBody"
      boxShadow="shadowLow"
    >
      <CaseLink summary={summary} {...navigation} />
      <Row>
        <SecondaryText>#{summary.number}</SecondaryText>
        {summary.priority === 'high' ? <Chip strong>{text('FlexcordPriority_high')}</Chip> : null}
      </Row>
      <SecondaryText>
        <bdi>{summary.memberName}</bdi> · <bdi>{summary.assigneeName ?? text('FlexcordUnassigned')}</bdi>
      </SecondaryText>
    </Box>
  );
};
