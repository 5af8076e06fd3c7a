import type { CaseDetail, CaseStatus } from '@flexcord/shared/panel/case';
import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { text } from '../../../utils/strings.ts';
import { PanelAction } from '../flex-hooks/actions/names.ts';
import type { CaseConflict } from '../utils/useChangeCase.ts';
import { CaseEventLine } from './CaseTimeline.tsx';
import { Column, Row } from './ui.tsx';
import { Words } from './Words.tsx';

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
        <Words>{text('FlexcordConflictMine', { change: describe(conflict) })}</Words>
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
  if (action === PanelAction.MoveCase) return text(`FlexcordStatus_${payload.to as CaseStatus}`);
  if (action === PanelAction.CommentOnCase) return String(payload.text);
  if (action === PanelAction.EditCase) {
    return text(payload.assignee === null ? 'FlexcordGiveCaseBack' : 'FlexcordTakeCase');
  }
  return text('FlexcordCheckIn');
}
