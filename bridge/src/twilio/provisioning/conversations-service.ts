import { callTwilio, type Twilio } from '../client.ts';
import { foreign, keep, mend, type PlanStep } from './plan.ts';

/**
 * Conversations are made in the account's default service, and agents see them only where that is the one of Flex. Null
 * where it is, otherwise what the operator has to do. `flexService`: IS…, or empty where Flex names none.
 */
export async function serviceFault(twilio: Twilio, flexService: string): Promise<string | null> {
  return faultOf(await readDefaults(twilio), flexService);
}

const readDefaults = (twilio: Twilio) =>
  callTwilio('conversations configuration', () => twilio.conversations.v1.configuration().fetch());
type Defaults = Awaited<ReturnType<typeof readDefaults>>;

function faultOf({ defaultChatServiceSid }: Defaults, flexService: string): string | null {
  if (!flexService || defaultChatServiceSid === flexService) return null;
  return `the default is ${defaultChatServiceSid}, but Flex uses ${flexService}. Make ${flexService} the default under Conversations (classic), Defaults, in the Twilio console.`;
}

/**
 * What holds of every conversation: its service, and the account's timer that closes those in which nobody writes
 * (https://www.twilio.com/docs/conversations-classic/states-timers). The timer is the account's and stays.
 */
export async function planDefaults(twilio: Twilio, flexService: string): Promise<PlanStep[]> {
  const defaults = await readDefaults(twilio);
  const fault = faultOf(defaults, flexService);
  const service = flexService ? `${flexService}, the one of Flex` : 'Flex names none';
  const closed = defaults.defaultClosedTimer;
  return [
    fault ? mend('Conversations service', fault) : keep('Conversations service', service),
    closed
      ? foreign(
          'Conversations timers',
          `this account closes every conversation after ${closed} without a message, also while a member waits for an agent; what they write then begins a new one`,
        )
      : keep('Conversations timers', 'none closes a conversation in which somebody waits'),
  ];
}
