import { useFlexSelector } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { ThreadLink } from '../../../components/ThreadLink.tsx';
import { threadOf } from '../../../utils/discordTask.ts';
import { text } from '../../../utils/strings.ts';
import { taskOf } from '../utils/discordConversation.ts';

/**
 * Over the composer of a public thread: that everybody can read what is written, and where. It stands out until the agent has
 * written something there.
 */
export const PublicNotice = ({ conversationSid }: { conversationSid?: string }) => {
  const task = useFlexSelector((state) => taskOf(conversationSid, state));
  const hasWritten = useFlexSelector(({ flex }) =>
    (flex.chat.conversations?.[conversationSid ?? '']?.messages ?? []).some(({ isFromMe }) => isFromMe),
  );
  const thread = threadOf(task);
  if (!thread) return null;
  return (
    <Box
      role="note"
      display="flex"
      flexWrap="wrap"
      columnGap="space20"
      paddingX="space30"
      paddingY={hasWritten ? 'space10' : 'space30'}
      borderRadius="borderRadius20"
      fontSize={hasWritten ? 'fontSize20' : 'fontSize30'}
      lineHeight={hasWritten ? 'lineHeight20' : 'lineHeight30'}
      color="colorTextWarningStrong"
      backgroundColor="colorBackgroundWarningWeakest"
      overflowWrap="anywhere"
    >
      <strong>{text('FlexcordPublic')}</strong>
      <ThreadLink thread={thread} />
    </Box>
  );
};
