import type * as Flex from '@twilio/flex-ui';
import * as React from 'react';

import { FilePreview } from '../../custom-components/FilePreview.tsx';

export const componentHook = (flex: typeof Flex): void => {
  // Flex passes the message only, so the preview itself checks that the conversation is a Discord one.
  flex.MessageBubble.Content.add(<FilePreview key="flexcord-file-preview" />, { sortOrder: 100 });
};
