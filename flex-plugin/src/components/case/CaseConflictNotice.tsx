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
  current: CaseDetail;
  busy: boolean;
  onRepeat: () => void;
  onDiscard: () => void;
}

/** Shows what somebody else changed, the agent's own change, and the choice to repeat or discard it. */
export const CaseConflictNotice = ({ conflict, current, busy, onRepeat, onDiscard }: Props) => {
  const seen = new Set(conflict.seen.timeline.map(({ id }) => id));
  const otherEvents = current.timeline.filter(({ id }) => !seen.has(id));
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
        {otherEvents.map((event) => (
          <CaseEventLine key={event.id} event={event} />
        ))}
        <UserText>{text('FlexcordConflictMine', { change: describe(conflict) })}</UserText>
        <Row>
          <Button variant="primary" size="small" disabled={busy} onClick={onRepeat}>
            {text('FlexcordConflictAgain')}
          </Button>
          <Button variant="secondary" size="small" disabled={busy} onClick={onDiscard}>
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
    if (payload.assignee === null) return text('FlexcordGiveCaseBack');
    if (payload.assignee !== undefined) return text('FlexcordTakeCase');
    return Object.keys(payload)
      .map((name) => text(PROPERTY_LABELS[name] ?? name))
      .join(', ');
  }
  return text('FlexcordCheckIn');
}

/** Keys of the texts that name what can be edited. */
const PROPERTY_LABELS: Record<string, string> = {
  title: 'FlexcordTitle',
  description: 'FlexcordDescription',
  type: 'FlexcordType',
  priority: 'FlexcordPriority',
  tags: 'FlexcordTagsShort',
  fields: 'FlexcordFields',
};
