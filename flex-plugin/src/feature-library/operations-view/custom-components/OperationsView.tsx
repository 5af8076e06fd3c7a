import type { Operations } from '@flexcord/shared/panel/operations';
import { Button } from '@twilio/flex-ui';
import * as React from 'react';

import { Callout } from '../../../components/Callout.tsx';
import { Column } from '../../../components/Column.tsx';
import { QueryState } from '../../../components/QueryState.tsx';
import { ViewPage } from '../../../components/view/ViewPage.tsx';
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
    <ViewPage
      title={text('FlexcordOpsView')}
      actions={
        <Button variant="secondary" size="small" onClick={() => void refresh()}>
          {text('FlexcordOpsRefresh')}
        </Button>
      }
    >
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
    </ViewPage>
  );
};

const VersionNotice = ({ operations: { version } }: { operations: Operations }) =>
  version === pluginVersion ? null : (
    <Callout variant="warning">
      {text('FlexcordOpsVersions', { bridge: version, plugin: pluginVersion })}
    </Callout>
  );
