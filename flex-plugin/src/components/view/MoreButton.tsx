import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { Button } from '@twilio/flex-ui';
import * as React from 'react';

import { text } from '../../utils/strings.ts';

type Query = Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'>;

/** Loads the next page of a list, where there is one. */
export const MoreButton = ({ query }: { query: Query }) =>
  query.hasNextPage ? (
    <div>
      <Button
        variant="secondary"
        size="small"
        disabled={query.isFetchingNextPage}
        onClick={() => void query.fetchNextPage()}
      >
        {text('FlexcordShowMore')}
      </Button>
    </div>
  ) : null;
