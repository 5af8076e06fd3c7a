import type { LibraryPage } from '@flexcord/shared/panel/library';
import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { text } from '../../../utils/strings.ts';
import { QueryState } from '../../discord-panel/custom-components/QueryState.tsx';
import { Column, Row, Weak } from '../../discord-panel/custom-components/ui.tsx';
import { isNew, useDrafts } from '../utils/drafts.ts';
import { useLibrary } from '../utils/library.ts';
import { changeFilter, goTo, useFilter } from '../utils/place.ts';
import { ArticleFilters } from './ArticleFilters.tsx';
import { ArticleTable } from './ArticleTable.tsx';
import { formatNumber, Notice, TextButton } from './parts.tsx';

/** All articles, with what narrows them down. */
export const ArticleList = () => {
  const filter = useFilter();
  const isFiltered = Object.entries(filter).some(
    ([name, value]) => value !== undefined && name !== 'page' && name !== 'sort',
  );
  return (
    <Column gap="space50">
      <NotSaved />
      <ArticleFilters isFiltered={isFiltered} />
      <QueryState
        query={useLibrary(filter)}
        isEmpty={({ total }) => total === 0}
        emptyText={text(isFiltered ? 'FlexcordKbNothingFits' : 'FlexcordKbNoArticles')}
      >
        {(page) => (
          <>
            <ArticleTable articles={page.articles} />
            <Pager page={page} />
          </>
        )}
      </QueryState>
    </Column>
  );
};

/** New articles that were begun and not saved; those that exist already are marked in the table. */
const NotSaved = () => {
  const begun = Object.entries(useDrafts());
  if (begun.length === 0) return null;
  return (
    <Notice tone="warning">
      <Row>
        <span>{text('FlexcordKbNotSaved')}</span>
        {begun.map(([key, { content, base }]) => (
          <TextButton key={key} strong onClick={() => goTo({ name: 'article', key })}>
            {content.title.trim() ||
              base.title ||
              text(isNew(key) ? 'FlexcordKbNewArticle' : 'FlexcordKbUntitled')}
          </TextButton>
        ))}
      </Row>
    </Notice>
  );
};

const Pager = ({ page: { total, page, pageSize, articles } }: { page: LibraryPage }) => {
  const first = (page - 1) * pageSize + 1;
  const turn = (to: number) => changeFilter({ page: String(to) });
  return (
    <Box
      as="nav"
      aria-label={text('FlexcordKbPages')}
      display="flex"
      alignItems="center"
      justifyContent="space-between"
      flexWrap="wrap"
      columnGap="space40"
    >
      <Weak>
        <span role="status">
          {text('FlexcordKbRange', {
            first: formatNumber(first),
            last: formatNumber(first + articles.length - 1),
            total: formatNumber(total),
          })}
        </span>
      </Weak>
      {total > pageSize ? (
        <Row>
          <Button variant="secondary" size="small" disabled={page === 1} onClick={() => turn(page - 1)}>
            {text('FlexcordKbPreviousPage')}
          </Button>
          <Button
            variant="secondary"
            size="small"
            disabled={page * pageSize >= total}
            onClick={() => turn(page + 1)}
          >
            {text('FlexcordKbNextPage')}
          </Button>
        </Row>
      ) : null}
    </Box>
  );
};
