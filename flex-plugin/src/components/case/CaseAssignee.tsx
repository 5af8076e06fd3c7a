import type { CaseDetail } from '@flexcord/shared/panel/case';
import { Button, Manager } from '@twilio/flex-ui';
import * as React from 'react';

import { useAgents } from '../../hooks/caseQueries.ts';
import { isSupervisor } from '../../utils/permissions.ts';
import { text } from '../../utils/strings.ts';
import { ConfirmedSelect } from '../ConfirmedSelect.tsx';
import { QueryState } from '../QueryState.tsx';
import { Row } from '../Row.tsx';
import { SecondaryText } from '../SecondaryText.tsx';

interface Props {
  detail: CaseDetail;
  busy: boolean;
  onAssign: (assignee: string | null) => void;
}

/** The assignee of a case. Agents may take an unassigned case and unassign their own; supervisors may assign any. */
export const CaseAssignee = ({ detail, busy, onAssign }: Props) => {
  const { identity } = Manager.getInstance().user;
  const { assigneeIdentity, assigneeName } = detail;
  const isMine = assigneeIdentity === identity;
  const canAssignAnyone = isSupervisor();
  const name = assigneeName ?? text('FlexcordUnassigned');
  return (
    <Row>
      <SecondaryText>{text('FlexcordAssignee')}</SecondaryText>
      <bdi>{isMine ? text('FlexcordYou', { name }) : name}</bdi>
      {!isMine && (assigneeIdentity === null || canAssignAnyone) ? (
        <Button variant="link" size="small" disabled={busy} onClick={() => onAssign(identity)}>
          {text('FlexcordTakeCase')}
        </Button>
      ) : null}
      {isMine ? (
        <Button variant="link" size="small" disabled={busy} onClick={() => onAssign(null)}>
          {text('FlexcordGiveCaseBack')}
        </Button>
      ) : null}
      {canAssignAnyone ? <AssignTo detail={detail} busy={busy} onAssign={onAssign} /> : null}
    </Row>
  );
};

/** Assigns a case to any agent. The agents are fetched when the list is opened, because most cases are only read. */
const AssignTo = ({ detail, busy, onAssign }: Props) => {
  const [opened, setOpened] = React.useState(false);
  const agents = useAgents(opened);
  if (!opened) {
    return (
      <Button variant="link" size="small" onClick={() => setOpened(true)}>
        {text('FlexcordAssignTo')}
      </Button>
    );
  }
  return (
    <QueryState query={agents}>
      {(all) => (
        <ConfirmedSelect
          id="flexcord-case-assignee"
          label={text('FlexcordAssignTo')}
          value=""
          disabled={busy}
          options={[
            ['', '—'],
            ...all.agents
              .filter(({ identity }) => identity !== detail.assigneeIdentity)
              .map(({ identity, name }) => [identity, name] as const),
          ]}
          confirm={(identity) =>
            text('FlexcordAssignToName', {
              name: all.agents.find((agent) => agent.identity === identity)?.name ?? identity,
            })
          }
          onConfirm={(identity) => {
            setOpened(false);
            onAssign(identity);
          }}
        />
      )}
    </QueryState>
  );
};
