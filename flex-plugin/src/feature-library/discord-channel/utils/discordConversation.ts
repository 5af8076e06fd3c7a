import { Manager } from '@twilio/flex-ui';

import { conversationSidOf, isDiscordTask } from '../../../utils/discordTask.ts';
import { getSettings } from '../../../utils/settings.ts';

type FlexState = ReturnType<Manager['store']['getState']>;

/** Whether a conversation is one with a Discord member. */
export function isDiscordConversation(
  conversationSid: string | undefined,
  state: FlexState = Manager.getInstance().store.getState(),
): boolean {
  if (!conversationSid) return false;
  const tasks = Array.from(state.flex.worker.tasks?.values() ?? []);
  const task = tasks.find((candidate) => conversationSidOf(candidate) === conversationSid);
  return isDiscordTask(task, getSettings().taskChannel);
}
