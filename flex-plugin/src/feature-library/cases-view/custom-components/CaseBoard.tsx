import type { CaseStatus, CaseSummary } from '@flexcord/shared/panel/case';
import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { text } from '../../../utils/strings.ts';
import { notifyFailed } from '../../discord-panel/custom-components/notify.ts';
import { QueryState } from '../../discord-panel/custom-components/QueryState.tsx';
import { Chip, Row, Weak } from '../../discord-panel/custom-components/ui.tsx';
import { changeCases, statuses, useCaseList } from '../utils/caseQueries.ts';
import type { Way } from '../utils/caseUrl.ts';
import { CaseLink, StatusMark } from './marks.tsx';

type Move = (one: CaseSummary, to: CaseStatus) => void;
const HELP_ID = 'flexcord-board-help';

/** A column for each status; a case is dragged to another one, or moved there with Shift and the arrow keys. */
export const CaseBoard = (way: Way) => {
  const wanted = way.place.filters.status?.split(',');
  const columns = statuses.filter((status) => !wanted || wanted.includes(status));
  const [moving, setMoving] = React.useState<string | null>(null);
  const board = React.useRef<HTMLDivElement>(null);
  const move: Move = async (one, to) => {
    if (one.status === to) return;
    setMoving(one.id);
    try {
      const [result] = await changeCases([one.id], { is: 'transition', to });
      if (result?.problem) throw new Error(result.problem);
    } catch (error) {
      notifyFailed(error);
    } finally {
      setMoving(null);
      // The card is another element now; whoever moved it by keyboard goes on from it.
      requestAnimationFrame(() =>
        board.current?.querySelector<HTMLElement>(`[data-case="${one.id}"] a`)?.focus(),
      );
    }
  };
  return (
    <Box display="flex" flexDirection="column" rowGap="space40" flexGrow={1}>
      <Box id={HELP_ID}>
        <Weak>{text('FlexcordCasesBoardHelp')}</Weak>
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
          <BoardColumn key={status} status={status} columns={columns} way={way} moving={moving} move={move} />
        ))}
      </Box>
    </Box>
  );
};

interface ColumnProps {
  status: CaseStatus;
  columns: readonly CaseStatus[];
  way: Way;
  moving: string | null;
  move: Move;
}

/** The case that is being dragged; what a drop carries is text, and other pages' drags are not ours. */
let dragged: CaseSummary | null = null;

const BoardColumn = ({ status, columns, way, moving, move }: ColumnProps) => {
  const query = useCaseList({ ...way.place.filters, status });
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
        <StatusMark status={status} />
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
              .map((one) => (
                <BoardCard
                  key={one.id}
                  one={one}
                  columns={columns}
                  way={way}
                  isMoving={moving === one.id}
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
  one: CaseSummary;
  columns: readonly CaseStatus[];
  way: Way;
  isMoving: boolean;
  move: Move;
}

const BoardCard = ({ one, columns, way, isMoving, move }: CardProps) => {
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (!event.shiftKey || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return;
    event.preventDefault();
    const isRtl = getComputedStyle(event.currentTarget).direction === 'rtl';
    const step = (event.key === 'ArrowRight') === isRtl ? -1 : 1;
    const to = columns[columns.indexOf(one.status) + step];
    if (to) move(one, to);
  };
  return (
    <Box
      data-case={one.id}
      draggable
      onDragStart={() => {
        dragged = one;
      }}
      onDragEnd={() => {
        dragged = null;
      }}
      onKeyDown={onKeyDown}
      aria-describedby={HELP_ID}
      aria-busy={isMoving}
      role="group"
      aria-label={`#${one.number}`}
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
      <CaseLink one={one} {...way} />
      <Row>
        <Weak>#{one.number}</Weak>
        {one.priority === 'high' ? <Chip strong>{text('FlexcordPriority_high')}</Chip> : null}
      </Row>
      <Weak>
        <bdi>{one.memberName}</bdi> · <bdi>{one.assigneeName ?? text('FlexcordUnassigned')}</bdi>
      </Weak>
    </Box>
  );
};
