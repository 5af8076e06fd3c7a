import type * as Flex from '@twilio/flex-ui';
import * as React from 'react';

import { FilePreview } from '../../custom-components/FilePreview.tsx';

export const componentHook = (flex: typeof Flex): void => {
  // A bubble gives its children the message; the preview itself looks whether the conversation is a Discord one.
  flex.MessageBubble.Content.add(<FilePreview key="flexcord-file-preview" />, { sortOrder: 100 });
};
