import type { LibraryEntry } from '@flexcord/shared/panel/library';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { Badge } from '../../../components/Badge.tsx';
import { Row } from '../../../components/Row.tsx';
import { SecondaryText } from '../../../components/SecondaryText.tsx';
import { Table, TableCell, TableHeader, TableRow } from '../../../components/Table.tsx';
import { TextButton } from '../../../components/TextButton.tsx';
import { formatDate, formatNumber, languageName } from '../../../utils/format.ts';
import { text } from '../../../utils/strings.ts';
import { useDrafts } from '../utils/drafts.ts';
import { navigateTo } from '../utils/navigation.ts';
import { sourceName } from '../utils/sourceName.ts';

const MAX_VISIBLE_LABELS = 3;

export const ArticleTable = ({ articles }: { articles: LibraryEntry[] }) => {
  const drafts = useDrafts();
  return (
    <Table
      label={text('FlexcordKbArticles')}
      headers={
        <>
          <TableHeader width="40%">{text('FlexcordKbTitle')}</TableHeader>
          <TableHeader>{text('FlexcordKbStatus')}</TableHeader>
          <TableHeader>{text('FlexcordKbLanguage')}</TableHeader>
          <TableHeader>{text('FlexcordKbLabels')}</TableHeader>
          <TableHeader>{text('FlexcordKbSource')}</TableHeader>
          <TableHeader>{text('FlexcordKbChanged')}</TableHeader>
        </>
      }
    >
      {articles.map((article) => (
        <ArticleRow key={article.id} article={article} hasDraft={article.id in drafts} />
      ))}
    </Table>
  );
};

const ArticleRow = ({ article, hasDraft }: { article: LibraryEntry; hasDraft: boolean }) => (
  <TableRow>
    <TableCell>
      <TextButton strong onClick={() => navigateTo({ name: 'article', key: article.id })}>
        {article.title}
      </TextButton>
      <div>
        <SecondaryText>
          {text('FlexcordKbQuestionCount', { count: formatNumber(article.questionCount) })}
        </SecondaryText>
      </div>
    </TableCell>
    <TableCell>
      <Row>
        <ArticleStatusBadge article={article} />
        {hasDraft ? <Badge variant="warning">{text('FlexcordKbUnsaved')}</Badge> : null}
      </Row>
    </TableCell>
    <TableCell>{languageName(article.language)}</TableCell>
    <TableCell>
      <Row>
        {article.labels.slice(0, MAX_VISIBLE_LABELS).map((label) => (
          <Badge key={label}>{label}</Badge>
        ))}
        {article.labels.length > MAX_VISIBLE_LABELS ? (
          <Box as="span" title={article.labels.slice(MAX_VISIBLE_LABELS).join(', ')}>
            <SecondaryText>+{article.labels.length - MAX_VISIBLE_LABELS}</SecondaryText>
          </Box>
        ) : null}
      </Row>
    </TableCell>
    <TableCell>{sourceName(article.source)}</TableCell>
    <TableCell>
      {formatDate(article.changedAt)}
      <Box dir="auto">
        <SecondaryText>{article.changedBy}</SecondaryText>
      </Box>
    </TableCell>
  </TableRow>
);

export const ArticleStatusBadge = ({ article }: { article: Pick<LibraryEntry, 'status' | 'deleted'> }) => {
  if (article.deleted) return <Badge variant="error">{text('FlexcordKbStatus_deleted')}</Badge>;
  const isPublished = article.status === 'published';
  return (
    <Badge variant={isPublished ? 'success' : 'new'}>{text(`FlexcordKbStatus_${article.status}`)}</Badge>
  );
};
