import { getConversation } from './conversations/conversations.ts';
import { addMessage } from './conversations/messages.ts';
import { createInteraction } from './flex/interactions.ts';
import type { StudioEffects } from './studio/host.ts';
import { findTaskChannel } from './taskrouter/tasks.ts';
import type { World } from './world.ts';

/** What Studio's widgets do to conversations and Flex. https://www.twilio.com/docs/studio/widget-library/send-to-flex */
export function studioEffects(world: World): StudioEffects {
  return {
    async sendToFlex({ conversationSid, workflowSid, channelSid, attributes, priority, timeout }) {
      const conversation = getConversation(world, conversationSid);
      const taskChannel = findTaskChannel(world, channelSid);
      if (!taskChannel) throw new Error(`Task channel ${channelSid} was not found`);
      const sender =
        conversation.messages.findLast(({ participantSid }) => participantSid !== null)?.author ?? '';
      const { task } = createInteraction(world, {
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
      // Unverified: whether Twilio takes the Studio webhook off the conversation. Both are played.
      if (!world.studioWebhookSurvives) {
        for (const webhook of [...conversation.webhooks.values()]) {
          if (webhook.target === 'studio') conversation.webhooks.delete(webhook.sid);
        }
      }
      return { taskSid: task.sid };
    },
    async sendMessage({ conversationSid, body, from }) {
      const conversation = getConversation(world, conversationSid);
      addMessage(world, conversation, { author: from, body }, { kind: 'silent' });
    },
  };
}
