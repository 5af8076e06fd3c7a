import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { text } from '../../../utils/strings.ts';
import { countMessageParts, DISCORD_MESSAGE_LIMIT } from '../utils/messageParts.ts';
import { bytesOf, kilobytes, MAX_MESSAGE_BYTES } from '../utils/messageSize.ts';
import { useDiscordDraft } from '../utils/useDiscordDraft.ts';

interface Props {
  conversationSid?: string;
}

/** Tells the agent, while they type, how many messages a long text becomes, and when it is too long to be sent at all. */
export const SplitNotice = ({ conversationSid }: Props) => {
  const draft = useDiscordDraft(conversationSid);
  const size = React.useMemo(() => bytesOf(draft), [draft]);
  const isTooLong = size > MAX_MESSAGE_BYTES;
  const parts = React.useMemo(() => (isTooLong ? 0 : countMessageParts(draft)), [draft, isTooLong]);
  if (!isTooLong && parts < 2) return null;
  return (
    <Box
      role="status"
      paddingX="space20"
      paddingY="space20"
      color={isTooLong ? 'colorTextError' : 'colorTextWeak'}
      fontSize="fontSize20"
      lineHeight="lineHeight20"
    >
      {isTooLong
        ? text('FlexcordTooLong', { size: kilobytes(size), limit: kilobytes(MAX_MESSAGE_BYTES) })
        : text('FlexcordSplitNotice', { parts, length: draft.length, limit: DISCORD_MESSAGE_LIMIT })}
    </Box>
  );
};
