import { Button } from '@twilio/flex-ui';
import * as React from 'react';

import { Callout } from '../../../components/Callout.tsx';
import { Row } from '../../../components/Row.tsx';
import { SecondaryText } from '../../../components/SecondaryText.tsx';
import { TextButton } from '../../../components/TextButton.tsx';
import { DownloadButton } from '../../../components/view/DownloadButton.tsx';
import { SegmentedControl } from '../../../components/view/SegmentedControl.tsx';
import { ViewPage } from '../../../components/view/ViewPage.tsx';
import { formatNumber } from '../../../utils/format.ts';
import { isSupervisor } from '../../../utils/permissions.ts';
import { text } from '../../../utils/strings.ts';
import { NEW_ARTICLE } from '../utils/drafts.ts';
import { exportArticles, useCounts } from '../utils/libraryQueries.ts';
import {
  changeFilter,
  clearFilter,
  type KnowledgeTab,
  navigateTo,
  selectTab,
  useSelectedTab,
} from '../utils/navigation.ts';
import { ownIdentity } from '../utils/ownIdentity.ts';
import { ArticleList } from './ArticleList.tsx';
import { FindingList } from './FindingList.tsx';
import { GapList } from './GapList.tsx';
import { LessonList } from './LessonList.tsx';
import { SolvedPostList } from './SolvedPostList.tsx';
import { SourceList } from './SourceList.tsx';

const lists: Record<KnowledgeTab, () => React.ReactElement> = {
  articles: () => <ArticleList />,
  gaps: () => <GapList />,
  solved: () => <SolvedPostList />,
  lessons: () => <LessonList />,
  sources: () => <SourceList />,
  findings: () => <FindingList />,
};

function showOwnDue(): void {
  selectTab('articles');
  clearFilter();
  changeFilter({ review: 'due', owner: ownIdentity() });
}

export const KnowledgeOverview = () => {
  const counts = useCounts().data;
  const selected = useSelectedTab();
  const counted = (key: string, count: number | undefined) =>
    count === undefined ? text(key) : `${text(key)} (${formatNumber(count)})`;
  return (
    <ViewPage
      title={text('FlexcordKbView')}
      aside={
        <SegmentedControl<KnowledgeTab>
          label={text('FlexcordKbView')}
          selected={selected}
          onSelect={selectTab}
          options={[
            {
              id: 'articles',
              label: counted('FlexcordKbArticles', counts && counts.published + counts.draft),
            },
            { id: 'gaps', label: counted('FlexcordKbGaps', counts?.gaps) },
            ...(isSupervisor() ? [{ id: 'solved' as const, label: text('FlexcordKbSolvedPosts') }] : []),
            { id: 'lessons', label: text('FlexcordKbLessons') },
            ...(isSupervisor()
              ? [
                  { id: 'findings' as const, label: text('FlexcordKbFindings') },
                  { id: 'sources' as const, label: text('FlexcordKbSources') },
                ]
              : []),
          ]}
        />
      }
      actions={
        <>
          {(['csv', 'xlsx'] as const).map((format) => (
            <DownloadButton key={format} onDownload={() => exportArticles(format)}>
              {text('FlexcordViewExport', { format: format === 'csv' ? 'CSV' : 'Excel' })}
            </DownloadButton>
          ))}
          {isSupervisor() ? (
            <>
              <Button variant="secondary" size="small" onClick={() => navigateTo({ name: 'import' })}>
                {text('FlexcordKbImport')}
              </Button>
              <Button
                variant="primary"
                size="small"
                onClick={() => navigateTo({ name: 'article', key: NEW_ARTICLE })}
              >
                {text('FlexcordKbNewArticle')}
              </Button>
            </>
          ) : null}
        </>
      }
    >
      {isSupervisor() ? null : <SecondaryText>{text('FlexcordKbReadOnly')}</SecondaryText>}
      {counts && counts.reviewDueOwn > 0 ? (
        <Callout variant="warning">
          <Row>
            <span>{text('FlexcordKbOwnReviewDue', { count: counts.reviewDueOwn })}</span>
            <TextButton strong onClick={showOwnDue}>
              {text('FlexcordKbShowThem')}
            </TextButton>
          </Row>
        </Callout>
      ) : null}
      {lists[selected]()}
    </ViewPage>
  );
};
