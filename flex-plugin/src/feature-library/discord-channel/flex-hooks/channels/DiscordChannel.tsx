import type * as Flex from '@twilio/flex-ui';
import * as React from 'react';

import { isDiscordTask, memberNameOf } from '../../../../utils/discordTask.ts';
import { getSettings } from '../../../../utils/settings.ts';
import { BLURPLE, DiscordIcon } from '../../custom-components/DiscordIcon.tsx';

export const channelHook = (flex: typeof Flex): Flex.TaskChannelDefinition => {
  const { taskChannel } = getSettings();
  const channel = flex.DefaultTaskChannels.createChatTaskChannel(
    'discord',
    (task) => isDiscordTask(task, taskChannel),
    <DiscordIcon />,
    <DiscordIcon />,
    BLURPLE,
  );
  const name = (task: Flex.ITask) => memberNameOf(task);
  const templates = channel.templates ?? {};
  return {
    ...channel,
    templates: {
      ...templates,
      TaskListItem: { ...templates.TaskListItem, firstLine: name },
      TaskCanvasHeader: { ...templates.TaskCanvasHeader, title: name },
      IncomingTaskCanvas: { ...templates.IncomingTaskCanvas, titleLine: name },
    },
  };
};
