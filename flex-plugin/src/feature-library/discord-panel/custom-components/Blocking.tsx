import type { MemberProfile } from '@flexcord/shared/panel/member';
import { Button } from '@twilio/flex-ui';
import { TextArea } from '@twilio-paste/core/textarea';
import * as React from 'react';

import { text } from '../../../utils/strings.ts';
import {
  type BlockMemberPayload,
  PanelAction,
  type UnblockMemberPayload,
} from '../flex-hooks/actions/names.ts';
import { useAct } from '../utils/useAct.ts';
import { Card, Column, formatDate, Row, Weak } from './ui.tsx';
import { Words } from './Words.tsx';

/** Whether the team serves a member, and the way to change that. Blocking asks first: the member is told. */
export const Blocking = ({ profile: { id: memberId, blocked } }: { profile: MemberProfile }) => {
  const block = useAct<BlockMemberPayload>(PanelAction.BlockMember);
  const unblock = useAct<UnblockMemberPayload>(PanelAction.UnblockMember);
  const [asking, setAsking] = React.useState(false);
  const [reason, setReason] = React.useState('');
  if (blocked) {
    return (
      <Card>
        <Column gap="space20">
          <strong>{text('FlexcordBlocked')}</strong>
          {blocked.reason ? <Words>{blocked.reason}</Words> : null}
          <Weak>
            <bdi>{blocked.by}</bdi> · {formatDate(blocked.at, true)}
          </Weak>
          <Row>
            <Button
              variant="secondary"
              size="small"
              disabled={unblock.busy}
              onClick={() => void unblock.run({ memberId })}
            >
              {text('FlexcordUnblock')}
            </Button>
          </Row>
        </Column>
      </Card>
    );
  }
  if (!asking) {
    return (
      <Row>
        <Button variant="link" size="small" onClick={() => setAsking(true)}>
          {text('FlexcordBlock')}
        </Button>
      </Row>
    );
  }
  return (
    <Card>
      <Column gap="space30">
        <Weak>{text('FlexcordBlockHelp')}</Weak>
        <TextArea
          aria-label={text('FlexcordBlockReason')}
          placeholder={text('FlexcordBlockReason')}
          maxLength={500}
          value={reason}
          onChange={(event: React.ChangeEvent<HTMLTextAreaElement>) => setReason(event.target.value)}
        />
        <Row>
          <Button
            variant="destructive"
            size="small"
            disabled={block.busy}
            onClick={async () => {
              if (!(await block.run({ memberId, reason: reason.trim() }))) return;
              setAsking(false);
              setReason('');
            }}
          >
            {text('FlexcordBlockConfirm')}
          </Button>
          <Button variant="secondary" size="small" onClick={() => setAsking(false)}>
            {text('FlexcordCancel')}
          </Button>
        </Row>
      </Column>
    </Card>
  );
};
