import { getConversation } from './conversations/conversations.ts';
import { addMessage } from './conversations/messages.ts';
import { createInteraction } from './flex/interactions.ts';
import { interactionJson } from './flex/json.ts';
import type { TwilioState } from './state.ts';
import type { StudioEffects } from './studio/host.ts';
import { findTaskChannel } from './taskrouter/tasks.ts';

/** What Studio's widgets do to conversations and Flex. https://www.twilio.com/docs/studio/widget-library/send-to-flex */
export function studioEffects(state: TwilioState): StudioEffects {
  return {
    async sendToFlex({ conversationSid, workflowSid, channelSid, attributes, priority, timeout }) {
      const conversation = getConversation(state, conversationSid);
      const taskChannel = findTaskChannel(state, channelSid);
      if (!taskChannel) throw new Error(`Task channel ${channelSid} was not found`);
      const sender =
        conversation.messages.findLast(({ participantSid }) => participantSid !== null)?.author ?? '';
      const { interaction } = createInteraction(state, {
        channel: { type: 'web', initiatedBy: 'customer', conversationSid: conversation.sid, identities: [] },
        routing: {
          workflowSid,
          queueSid: null,
          workerSid: null,
          taskChannelSid: taskChannel.sid,
          // The widget fills these in with the sender where the flow gives nothing.
          attributes: {
            from: sender,
            name: sender,
            customerName: sender,
            customerAddress: sender,
            ...attributes,
          },
          priority,
          timeout,
        },
      });
      if (!state.variants.studioWebhookSurvives) {
        for (const webhook of [...conversation.webhooks.values()]) {
          if (webhook.target === 'studio') conversation.webhooks.delete(webhook.sid);
        }
      }
      // What was recorded of the widget; the REST resource has more.
      const { sid, channel, routing, url } = interactionJson(state, interaction);
      return { sid, channel, routing, url };
    },
    async sendMessage({ conversationSid, body, from }) {
      const conversation = getConversation(state, conversationSid);
      addMessage(state, conversation, { author: from, body }, { kind: 'silent' });
    },
  };
}
