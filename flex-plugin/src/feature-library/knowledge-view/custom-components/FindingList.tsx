import type { LibraryFindings } from '@flexcord/shared/panel/library-sources';
import * as React from 'react';

import { Column } from '../../../components/Column.tsx';
import { QueryState } from '../../../components/QueryState.tsx';
import { Row } from '../../../components/Row.tsx';
import { SecondaryText } from '../../../components/SecondaryText.tsx';
import { SectionHeading } from '../../../components/SectionHeading.tsx';
import { Table, TableCell, TableHeader, TableRow } from '../../../components/Table.tsx';
import { TextButton } from '../../../components/TextButton.tsx';
import { EmptyState } from '../../../components/view/EmptyState.tsx';
import { formatNumber } from '../../../utils/format.ts';
import { text } from '../../../utils/strings.ts';
import { navigateTo } from '../utils/navigation.ts';
import { useFindings } from '../utils/sourceQueries.ts';

/** What is wrong with published articles, and which ones. */
export const FindingList = () => (
  <Column>
    <SecondaryText>{text('FlexcordKbFindingsHelp')}</SecondaryText>
    <QueryState
      query={useFindings()}
      isEmpty={({ totals }) => totals.broken + totals.unread + totals.unhelpful === 0}
      emptyText={
        <EmptyState heading={text('FlexcordKbNoFindings')}>{text('FlexcordKbFindingsHelp')}</EmptyState>
      }
    >
      {(findings) => <Findings findings={findings} />}
    </QueryState>
  </Column>
);

const Findings = ({
  findings: { broken, unread, unhelpful, days, totals },
}: {
  findings: LibraryFindings;
}) => (
  <Column gap="space60">
    <Finding
      name="broken"
      count={totals.broken}
      headers={['FlexcordKbLink', 'FlexcordKbWhy', 'FlexcordKbArticles']}
    >
      {broken.map(({ url, reason, articles }) => (
        <TableRow key={url}>
          <TableCell>
            <bdi style={{ overflowWrap: 'anywhere' }}>{url}</bdi>
          </TableCell>
          <TableCell>{reason}</TableCell>
          <TableCell>
            <Row>
              {articles.map((article) => (
                <ArticleLink key={article.id} {...article} />
              ))}
            </Row>
          </TableCell>
        </TableRow>
      ))}
    </Finding>
    <Finding
      name="unhelpful"
      count={totals.unhelpful}
      headers={['FlexcordKbArticle', 'FlexcordKbUse_shown', 'FlexcordKbUse_refused', 'FlexcordKbUse_helped']}
    >
      {unhelpful.map(({ id, title, shown, refused, helped }) => (
        <TableRow key={id}>
          <TableCell>
            <ArticleLink id={id} title={title} />
          </TableCell>
          {Object.entries({ shown, refused, helped }).map(([name, count]) => (
            <TableCell key={name}>{formatNumber(count)}</TableCell>
          ))}
        </TableRow>
      ))}
    </Finding>
    <Finding name="unread" count={totals.unread} days={days} headers={['FlexcordKbArticle']}>
      {unread.map((article) => (
        <TableRow key={article.id}>
          <TableCell>
            <ArticleLink {...article} />
          </TableCell>
        </TableRow>
      ))}
    </Finding>
  </Column>
);

interface FindingProps {
  name: 'broken' | 'unread' | 'unhelpful';
  count: number;
  days?: number;
  headers: string[];
}

const Finding: React.FC<FindingProps> = ({ name, count, days = 0, headers, children }) => {
  if (count === 0) return null;
  const heading = text(`FlexcordKbFinding_${name}`, { count: formatNumber(count), days: formatNumber(days) });
  return (
    <Column gap="space30">
      <SectionHeading>{heading}</SectionHeading>
      <Table
        label={heading}
        headers={headers.map((header) => <TableHeader key={header}>{text(header)}</TableHeader>)}
      >
        {children}
      </Table>
    </Column>
  );
};

const ArticleLink = ({ id, title }: { id: string; title: string }) => (
  <TextButton onClick={() => navigateTo({ name: 'article', key: id })}>{title}</TextButton>
);
