import type { MemberProfile } from '@flexcord/shared/panel/member';
import { MAX_BLOCK_REASON_LENGTH } from '@flexcord/shared/panel/member-constants';
import { Button } from '@twilio/flex-ui';
import { TextArea } from '@twilio-paste/core/textarea';
import * as React from 'react';

import { Card } from '../../../components/Card.tsx';
import { Column } from '../../../components/Column.tsx';
import { Dismissable } from '../../../components/Dismissable.tsx';
import { AUTOFOCUS } from '../../../components/FocusKeeper.tsx';
import { Row } from '../../../components/Row.tsx';
import { SecondaryText } from '../../../components/SecondaryText.tsx';
import { UserText } from '../../../components/UserText.tsx';
import { useAction } from '../../../hooks/useAction.ts';
import { formatDate } from '../../../utils/format.ts';
import { text } from '../../../utils/strings.ts';
import {
  type BlockMemberPayload,
  PanelAction,
  type UnblockMemberPayload,
} from '../flex-hooks/actions/panelActions.ts';

/** Blocks and unblocks a member. Blocking asks for confirmation, because the member is told. */
export const BlockMember = ({ profile: { id: memberId, blocked } }: { profile: MemberProfile }) => {
  const block = useAction<BlockMemberPayload>(PanelAction.BlockMember);
  const unblock = useAction<UnblockMemberPayload>(PanelAction.UnblockMember);
  const [isConfirming, setConfirming] = React.useState(false);
  const [reason, setReason] = React.useState('');
  if (blocked) {
    return (
      <Card>
        <Column gap="space20">
          <strong>{text('FlexcordBlocked')}</strong>
          {blocked.reason ? <UserText>{blocked.reason}</UserText> : null}
          <SecondaryText>
            <bdi>{blocked.by}</bdi> · {formatDate(blocked.at, true)}
          </SecondaryText>
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
  if (!isConfirming) {
    return (
      <div style={{ marginLeft: -9 }}>
        <Button {...AUTOFOCUS} variant="link" size="small" onClick={() => setConfirming(true)}>
          {text('FlexcordBlock')}
        </Button>
      </div>
    );
  }
  return (
    <Dismissable onDismiss={() => setConfirming(false)}>
      <Card>
        <Column gap="space30">
          <SecondaryText>{text('FlexcordBlockHelp')}</SecondaryText>
          <TextArea
            {...AUTOFOCUS}
            aria-label={text('FlexcordBlockReason')}
            placeholder={text('FlexcordBlockReason')}
            maxLength={MAX_BLOCK_REASON_LENGTH}
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
                setConfirming(false);
                setReason('');
              }}
            >
              {text('FlexcordBlockConfirm')}
            </Button>
            <Button variant="secondary" size="small" onClick={() => setConfirming(false)}>
              {text('FlexcordCancel')}
            </Button>
          </Row>
        </Column>
      </Card>
    </Dismissable>
  );
};
