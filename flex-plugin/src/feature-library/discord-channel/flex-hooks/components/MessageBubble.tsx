import type * as Flex from '@twilio/flex-ui';
import * as React from 'react';

import { MessageBody } from '../../custom-components/MessageBody.tsx';
import { isDiscordConversation } from '../../utils/discordConversation.ts';

/** Replaces what Flex shows of a message's words and files, in Discord conversations alone. */
export const componentHook = (flex: typeof Flex): void => {
  const { Content } = flex.MessageBubble;
  const isDiscord = ({ conversationSid }: { conversationSid?: string }) =>
    isDiscordConversation(conversationSid);
  Content.remove('body', { if: isDiscord });
  Content.add(<MessageBody key="flexcord-body" />, { sortOrder: 1, if: isDiscord });
};
