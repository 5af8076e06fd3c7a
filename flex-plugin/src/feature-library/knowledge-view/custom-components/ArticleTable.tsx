import type { LibraryEntry } from '@flexcord/shared/panel/library';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { text } from '../../../utils/strings.ts';
import { formatDate, Row, Weak } from '../../discord-panel/custom-components/ui.tsx';
import { useDrafts } from '../utils/drafts.ts';
import { goTo } from '../utils/place.ts';
import { formatNumber, languageName, sourceName, Tag, TextButton } from './parts.tsx';
import { Cell, Table, TableRow } from './table.tsx';

const MOST_LABELS = 3;

export const ArticleTable = ({ articles }: { articles: LibraryEntry[] }) => {
  const drafts = useDrafts();
  return (
    <Table
      label={text('FlexcordKbArticles')}
      columns={[
        { heading: text('FlexcordKbTitle'), width: '40%' },
        { heading: text('FlexcordKbStatus') },
        { heading: text('FlexcordKbLanguage') },
        { heading: text('FlexcordKbLabels') },
        { heading: text('FlexcordKbSource') },
        { heading: text('FlexcordKbChanged') },
      ]}
    >
      {articles.map((article) => (
        <ArticleRow key={article.id} article={article} hasDraft={article.id in drafts} />
      ))}
    </Table>
  );
};

const ArticleRow = ({ article, hasDraft }: { article: LibraryEntry; hasDraft: boolean }) => (
  <TableRow>
    <Cell>
      <TextButton strong onClick={() => goTo({ name: 'article', key: article.id })}>
        {article.title}
      </TextButton>
      <div>
        <Weak>{text('FlexcordKbQuestionCount', { count: formatNumber(article.questionCount) })}</Weak>
      </div>
    </Cell>
    <Cell>
      <Row>
        <StatusTag article={article} />
        {hasDraft ? <Tag tone="warning">{text('FlexcordKbUnsaved')}</Tag> : null}
      </Row>
    </Cell>
    <Cell>{languageName(article.language)}</Cell>
    <Cell>
      <Row>
        {article.labels.slice(0, MOST_LABELS).map((label) => (
          <Tag key={label}>{label}</Tag>
        ))}
        {article.labels.length > MOST_LABELS ? (
          <Box as="span" title={article.labels.slice(MOST_LABELS).join(', ')}>
            <Weak>+{article.labels.length - MOST_LABELS}</Weak>
          </Box>
        ) : null}
      </Row>
    </Cell>
    <Cell>{sourceName(article.source)}</Cell>
    <Cell>
      {formatDate(article.changedAt)}
      <Box dir="auto">
        <Weak>{article.changedBy}</Weak>
      </Box>
    </Cell>
  </TableRow>
);

export const StatusTag = ({ article }: { article: Pick<LibraryEntry, 'status' | 'deleted'> }) => {
  if (article.deleted) return <Tag tone="error">{text('FlexcordKbStatus_deleted')}</Tag>;
  const isPublished = article.status === 'published';
  return <Tag tone={isPublished ? 'success' : 'new'}>{text(`FlexcordKbStatus_${article.status}`)}</Tag>;
};
