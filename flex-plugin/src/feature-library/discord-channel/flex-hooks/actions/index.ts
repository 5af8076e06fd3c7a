import type * as Flex from '@twilio/flex-ui';

import { notify } from '../../../../utils/notifications.ts';
import { isDiscordConversation } from '../../utils/discordConversation.ts';
import { bytesOf, kilobytes, MAX_MESSAGE_BYTES } from '../../utils/messageSize.ts';
import { ChannelNotification } from '../notifications/index.ts';

interface SendMessagePayload {
  conversationSid?: string;
  conversation?: { source?: { sid?: string } };
  body?: string;
}

/**
 * Cancels a message that Twilio would reject: Flex's own limit counts characters, Twilio's counts bytes. The text stays in
 * the composer, because Flex empties it only in the action itself.
 */
export const actionHook = (flex: typeof Flex): void => {
  flex.Actions.addListener('beforeSendMessage', (payload: SendMessagePayload, cancel: () => void) => {
    const size = bytesOf(payload.body ?? '');
    if (size <= MAX_MESSAGE_BYTES) return;
    if (!isDiscordConversation(payload.conversationSid ?? payload.conversation?.source?.sid)) return;
    cancel();
    const values = { size: kilobytes(size), limit: kilobytes(MAX_MESSAGE_BYTES) };
    notify(ChannelNotification.TooLong, values, true);
  });
  // Flex empties the composer before it knows whether Twilio took the message.
  flex.Actions.replaceAction('SendMessage', async (payload: SendMessagePayload, original) => {
    const conversationSid = payload.conversationSid ?? payload.conversation?.source?.sid;
    try {
      await original(payload);
    } catch (error) {
      const { body = '' } = payload;
      if (body && isDiscordConversation(conversationSid)) {
        void flex.Actions.invokeAction('SetInputText', {
          conversationSid,
          body,
          selectionStart: body.length,
          selectionEnd: body.length,
        });
      }
      throw error;
    }
  });
};
