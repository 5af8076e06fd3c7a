import { QueryClientProvider } from '@tanstack/react-query';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { ErrorBoundary } from '../components/ErrorBoundary.tsx';
import { QueryState } from '../components/QueryState.tsx';
import type { CaseDetailProps, DiscordMessageProps } from '../types/desk.ts';
import type { ViewProps } from '../types/view.ts';
import { queryClient } from '../utils/bridge/queryClient.ts';
import { DeskPart } from './DeskPart.tsx';
import { usePluginFile } from './usePluginFile.ts';

interface Props extends Pick<ViewProps, 'route'> {
  /** A key of what `views.ts` registers. */
  view: string;
}

/** A view of Flex whose code comes from the bridge when somebody opens it. Flex gives it `route`. */
export const LazyView = (props: Props) => (
  <ErrorBoundary>
    <QueryClientProvider client={queryClient}>
      <Box
        data-flexcord-view={props.view}
        height="100%"
        width="100%"
        overflowY="auto"
        backgroundColor="colorBackgroundBody"
        color="colorText"
        fontSize="fontSize30"
        lineHeight="lineHeight30"
      >
        <Loaded {...props} />
      </Box>
    </QueryClientProvider>
  </ErrorBoundary>
);

// The views and the panel show cases and messages with the same parts of the desk.
const CaseDetail = (props: CaseDetailProps) => <DeskPart name="CaseDetailView" {...props} />;
const DiscordMessage = (props: DiscordMessageProps) => <DeskPart name="DiscordMessage" {...props} />;

const Loaded = ({ view, ...props }: Props) => {
  const query = usePluginFile('views');
  const View = query.data?.[view];
  if (View) return <View {...props} CaseDetail={CaseDetail} DiscordMessage={DiscordMessage} />;
  return (
    <Box padding="space80">
      <QueryState query={query}>{() => <span />}</QueryState>
    </Box>
  );
};
