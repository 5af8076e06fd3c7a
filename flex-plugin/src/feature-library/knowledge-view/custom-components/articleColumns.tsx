import type { LibraryEntry } from '@flexcord/shared/panel/library';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { Badge } from '../../../components/Badge.tsx';
import { SecondaryText } from '../../../components/SecondaryText.tsx';
import { rowTitle } from '../../../components/view/rowTitle.ts';
import { Time } from '../../../components/view/Time.tsx';
import type { TableColumn } from '../../../components/view/useColumns.ts';
import { Weak } from '../../../components/view/Weak.tsx';
import { formatDate, formatNumber, languageName } from '../../../utils/format.ts';
import { text } from '../../../utils/strings.ts';
import { changeFilter, navigateTo } from '../utils/navigation.ts';
import { sourceName } from '../utils/sourceName.ts';
import { ArticleStatusBadge } from './ArticleStatusBadge.tsx';

const MAX_VISIBLE_LABELS = 2;

/** What the table of articles can show; `drafts` has the keys of those with unsaved changes. */
export const articleColumns = (drafts: Readonly<Record<string, unknown>>): TableColumn<LibraryEntry>[] => [
  {
    id: 'title',
    label: text('FlexcordKbTitle'),
    width: 280,
    isFixed: true,
    sort: 'title',
    cell: (article) => (
      <Box display="flex" alignItems="center" columnGap="space30" minWidth="0">
        <Box
          as="button"
          type="button"
          dir="auto"
          {...rowTitle}
          appearance="none"
          border="none"
          padding="space0"
          backgroundColor="transparent"
          cursor="pointer"
          fontFamily="inherit"
          fontSize="inherit"
          minWidth="0"
          overflow="hidden"
          whiteSpace="nowrap"
          style={{ textOverflow: 'ellipsis' }}
          title={article.title}
          onClick={() => navigateTo({ name: 'article', key: article.id })}
        >
          {article.title}
        </Box>
        {article.id in drafts ? <Badge variant="warning">{text('FlexcordKbUnsaved')}</Badge> : null}
      </Box>
    ),
  },
  {
    id: 'status',
    label: text('FlexcordKbFilter_status'),
    width: 116,
    rank: 9,
    cell: (article) => <ArticleStatusBadge article={article} />,
  },
  {
    id: 'language',
    label: text('FlexcordKbFilter_language'),
    width: 110,
    rank: 6,
    cell: ({ language }) => languageName(language),
  },
  {
    id: 'labels',
    label: text('FlexcordKbLabels'),
    width: 200,
    rank: 4,
    cell: ({ labels }) => <Labels labels={labels} />,
  },
  {
    id: 'questions',
    label: text('FlexcordKbQuestionColumn'),
    width: 90,
    rank: 2,
    isNumeric: true,
    cell: ({ questionCount }) => formatNumber(questionCount),
  },
  {
    id: 'source',
    label: text('FlexcordKbFilter_source'),
    width: 130,
    rank: 3,
    cell: ({ source }) => <span title={sourceName(source)}>{sourceName(source)}</span>,
  },
  {
    id: 'owner',
    label: text('FlexcordKbOwner'),
    width: 110,
    rank: 5,
    cell: ({ owner }) => (owner === null ? <Weak>–</Weak> : <bdi title={owner}>{owner}</bdi>),
  },
  {
    id: 'review',
    label: text('FlexcordKbReviewOn'),
    width: 120,
    rank: 8,
    cell: ({ reviewOn }) => <ReviewDay day={reviewOn} />,
  },
  {
    id: 'by',
    label: text('FlexcordKbChangedBy'),
    width: 120,
    rank: 1,
    cell: ({ changedBy }) => <bdi title={changedBy}>{changedBy}</bdi>,
  },
  {
    id: 'changed',
    label: text('FlexcordKbChanged'),
    width: 112,
    rank: 7,
    sort: 'changed',
    cell: ({ changedAt }) => <Time at={changedAt} />,
  },
];

const ReviewDay = ({ day }: { day: string | null }) => {
  if (day === null) return <Weak>–</Weak>;
  const isDue = day <= new Date().toISOString().slice(0, 10);
  return isDue ? (
    <Badge variant="warning">
      <span title={formatDate(day)}>{text('FlexcordKbReviewDue')}</span>
    </Badge>
  ) : (
    <span>{formatDate(day)}</span>
  );
};

const Labels = ({ labels }: { labels: string[] }) => {
  const hidden = labels.slice(MAX_VISIBLE_LABELS);
  return (
    <Box display="flex" alignItems="center" columnGap="space20">
      {labels.slice(0, MAX_VISIBLE_LABELS).map((label) => (
        <Box
          key={label}
          as="button"
          type="button"
          appearance="none"
          borderWidth="borderWidth0"
          padding="space0"
          backgroundColor="transparent"
          cursor="pointer"
          borderRadius="borderRadiusPill"
          tabIndex={-1}
          _focusVisible={{ boxShadow: 'shadowFocus', outline: 'none' }}
          onClick={() => changeFilter({ label })}
        >
          <Badge>{label}</Badge>
        </Box>
      ))}
      {hidden.length > 0 ? (
        <span title={hidden.join(', ')}>
          <SecondaryText>+{hidden.length}</SecondaryText>
        </span>
      ) : null}
    </Box>
  );
};
