import type * as Flex from '@twilio/flex-ui';
import * as React from 'react';

import { isDiscordTask } from '../../../../utils/discordTask.ts';
import { getSettings } from '../../../../utils/settings.ts';
import { DiscordPanel } from '../../custom-components/DiscordPanel.tsx';

/** Replaces Flex's second panel while a Discord task is selected; for any other task Flex is untouched. */
export const componentHook = (flex: typeof Flex, manager: Flex.Manager): void => {
  const { taskChannel } = getSettings();
  // The conversation is what an agent works in: it keeps the larger part, and both can be used on a screen of 1024 pixels.
  Object.assign(flex.AgentDesktopView.defaultProps, {
    splitterOptions: {
      initialFirstPanelSize: '68%',
      minimumFirstPanelSize: '480px',
      minimumSecondPanelSize: '280px',
    },
  });
  flex.AgentDesktopView.Panel2.Content.replace(<DiscordPanel key="flexcord-panel" />, {
    sortOrder: -1,
    if: () => {
      const { view, worker } = manager.store.getState().flex;
      const selected = view.selectedTaskSid ? worker.tasks?.get(view.selectedTaskSid) : undefined;
      return isDiscordTask(selected, taskChannel);
    },
  });
};
