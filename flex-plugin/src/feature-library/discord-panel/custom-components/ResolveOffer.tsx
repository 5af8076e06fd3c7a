import type { CaseDetail } from '@flexcord/shared/panel/case';
import { isUnfinished } from '@flexcord/shared/panel/case-status';
import { Button } from '@twilio/flex-ui';
import * as React from 'react';

import { CaseAction } from '../../../actions/caseActions.ts';
import { Callout } from '../../../components/Callout.tsx';
import { Column } from '../../../components/Column.tsx';
import { Row } from '../../../components/Row.tsx';
import { useCase } from '../../../hooks/caseQueries.ts';
import { useCaseChange } from '../../../hooks/useCaseChange.ts';
import { text } from '../../../utils/strings.ts';

/** While an agent wraps up, the case of the conversation is offered for resolving, where it is still worked on. */
export const ResolveOffer = ({ caseId }: { caseId: string }) => {
  const detail = useCase(caseId).data;
  const [isDismissed, dismiss] = React.useState(false);
  if (!detail || isDismissed || detail.mergedInto !== null || !isUnfinished(detail.status)) return null;
  return <Offer detail={detail} onDismiss={() => dismiss(true)} />;
};

const Offer = ({ detail, onDismiss }: { detail: CaseDetail; onDismiss: () => void }) => {
  const { busy, change } = useCaseChange(detail, onDismiss);
  return (
    <Callout variant="neutral">
      <Column gap="space30">
        <span>{text('FlexcordResolveOffer', { number: detail.number, title: detail.title })}</span>
        <Row>
          <Button
            variant="primary"
            size="small"
            disabled={busy}
            onClick={() => void change(CaseAction.MoveCase, { to: 'resolved' })}
          >
            {text('FlexcordResolve')}
          </Button>
          <Button variant="secondary" size="small" onClick={onDismiss}>
            {text('FlexcordLeaveOpen')}
          </Button>
        </Row>
      </Column>
    </Callout>
  );
};
