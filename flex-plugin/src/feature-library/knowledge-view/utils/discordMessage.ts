import * as React from 'react';

import type { ViewProps } from '../../../types/view.ts';

/** What shows words as Discord does; Flex's frame of the view gives it. */
export const DiscordMessageContext = React.createContext<ViewProps['DiscordMessage']>(() => null);
