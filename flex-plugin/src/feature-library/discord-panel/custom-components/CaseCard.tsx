import type { CaseSummary } from '@flexcord/shared/panel/case';
import { Button } from '@twilio/flex-ui';
import * as React from 'react';

import { Card } from '../../../components/Card.tsx';
import { Chip } from '../../../components/Chip.tsx';
import { Column } from '../../../components/Column.tsx';
import { Row } from '../../../components/Row.tsx';
import { SecondaryText } from '../../../components/SecondaryText.tsx';
import { UserText } from '../../../components/UserText.tsx';
import { CaseStatusBadge } from '../../../components/view/StatusBadge.tsx';
import { formatDate } from '../../../utils/format.ts';
import { text } from '../../../utils/strings.ts';

export const CaseCard = ({ summary, onOpen }: { summary: CaseSummary; onOpen: (caseId: string) => void }) => (
  <Card>
    <Column gap="space20">
      <div>
        <Button variant="link" onClick={() => onOpen(summary.id)}>
          <UserText as="span">
            #{summary.number} {summary.title}
          </UserText>
        </Button>
      </div>
      <Row>
        <CaseStatusBadge status={summary.status} />
        <Chip>{text(`FlexcordType_${summary.type}`)}</Chip>
        <SecondaryText>
          <bdi>{summary.assigneeName ?? text('FlexcordUnassigned')}</bdi> ·{' '}
          {formatDate(summary.updatedAt, true)}
        </SecondaryText>
      </Row>
    </Column>
  </Card>
);
