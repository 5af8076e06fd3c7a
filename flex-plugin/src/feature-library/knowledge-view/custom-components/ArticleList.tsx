import type { LibraryEntry, LibraryPage } from '@flexcord/shared/panel/library';
import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { Callout } from '../../../components/Callout.tsx';
import { QueryState } from '../../../components/QueryState.tsx';
import { Row } from '../../../components/Row.tsx';
import { SecondaryText } from '../../../components/SecondaryText.tsx';
import { TextButton } from '../../../components/TextButton.tsx';
import { ColumnChoice } from '../../../components/view/ColumnChoice.tsx';
import { DataTable } from '../../../components/view/DataTable.tsx';
import { EmptyState } from '../../../components/view/EmptyState.tsx';
import { useColumns } from '../../../components/view/useColumns.ts';
import { formatNumber } from '../../../utils/format.ts';
import { text } from '../../../utils/strings.ts';
import { isNew, useDrafts } from '../utils/drafts.ts';
import { useLibrary } from '../utils/libraryQueries.ts';
import { changeFilter, navigateTo, useFilter } from '../utils/navigation.ts';
import { ArticleFilters } from './ArticleFilters.tsx';
import { articleColumns } from './articleColumns.tsx';

/** The list of articles with its filters. */
export const ArticleList = () => {
  const filter = useFilter();
  const columns = useColumns<LibraryEntry>('articles', articleColumns(useDrafts()));
  const query = useLibrary(filter);
  const isFiltered = Object.entries(filter).some(
    ([name, value]) => value !== undefined && name !== 'page' && name !== 'sort',
  );
  const sort = filter.sort ?? 'changed';
  return (
    <>
      <UnsavedDrafts />
      <ArticleFilters isFiltered={isFiltered}>
        <ColumnChoice columns={columns} />
      </ArticleFilters>
      <QueryState
        query={query}
        isEmpty={({ total }) => total === 0}
        emptyText={<NoArticles isFiltered={isFiltered} />}
      >
        {(page) => (
          <>
            <DataTable
              label={text('FlexcordKbArticles')}
              columns={columns}
              items={page.articles}
              keyOf={({ id }) => id}
              sort={{ by: sort, order: sort === 'title' ? 'asc' : 'desc' }}
              onSort={({ by }) => changeFilter({ sort: by === 'title' ? 'title' : undefined })}
              isStale={query.isPreviousData}
            />
            <Pager page={page} />
          </>
        )}
      </QueryState>
    </>
  );
};

const NoArticles = ({ isFiltered }: { isFiltered: boolean }) =>
  isFiltered ? (
    <EmptyState heading={text('FlexcordKbNothingFits')}>{text('FlexcordCasesNoneFitsHelp')}</EmptyState>
  ) : (
    <EmptyState heading={text('FlexcordKbNoArticles')}>{text('FlexcordKbNoArticlesHelp')}</EmptyState>
  );

/** Articles with unsaved drafts. */
const UnsavedDrafts = () => {
  const begun = Object.entries(useDrafts());
  if (begun.length === 0) return null;
  return (
    <Callout variant="warning">
      <Row>
        <span>{text('FlexcordKbNotSaved')}</span>
        {begun.map(([key, { content, base }]) => (
          <TextButton key={key} strong onClick={() => navigateTo({ name: 'article', key })}>
            {content.title.trim() ||
              base.title ||
              text(isNew(key) ? 'FlexcordKbNewArticle' : 'FlexcordKbUntitled')}
          </TextButton>
        ))}
      </Row>
    </Callout>
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
      <SecondaryText>
        <span role="status">
          {text('FlexcordKbRange', {
            first: formatNumber(first),
            last: formatNumber(first + articles.length - 1),
            total: formatNumber(total),
          })}
        </span>
      </SecondaryText>
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
