import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { Button } from '@twilio/flex-ui';
import * as React from 'react';

import { text } from '../utils/strings.ts';
import { Column } from './Column.tsx';
import { QueryState } from './QueryState.tsx';

interface Props<Page, Item> {
  query: UseInfiniteQueryResult<Page>;
  itemsOf: (page: Page) => Item[];
  emptyText: React.ReactNode;
  children: (item: Item) => React.ReactElement;
}

/** The items of an infinite query, with a button that loads the next page. */
export function PagedList<Page, Item>({ query, itemsOf, emptyText, children }: Props<Page, Item>) {
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  return (
    <QueryState
      query={query}
      isEmpty={({ pages }) => pages.every((page) => itemsOf(page).length === 0)}
      emptyText={emptyText}
    >
      {({ pages }) => (
        <Column gap="space30">
          {pages.flatMap(itemsOf).map(children)}
          {hasNextPage ? (
            <div>
              <Button
                variant="secondary"
                size="small"
                disabled={isFetchingNextPage}
                onClick={() => void fetchNextPage()}
              >
                {text('FlexcordShowMore')}
              </Button>
            </div>
          ) : null}
        </Column>
      )}
    </QueryState>
  );
}
