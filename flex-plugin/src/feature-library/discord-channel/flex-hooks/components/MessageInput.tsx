import type * as Flex from '@twilio/flex-ui';
import * as React from 'react';

import { isDiscordTask } from '../../../../utils/discordTask.ts';
import { getSettings } from '../../../../utils/settings.ts';
import { SplitNotice } from '../../custom-components/SplitNotice.tsx';

export const componentHook = (flex: typeof Flex): void => {
  const { taskChannel } = getSettings();
  flex.MessageInputV2.Content.add(<SplitNotice key="flexcord-split-notice" />, {
    sortOrder: -1,
    if: (props) => isDiscordTask(props.task, taskChannel),
  });
};
