import type { CaseSummary } from '@flexcord/shared/panel/case';
import { Button } from '@twilio/flex-ui';
import * as React from 'react';

import { useCases } from '../../../utils/bridge/queries.ts';
import { text } from '../../../utils/strings.ts';
import { CaseDetailView } from './CaseDetailView.tsx';
import type { PanelSubject } from './DiscordPanel.tsx';
import { NewCaseForm } from './NewCaseForm.tsx';
import { QueryState } from './QueryState.tsx';
import { Card, Chip, Column, formatDate, Row, Weak } from './ui.tsx';

type View = { name: 'list' } | { name: 'new' } | { name: 'case'; caseId: string };

export const CasesTab = (subject: PanelSubject) => {
  const [view, show] = React.useState<View>({ name: 'list' });
  const openCase = (caseId: string) => show({ name: 'case', caseId });
  const back = () => show({ name: 'list' });
  if (view.name === 'new') return <NewCaseForm {...subject} onCreated={openCase} onCancel={back} />;
  if (view.name === 'case') return <CaseDetailView caseId={view.caseId} onBack={back} />;
  return <CaseListView memberId={subject.memberId} onNew={() => show({ name: 'new' })} onOpen={openCase} />;
};

interface ListProps {
  memberId: string;
  onNew: () => void;
  onOpen: (caseId: string) => void;
}

const CaseListView = ({ memberId, onNew, onOpen }: ListProps) => {
  const query = useCases(memberId);
  return (
    <Column>
      <div>
        <Button variant="primary" size="small" onClick={onNew}>
          {text('FlexcordNewCase')}
        </Button>
      </div>
      <QueryState
        query={query}
        isEmpty={({ cases }) => cases.length === 0}
        emptyText={text('FlexcordNoCases')}
      >
        {({ cases }) => (
          <Column gap="space30">
            {cases.map((summary) => (
              <CaseCard key={summary.id} summary={summary} onOpen={onOpen} />
            ))}
          </Column>
        )}
      </QueryState>
    </Column>
  );
};

export const CaseCard = ({ summary, onOpen }: { summary: CaseSummary; onOpen: (caseId: string) => void }) => (
  <Card>
    <Column gap="space20">
      <div>
        <Button variant="link" onClick={() => onOpen(summary.id)}>
          #{summary.number} {summary.title}
        </Button>
      </div>
      <Row>
        <Chip strong={summary.status === 'elevated'}>{text(`FlexcordStatus_${summary.status}`)}</Chip>
        <Chip>{text(`FlexcordType_${summary.type}`)}</Chip>
        <Weak>
          {summary.assigneeName ?? text('FlexcordUnassigned')} · {formatDate(summary.updatedAt, true)}
        </Weak>
      </Row>
    </Column>
  </Card>
);
