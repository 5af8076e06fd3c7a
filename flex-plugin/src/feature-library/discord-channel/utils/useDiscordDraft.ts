import { useFlexSelector } from '@twilio/flex-ui';

import { isDiscordConversation } from './discordConversation.ts';

/** What the agent has typed but not sent in a Discord conversation; empty for any other conversation. */
export const useDiscordDraft = (conversationSid: string | undefined): string =>
  useFlexSelector((state) => {
    if (!conversationSid || !isDiscordConversation(conversationSid, state)) return '';
    return state.flex.chat.conversationInput[conversationSid]?.inputText ?? '';
  });
