import type * as Flex from '@twilio/flex-ui';
import * as React from 'react';

import { ActivityNotice } from '../../custom-components/ActivityNotice.tsx';
import { DraftKeeper } from '../../custom-components/DraftKeeper.tsx';
import { PublicNotice } from '../../custom-components/PublicNotice.tsx';
import { SlashMenu } from '../../custom-components/SlashMenu.tsx';
import { SplitNotice } from '../../custom-components/SplitNotice.tsx';
import { TypingSignal } from '../../custom-components/TypingSignal.tsx';

export const componentHook = (flex: typeof Flex): void => {
  // Flex passes no task, so each of them checks itself that the conversation is a Discord one.
  flex.MessageInputV2.Content.add(<PublicNotice key="flexcord-public-notice" />, { sortOrder: -5 });
  flex.MessageInputV2.Content.add(<ActivityNotice key="flexcord-activity" />, { sortOrder: -3 });
  flex.MessageInputV2.Content.add(<DraftKeeper key="flexcord-draft-keeper" />, { sortOrder: -4 });
  flex.MessageInputV2.Content.add(<SlashMenu key="flexcord-slash-menu" />, { sortOrder: -4 });
  flex.MessageInputV2.Content.add(<TypingSignal key="flexcord-typing-signal" />, { sortOrder: -2 });
  flex.MessageInputV2.Content.add(<SplitNotice key="flexcord-split-notice" />, { sortOrder: -1 });
};
