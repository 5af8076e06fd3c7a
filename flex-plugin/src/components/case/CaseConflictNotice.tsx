import type { CaseDetail, CaseStatus } from '@flexcord/shared/panel/case';
import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';
import { CaseAction } from '../../actions/caseActions.ts';
import type { CaseConflict } from '../../hooks/useCaseChange.ts';
import { text } from '../../utils/strings.ts';
import { Column } from '../Column.tsx';
import { Row } from '../Row.tsx';
import { UserText } from '../UserText.tsx';
import { CaseEventLine } from './CaseTimeline.tsx';

interface Props {
  conflict: CaseConflict;
  present: CaseDetail;
  busy: boolean;
  onAgain: () => void;
  onDrop: () => void;
}

/** What somebody else did meanwhile, what the agent wanted, and the choice between them. */
export const CaseConflictNotice = ({ conflict, present, busy, onAgain, onDrop }: Props) => {
  const seen = new Set(conflict.seen.timeline.map(({ id }) => id));
  const theirs = present.timeline.filter(({ id }) => !seen.has(id));
  return (
    <Box
      role="alert"
      padding="space40"
      borderRadius="borderRadius20"
      backgroundColor="colorBackgroundWarningWeakest"
      color="colorTextWarningStrong"
    >
      <Column gap="space30">
        <strong>{text('FlexcordConflict')}</strong>
        {theirs.map((event) => (
          <CaseEventLine key={event.id} event={event} />
        ))}
        <UserText>{text('FlexcordConflictMine', { change: describe(conflict) })}</UserText>
        <Row>
          <Button variant="primary" size="small" disabled={busy} onClick={onAgain}>
            {text('FlexcordConflictAgain')}
          </Button>
          <Button variant="secondary" size="small" disabled={busy} onClick={onDrop}>
            {text('FlexcordConflictDrop')}
          </Button>
        </Row>
      </Column>
    </Box>
  );
};

function describe({ action, payload }: CaseConflict): string {
  if (action === CaseAction.MoveCase) return text(`FlexcordStatus_${payload.to as CaseStatus}`);
  if (action === CaseAction.CommentOnCase) return String(payload.text);
  if (action === CaseAction.EditCase) {
    return text(payload.assignee === null ? 'FlexcordGiveCaseBack' : 'FlexcordTakeCase');
  }
  return text('FlexcordCheckIn');
}
