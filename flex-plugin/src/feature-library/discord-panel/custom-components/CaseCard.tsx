import type { CaseSummary } from '@flexcord/shared/panel/case';
import { Button } from '@twilio/flex-ui';
import * as React from 'react';

import { text } from '../../../utils/strings.ts';
import { Card, Chip, Column, formatDate, Row, Weak } from './ui.tsx';
import { Words } from './Words.tsx';

export const CaseCard = ({ summary, onOpen }: { summary: CaseSummary; onOpen: (caseId: string) => void }) => (
  <Card>
    <Column gap="space20">
      <div>
        <Button variant="link" onClick={() => onOpen(summary.id)}>
          <Words as="span">
            #{summary.number} {summary.title}
          </Words>
        </Button>
      </div>
      <Row>
        <Chip strong={summary.status === 'elevated'}>{text(`FlexcordStatus_${summary.status}`)}</Chip>
        <Chip>{text(`FlexcordType_${summary.type}`)}</Chip>
        <Weak>
          <bdi>{summary.assigneeName ?? text('FlexcordUnassigned')}</bdi> ·{' '}
          {formatDate(summary.updatedAt, true)}
        </Weak>
      </Row>
    </Column>
  </Card>
);
