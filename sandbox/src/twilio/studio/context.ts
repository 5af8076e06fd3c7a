import type { MessageAddedEvent } from './host.ts';
import { type JsonObject, parseObject } from './json.ts';

/** What templates see: https://www.twilio.com/docs/studio/user-guide/get-started#use-variables-in-your-studio-flow */
export interface ExecutionContext {
  trigger: { conversation: JsonObject };
  flow: { sid: string; flow_sid: string; channel: { address: string }; variables: JsonObject };
  contact: { channel: { address: string } };
  widgets: Record<string, JsonObject>;
}

/** The context at the start of an execution (FN…). The conversation's attributes are an object, the message's stay text. */
export function startContext(
  event: MessageAddedEvent,
  accountSid: string,
  executionSid: string,
): ExecutionContext {
  return {
    trigger: {
      conversation: {
        AccountSid: accountSid,
        EventType: 'onMessageAdded',
        ...(event.body === null ? {} : { Body: event.body }),
        Author: event.author,
        Source: event.source,
        Index: String(event.index),
        ...(event.participantSid ? { ParticipantSid: event.participantSid } : {}),
        ...(event.messagingServiceSid ? { MessagingServiceSid: event.messagingServiceSid } : {}),
        ChannelSid: event.conversationSid,
        ConversationSid: event.conversationSid,
        ChatServiceSid: event.chatServiceSid,
        DateCreated: event.dateCreated,
        MessageSid: event.messageSid,
        // The name of the message's attributes is unverified. No production flow found reads `From`.
        MessageAttributes: event.attributes,
        ChannelAttributes: parseObject(event.conversationAttributes) ?? {},
      },
    },
    // Studio names the execution, not the flow, `flow.sid`.
    flow: {
      sid: executionSid,
      flow_sid: event.flowSid,
      channel: { address: event.conversationSid },
      variables: {},
    },
    contact: { channel: { address: event.author } },
    widgets: {},
  };
}
