import type { Operations } from '@flexcord/shared/panel/operations';
import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { Callout } from '../../../components/Callout.tsx';
import { Column } from '../../../components/Column.tsx';
import { PageHeader } from '../../../components/PageHeader.tsx';
import { QueryState } from '../../../components/QueryState.tsx';
import type { ViewProps } from '../../../types/view.ts';
import { text } from '../../../utils/strings.ts';
import { pluginVersion } from '../../../utils/version.ts';
import { refresh, useOverview } from '../utils/operationsQueries.ts';
import { BacklogTable } from './BacklogTable.tsx';
import { HealthTiles } from './HealthTiles.tsx';
import { ParkedList } from './ParkedList.tsx';
import { Section } from './Section.tsx';
import { TroubleTable } from './TroubleTable.tsx';

/** How the bridge gets on, and what it gave up; for administrators. */
export const OperationsView = (_: ViewProps) => {
  const overview = useOverview();
  return (
    <Box
      as="section"
      aria-label={text('FlexcordOpsView')}
      padding="space60"
      maxWidth="1200px"
      overflowWrap="anywhere"
    >
      <Column gap="space70">
        <PageHeader title={text('FlexcordOpsView')}>
          <Button variant="secondary" size="small" onClick={() => void refresh()}>
            {text('FlexcordOpsRefresh')}
          </Button>
        </PageHeader>
        <QueryState query={overview}>
          {(operations) => (
            <Column gap="space70">
              <VersionNotice operations={operations} />
              <Section heading={text('FlexcordOpsHealth')}>
                <HealthTiles operations={operations} />
              </Section>
              <Section heading={text('FlexcordOpsParked', { count: operations.parked })}>
                <ParkedList />
              </Section>
              <Section heading={text('FlexcordOpsBacklog')}>
                <BacklogTable backlog={operations.backlog} />
              </Section>
              <Section heading={text('FlexcordOpsTroubles')} help={text('FlexcordOpsTroublesHelp')}>
                <TroubleTable troubles={operations.troubles} />
              </Section>
            </Column>
          )}
        </QueryState>
      </Column>
    </Box>
  );
};

const VersionNotice = ({ operations: { version } }: { operations: Operations }) =>
  version === pluginVersion ? null : (
    <Callout variant="warning">
      {text('FlexcordOpsVersions', { bridge: version, plugin: pluginVersion })}
    </Callout>
  );
