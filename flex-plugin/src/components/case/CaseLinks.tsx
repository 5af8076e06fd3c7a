import type { CaseDetail } from '@flexcord/shared/panel/case';
import { Actions, useFlexSelector } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { caseAddress, memberCasesAddress } from '../../utils/caseAddress.ts';
import { conversationSidOf } from '../../utils/discordTask.ts';
import { text } from '../../utils/strings.ts';
import { CopyButton } from '../CopyButton.tsx';
import { Row } from '../Row.tsx';
import { SecondaryText } from '../SecondaryText.tsx';
import { TextButton } from '../TextButton.tsx';
import { Time } from '../view/Time.tsx';

/** Whose case it is and since when, where its chat is if the agent has it, and its address. */
export const CaseLinks = ({
  detail: { id, memberId, memberName, createdAt, conversationSids },
}: {
  detail: CaseDetail;
}) => {
  const reservationSid = useFlexSelector(({ flex }): string | undefined => {
    for (const [sid, task] of flex.worker.tasks ?? []) {
      const conversationSid = conversationSidOf(task);
      if (conversationSid && conversationSids.includes(conversationSid)) return sid;
    }
    return undefined;
  });
  const cases = memberCasesAddress(memberId);
  return (
    <Row>
      <Box
        as="a"
        href={cases}
        color="colorTextLink"
        fontWeight="fontWeightSemibold"
        textDecoration="none"
        borderRadius="borderRadius10"
        _hover={{ textDecoration: 'underline' }}
        _focusVisible={{ boxShadow: 'shadowFocus', outline: 'none' }}
        onClick={(event: React.MouseEvent) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          void Actions.invokeAction('HistoryPush', cases);
        }}
      >
        <bdi>{text('FlexcordCasesOf', { name: memberName })}</bdi>
      </Box>
      {reservationSid ? (
        <TextButton
          strong
          onClick={() =>
            void Actions.invokeAction('NavigateToView', { viewName: 'agent-desktop' }).then(() =>
              Actions.invokeAction('SelectTask', { sid: reservationSid }),
            )
          }
        >
          {text('FlexcordOpenChat')}
        </TextButton>
      ) : null}
      <CopyButton value={new URL(caseAddress(id), location.origin).href} label={text('FlexcordCopyLink')} />
      <SecondaryText>
        {text('FlexcordEvent_created')} <Time at={createdAt} />
      </SecondaryText>
    </Row>
  );
};
