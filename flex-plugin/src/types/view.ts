import type * as React from 'react';

import type { CaseDetailProps, DiscordMessageProps } from './desk.ts';

/** What a view is given. */
export interface ViewProps {
  /** Where the agent is, as Flex tells it. */
  route?: { location: { pathname: string; search: string } };
  /** Shows a case; it loads apart from the views. */
  CaseDetail: React.ComponentType<CaseDetailProps>;
  /** Shows words as Discord does; it loads apart from the views. */
  DiscordMessage: React.ComponentType<DiscordMessageProps>;
}

/** The views of the views file, by name. */
export type Views = Record<string, (props: ViewProps) => JSX.Element>;
