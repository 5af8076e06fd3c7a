import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import type { ViewProps } from '../../../types/view.ts';
import { isSupervisor } from '../../../utils/permissions.ts';
import { text } from '../../../utils/strings.ts';
import { useLiveCases } from '../utils/caseListQueries.ts';
import { type CasesNavigation, LAYOUTS, useCasesLocation } from '../utils/casesLocation.ts';
import { exportCases } from '../utils/exportCases.ts';
import { CaseBoard } from './CaseBoard.tsx';
import { CaseCharts } from './CaseCharts.tsx';
import { CaseFilters } from './CaseFilters.tsx';
import { CaseTable } from './CaseTable.tsx';
import { CaseTiles } from './CaseTiles.tsx';
import { SegmentedControl } from './SegmentedControl.tsx';

/** The supervisors' view of all cases; what it shows is in its address. */
export const CasesView = (props: ViewProps) => {
  useLiveCases();
  const navigation = useCasesLocation(props);
  const { location, navigate } = navigation;
  const { layout, caseId, filters } = location;
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
          <SegmentedControl
            label={text('FlexcordCasesLayout')}
            options={LAYOUTS.filter((id) => id !== 'charts' || isSupervisor()).map((id) => ({
              id,
              label: text(`FlexcordCasesLayout_${id}`),
            }))}
            selected={layout}
            onSelect={(id) => navigate({ layout: id })}
          />
          {isSupervisor() ? <Export onExport={() => exportCases(filters)} /> : null}
        </Box>
        <CaseTiles {...navigation} />
        {layout === 'charts' ? null : <CaseFilters {...navigation} />}
        <CasesContent {...navigation} />
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
          <props.CaseDetail
            key={caseId}
            caseId={caseId}
            backLabel={text('FlexcordCasesCloseDetail')}
            onBack={() => navigate({ caseId: null })}
          />
        </Box>
      ) : null}
    </Box>
  );
};

const CasesContent = (navigation: CasesNavigation) => {
  const { layout } = navigation.location;
  if (layout === 'charts') return <CaseCharts {...navigation} />;
  return layout === 'board' ? <CaseBoard {...navigation} /> : <CaseTable {...navigation} />;
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
