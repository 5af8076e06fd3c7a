import type { CaseSummary } from '@flexcord/shared/panel/case';
import { Button } from '@twilio/flex-ui';
import * as React from 'react';

import { act } from '../../../utils/act.ts';
import { useCases } from '../../../utils/bridge/queries.ts';
import { text } from '../../../utils/strings.ts';
import { type OpenCasePayload, PanelAction } from '../flex-hooks/actions/names.ts';
import { type CasesView, showInPanel, usePanelView } from '../utils/panelView.ts';
import { CaseCard } from './CaseCard.tsx';
import { CaseDetailView } from './CaseDetailView.tsx';
import type { PanelSubject } from './DiscordPanel.tsx';
import { NewCaseForm } from './NewCaseForm.tsx';
import { notifyFailed } from './notify.ts';
import { Paged } from './Paged.tsx';
import { Column } from './ui.tsx';

export const CasesTab = (subject: PanelSubject) => {
  const { memberId } = subject;
  const { cases: view } = usePanelView(memberId);
  const show = (cases: CasesView) => showInPanel(memberId, { cases });
  const openCase = (caseId: string) =>
    void act<OpenCasePayload>(PanelAction.OpenCase, { memberId, caseId }).catch(notifyFailed);
  const back = () => show({ name: 'list' });
  if (view.name === 'new') return <NewCaseForm {...subject} onOpen={openCase} onClose={back} />;
  if (view.name === 'case') {
    const label = text('FlexcordBackToCases');
    return <CaseDetailView key={view.caseId} caseId={view.caseId} back={label} onBack={back} />;
  }
  return <CaseListView memberId={memberId} onNew={() => show({ name: 'new' })} onOpen={openCase} />;
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
      <Paged query={query} itemsOf={({ cases }) => cases} emptyText={text('FlexcordNoCases')}>
        {(summary: CaseSummary) => <CaseCard key={summary.id} summary={summary} onOpen={onOpen} />}
      </Paged>
    </Column>
  );
};
