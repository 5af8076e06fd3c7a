import { useFlexSelector } from '@twilio/flex-ui';

import { conversationSidOf, isDiscordTask } from '../../../utils/discordTask.ts';
import { getSettings } from '../../../utils/settings.ts';

/** What the agent has typed but not sent in a Discord conversation; empty for any other conversation. */
export const useDiscordDraft = (conversationSid: string | undefined): string =>
  useFlexSelector((state) => {
    if (!conversationSid) return '';
    const tasks = Array.from(state.flex.worker.tasks?.values() ?? []);
    const task = tasks.find((candidate) => conversationSidOf(candidate) === conversationSid);
    if (!isDiscordTask(task, getSettings().taskChannel)) return '';
    return state.flex.chat.conversationInput[conversationSid]?.inputText ?? '';
  });
