import type * as Flex from '@twilio/flex-ui';
import * as React from 'react';

import { isDiscordTask } from '../../../../utils/discordTask.ts';
import { getSettings } from '../../../../utils/settings.ts';
import { BLURPLE, DiscordIcon } from '../../custom-components/DiscordIcon.tsx';
import { TaskPicture } from '../../custom-components/TaskPicture.tsx';
import { matterLine, nameLine, statusLine, waitingLine } from '../../utils/taskLines.ts';

export const channelHook = (flex: typeof Flex): Flex.TaskChannelDefinition => {
  const { taskChannel } = getSettings();
  const channel = flex.DefaultTaskChannels.createChatTaskChannel(
    'discord',
    (task) => isDiscordTask(task, taskChannel),
    <DiscordIcon />,
    <DiscordIcon />,
    BLURPLE,
  );
  const picture = (task: Flex.ITask) => <TaskPicture key="flexcord-picture" task={task} />;
  const templates = channel.templates ?? {};
  return {
    ...channel,
    icons: { list: picture, main: picture, active: picture },
    templates: {
      ...templates,
      TaskListItem: { ...templates.TaskListItem, firstLine: nameLine, secondLine: statusLine },
      TaskCanvasHeader: { ...templates.TaskCanvasHeader, title: nameLine },
      IncomingTaskCanvas: {
        ...templates.IncomingTaskCanvas,
        titleLine: nameLine,
        firstLine: matterLine,
        secondLine: waitingLine,
      },
    },
  };
};
