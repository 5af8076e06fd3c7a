import { type ITask, Manager } from '@twilio/flex-ui';

import { conversationSidOf, isDiscordTask } from '../../../utils/discordTask.ts';
import { getSettings } from '../../../utils/settings.ts';

type FlexState = ReturnType<Manager['store']['getState']>;

/** The task whose conversation it is. */
export function taskOf(
  conversationSid: string | undefined,
  state: FlexState = Manager.getInstance().store.getState(),
): ITask | undefined {
  if (!conversationSid) return undefined;
  const tasks = Array.from(state.flex.worker.tasks?.values() ?? []);
  return tasks.find((candidate) => conversationSidOf(candidate) === conversationSid);
}

/** Whether a conversation is one with a Discord member. */
export function isDiscordConversation(
  conversationSid: string | undefined,
  state: FlexState = Manager.getInstance().store.getState(),
): boolean {
  return isDiscordTask(taskOf(conversationSid, state), getSettings().taskChannel);
}
