import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { text } from '../../../utils/strings.ts';
import type { ViewProps } from '../../../utils/views/load.ts';
import { CaseDetailView } from '../../discord-panel/custom-components/CaseDetailView.tsx';
import { isSupervisor, useLiveCases } from '../utils/caseQueries.ts';
import { shapes, usePlace, type Way } from '../utils/caseUrl.ts';
import { exportCases } from '../utils/exportCases.ts';
import { CaseBoard } from './CaseBoard.tsx';
import { CaseCharts } from './CaseCharts.tsx';
import { CaseFilters } from './CaseFilters.tsx';
import { CaseTable } from './CaseTable.tsx';
import { CaseTilesRow } from './CaseTilesRow.tsx';
import { Segments } from './Segments.tsx';

/** The supervisors' view of all cases; where one is in it stands in the address. */
export const CasesView = (props: ViewProps) => {
  useLiveCases();
  const way = usePlace(props);
  const { place, go } = way;
  const { shape, caseId, filters } = place;
  return (
    <Box display="flex" height="100%" minHeight="0" overflowWrap="anywhere">
      <Box
        as="section"
        aria-label={text('FlexcordCasesHeading')}
        display="flex"
        flexDirection="column"
        rowGap="space60"
        padding="space70"
        flexGrow={1}
        minWidth="0"
        overflowY="auto"
      >
        <Box display="flex" flexWrap="wrap" alignItems="center" columnGap="space60" rowGap="space30">
          <Box
            as="h1"
            margin="space0"
            flexGrow={1}
            fontSize="fontSize70"
            lineHeight="lineHeight70"
            fontWeight="fontWeightBold"
          >
            {text('FlexcordCasesHeading')}
          </Box>
          <Segments
            label={text('FlexcordCasesShape')}
            options={shapes
              .filter((id) => id !== 'charts' || isSupervisor())
              .map((id) => ({ id, label: text(`FlexcordCasesShape_${id}`) }))}
            selected={shape}
            onSelect={(id) => go({ shape: id })}
          />
          {isSupervisor() ? <Export onExport={() => exportCases(filters)} /> : null}
        </Box>
        <CaseTilesRow {...way} />
        {shape === 'charts' ? null : <CaseFilters {...way} />}
        <Body {...way} />
      </Box>
      {caseId ? (
        <Box
          as="aside"
          aria-label={text('FlexcordCasesDetail', { number: caseId })}
          flexShrink={0}
          width="420px"
          maxWidth="50%"
          overflowY="auto"
          padding="space70"
          borderLeftWidth="borderWidth10"
          borderLeftStyle="solid"
          borderLeftColor="colorBorderWeaker"
        >
          <CaseDetailView
            key={caseId}
            caseId={caseId}
            back={text('FlexcordCasesCloseDetail')}
            onBack={() => go({ caseId: null })}
          />
        </Box>
      ) : null}
    </Box>
  );
};

const Body = (way: Way) => {
  const { shape } = way.place;
  if (shape === 'charts') return <CaseCharts {...way} />;
  return shape === 'board' ? <CaseBoard {...way} /> : <CaseTable {...way} />;
};

const Export = ({ onExport }: { onExport: () => Promise<void> }) => {
  const [state, setState] = React.useState<'idle' | 'busy' | 'failed'>('idle');
  const run = () => {
    setState('busy');
    onExport().then(
      () => setState('idle'),
      () => setState('failed'),
    );
  };
  return (
    <>
      <Button variant="secondary" disabled={state === 'busy'} onClick={run}>
        {text('FlexcordCasesExport')}
      </Button>
      {state === 'failed' ? (
        <Box role="alert" color="colorTextErrorStrong">
          {text('FlexcordCasesExportFailed')}
        </Box>
      ) : null}
    </>
  );
};
