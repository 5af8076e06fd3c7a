import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { ErrorBoundary } from '../components/ErrorBoundary.tsx';
import { QueryState } from '../components/QueryState.tsx';
import type { ViewProps } from '../types/view.ts';
import { queryClient } from '../utils/bridge/queryClient.ts';
import { loadViews } from './loadViews.ts';

interface Props extends ViewProps {
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

const Loaded = ({ view, ...props }: Props) => {
  const query = useQuery({
    queryKey: ['views'],
    queryFn: loadViews,
    staleTime: Number.POSITIVE_INFINITY,
    cacheTime: Number.POSITIVE_INFINITY,
  });
  const View = query.data?.[view];
  if (View) return <View {...props} />;
  return (
    <Box padding="space80">
      <QueryState query={query}>{() => <span />}</QueryState>
    </Box>
  );
};
