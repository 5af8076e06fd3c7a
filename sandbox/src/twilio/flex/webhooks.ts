import type { TwilioState } from '../state.ts';
import type { ChannelParticipant, InteractionChannel } from './model.ts';

/** https://www.twilio.com/docs/flex/developer/conversations/register-interactions-webhooks */
export const interactionEvents = [
  'onInteractionCreated',
  'onChannelCreated',
  'onChannelCreateFailed',
  'onChannelStatusUpdated',
  'onParticipantJoined',
  'onParticipantLeft',
  'onParticipantUpdated',
] as const;
export type InteractionEvent = (typeof interactionEvents)[number];

/** Tells the global webhooks, and the one that the interaction was created with. */
export function fireInteractionEvent(
  state: TwilioState,
  channel: InteractionChannel,
  event: InteractionEvent,
  fields: Record<string, string> = {},
): void {
  const own = state.interactions.get(channel.interactionSid)?.webhookTtid;
  for (const webhook of state.interactionWebhooks.values()) {
    if (!webhook.events.includes(event)) continue;
    if (webhook.type === 'interaction' && webhook.ttid !== own) continue;
    state.webhooks.send({
      url: webhook.url,
      method: webhook.method,
      event,
      unsigned: !state.variants.signedInteractionWebhooks,
      fields: {
        EventType: event,
        AccountSid: state.credentials.accountSid,
        // As recorded by github.com/weni-ai/mailroom services/tickets/twilioflex2.
        InstanceSid: state.flexInstanceSid,
        FlexInstanceSid: state.flexInstanceSid,
        InteractionSid: channel.interactionSid,
        ...fields,
      },
    });
  }
}

/** The fields of a channel event. Unverified: the value of MediaChannelType; here the channel's type. */
export function channelFields(channel: InteractionChannel): Record<string, string> {
  return {
    ChannelSid: channel.sid,
    MediaChannelSid: channel.conversationSid,
    MediaChannelType: channel.type,
  };
}

export function participantFields(
  channel: InteractionChannel,
  participant: ChannelParticipant,
): Record<string, string> {
  return {
    ...channelFields(channel),
    ParticipantSid: participant.sid,
    ParticipantType: participant.type,
    ...(participant.taskSid ? { TaskSid: participant.taskSid } : {}),
  };
}
