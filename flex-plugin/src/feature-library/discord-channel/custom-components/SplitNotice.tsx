import { useFlexSelector } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { conversationSidOf, isDiscordTask } from '../../../utils/discordTask.ts';
import { getSettings } from '../../../utils/settings.ts';
import { text } from '../../../utils/strings.ts';
import { countMessageParts, DISCORD_MESSAGE_LIMIT } from '../utils/messageParts.ts';

interface Props {
  conversationSid?: string;
}

/** Tells the agent, while they type, that a long text will reach the member as several messages. */
export const SplitNotice = ({ conversationSid }: Props) => {
  const draft = useFlexSelector((state) => {
    if (!conversationSid) return '';
    const tasks = Array.from(state.flex.worker.tasks?.values() ?? []);
    const task = tasks.find((candidate) => conversationSidOf(candidate) === conversationSid);
    if (!isDiscordTask(task, getSettings().taskChannel)) return '';
    return state.flex.chat.conversationInput[conversationSid]?.inputText ?? '';
  });
  const parts = countMessageParts(draft);
  if (parts < 2) return null;
  return (
    <Box role="status" paddingY="space20" color="colorTextWarningStrong" fontSize="fontSize20">
      {text('FlexcordSplitNotice', { parts, length: draft.length, limit: DISCORD_MESSAGE_LIMIT })}
    </Box>
  );
};
