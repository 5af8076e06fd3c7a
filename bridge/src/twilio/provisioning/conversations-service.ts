import { callTwilio, type Twilio } from '../client.ts';

/**
 * Conversations are made in the account's default service, and agents see them only where that is the one of Flex. Null
 * where it is, otherwise what the operator has to do. `flexService`: IS…, or empty where Flex names none.
 */
export async function serviceFault(twilio: Twilio, flexService: string): Promise<string | null> {
  const { defaultChatServiceSid } = await callTwilio('conversations configuration', () =>
    twilio.conversations.v1.configuration().fetch(),
  );
  if (!flexService || defaultChatServiceSid === flexService) return null;
  return `the default is ${defaultChatServiceSid}, but Flex uses ${flexService}. Make ${flexService} the default under Conversations (classic), Defaults, in the Twilio console.`;
}
