import type { CaseDetail } from '@flexcord/shared/panel/case';
import { Button, Manager } from '@twilio/flex-ui';
import * as React from 'react';

import { text } from '../../../utils/strings.ts';
import { Row, Weak } from './ui.tsx';

interface Props {
  detail: CaseDetail;
  busy: boolean;
  onAssign: (assignee: string | null) => void;
}

/** Who has a case. Anybody may take one that nobody has and give their own back; supervisors may take any. */
export const Assignee = ({ detail, busy, onAssign }: Props) => {
  const { identity, roles } = Manager.getInstance().user;
  const { assigneeIdentity, assigneeName } = detail;
  const isMine = assigneeIdentity === identity;
  const isSupervisor = roles.some((role) => role === 'supervisor' || role === 'admin');
  const name = assigneeName ?? text('FlexcordUnassigned');
  return (
    <Row>
      <Weak>{text('FlexcordAssignee')}</Weak>
      <bdi>{isMine ? text('FlexcordYou', { name }) : name}</bdi>
      {!isMine && (assigneeIdentity === null || isSupervisor) ? (
        <Button variant="link" size="small" disabled={busy} onClick={() => onAssign(identity)}>
          {text('FlexcordTakeCase')}
        </Button>
      ) : null}
      {isMine ? (
        <Button variant="link" size="small" disabled={busy} onClick={() => onAssign(null)}>
          {text('FlexcordGiveCaseBack')}
        </Button>
      ) : null}
    </Row>
  );
};
