import { useFlexSelector } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { text } from '../../../utils/strings.ts';
import { isDiscordConversation } from '../utils/discordConversation.ts';
import { useActivity } from '../utils/useActivity.ts';

/** A line above the composer: "Ada is typing…", "Ada edited a message", "Ada left the server". */
export const ActivityNotice = ({ conversationSid }: { conversationSid?: string }) => {
  const isDiscord = useFlexSelector((state) => isDiscordConversation(conversationSid, state));
  return isDiscord && conversationSid ? <Activity conversationSid={conversationSid} /> : null;
};

const Activity = ({ conversationSid }: { conversationSid: string }) => {
  const shown = useActivity(conversationSid);
  // Screen readers announce changes only of a live region that exists before its text.
  return (
    <Box
      role="status"
      paddingX="space20"
      color="colorTextWeak"
      fontSize="fontSize20"
      lineHeight="lineHeight20"
    >
      {shown ? <bdi>{text(`FlexcordActivity_${shown.activity}`, { name: shown.memberName })}</bdi> : null}
    </Box>
  );
};
