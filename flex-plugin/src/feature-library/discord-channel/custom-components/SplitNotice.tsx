import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { text } from '../../../utils/strings.ts';
import { countMessageParts, DISCORD_MESSAGE_LIMIT } from '../utils/messageParts.ts';
import { useDiscordDraft } from '../utils/useDiscordDraft.ts';

interface Props {
  conversationSid?: string;
}

/** Tells the agent, while they type, that a long text will reach the member as several messages. */
export const SplitNotice = ({ conversationSid }: Props) => {
  const draft = useDiscordDraft(conversationSid);
  const parts = countMessageParts(draft);
  if (parts < 2) return null;
  return (
    <Box role="status" paddingY="space20" color="colorTextWarningStrong" fontSize="fontSize20">
      {text('FlexcordSplitNotice', { parts, length: draft.length, limit: DISCORD_MESSAGE_LIMIT })}
    </Box>
  );
};
