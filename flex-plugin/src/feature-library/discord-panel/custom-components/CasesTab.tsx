import type { CaseSummary } from '@flexcord/shared/panel/case';
import { Button } from '@twilio/flex-ui';
import * as React from 'react';

import { Column } from '../../../components/Column.tsx';
import { AUTOFOCUS } from '../../../components/FocusKeeper.tsx';
import { PagedList } from '../../../components/PagedList.tsx';
import type { PanelContext } from '../../../types/desk.ts';
import { invokeAction } from '../../../utils/invokeAction.ts';
import { notifyError } from '../../../utils/notifications.ts';
import { text } from '../../../utils/strings.ts';
import { DeskPart } from '../../../view-loader/DeskPart.tsx';
import { type OpenCasePayload, PanelAction } from '../flex-hooks/actions/panelActions.ts';
import { useCases } from '../utils/panelQueries.ts';
import { type CasesTabView, showInPanel, usePanelView } from '../utils/panelView.ts';
import { CaseCard } from './CaseCard.tsx';

export const CasesTab = (context: PanelContext) => {
  const { memberId } = context;
  const { cases: view } = usePanelView(memberId);
  const show = (cases: CasesTabView) => showInPanel(memberId, { cases });
  const openCase = (caseId: string) =>
    void invokeAction<OpenCasePayload>(PanelAction.OpenCase, { memberId, caseId }).catch(notifyError);
  const back = () => show({ name: 'list' });
  if (view.name === 'new')
    return <DeskPart name="NewCaseForm" {...context} onOpen={openCase} onClose={back} />;
  if (view.name === 'case') {
    const label = text('FlexcordBackToCases');
    return (
      <DeskPart
        name="CaseDetailView"
        key={view.caseId}
        caseId={view.caseId}
        backLabel={label}
        onBack={back}
      />
    );
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
        <Button {...AUTOFOCUS} variant="primary" size="small" onClick={onNew}>
          {text('FlexcordNewCase')}
        </Button>
      </div>
      <PagedList query={query} itemsOf={({ cases }) => cases} emptyText={text('FlexcordNoCases')}>
        {(summary: CaseSummary) => <CaseCard key={summary.id} summary={summary} onOpen={onOpen} />}
      </PagedList>
    </Column>
  );
};
