import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import { SkeletonLoader } from '@twilio-paste/core/skeleton-loader';
import * as React from 'react';

import { BridgeProblem } from '../utils/bridge/client.ts';
import { text } from '../utils/strings.ts';
import { Column } from './Column.tsx';

interface Props<Data> {
  query: { data: Data | undefined; error: unknown; isFetching: boolean; refetch: () => Promise<unknown> };
  isEmpty?: (data: Data) => boolean;
  emptyText?: React.ReactNode;
  children: (data: Data) => React.ReactElement;
}

/**
 * The states of a query: loading, offline, error, empty, with data. Data that was once loaded stays on the screen under
 * a notice while the bridge does not answer.
 */
export function QueryState<Data>({ query, isEmpty, emptyText, children }: Props<Data>) {
  const { data, error, isFetching, refetch } = query;
  const problem = error ? <Problem error={error} busy={isFetching} onRetry={() => void refetch()} /> : null;
  if (data === undefined) return problem ?? <Loading />;
  return (
    <Column>
      {problem}
      {isEmpty?.(data) ? (
        <Box color="colorTextWeak" paddingY="space40">
          {emptyText}
        </Box>
      ) : (
        children(data)
      )}
    </Column>
  );
}

const Loading = () => (
  <Box role="status" aria-label={text('FlexcordLoading')} aria-busy="true">
    <Column gap="space30">
      <SkeletonLoader width="60%" />
      <SkeletonLoader width="90%" />
      <SkeletonLoader width="75%" />
    </Column>
  </Box>
);

const Problem = ({ error, busy, onRetry }: { error: unknown; busy: boolean; onRetry: () => void }) => {
  const code = error instanceof BridgeProblem ? error.code : 'unavailable';
  const heading =
    code === 'offline'
      ? text('FlexcordOffline')
      : code === 'not-configured'
        ? text('FlexcordNotConfigured')
        : text('FlexcordError', { reason: error instanceof Error ? error.message : String(error) });
  const isOffline = code === 'offline';
  return (
    <Box
      role={isOffline ? 'status' : 'alert'}
      padding="space40"
      borderRadius="borderRadius20"
      backgroundColor={isOffline ? 'colorBackgroundWarningWeakest' : 'colorBackgroundErrorWeakest'}
      color={isOffline ? 'colorTextWarningStrong' : 'colorTextErrorStrong'}
    >
      <Column gap="space30">
        <span>{heading}</span>
        {code === 'not-configured' ? null : (
          <div>
            <Button variant="secondary" size="small" disabled={busy} onClick={onRetry}>
              {text('FlexcordRetry')}
            </Button>
          </div>
        )}
      </Column>
    </Box>
  );
};
