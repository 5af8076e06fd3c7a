import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';
import { PageHeader } from '../../../components/PageHeader.tsx';
import { Tabs } from '../../../components/Tabs.tsx';
import { formatNumber } from '../../../utils/format.ts';
import { notifyError } from '../../../utils/notifications.ts';
import { isSupervisor } from '../../../utils/permissions.ts';
import { text } from '../../../utils/strings.ts';
import { NEW_ARTICLE } from '../utils/drafts.ts';
import { exportArticles, useCounts } from '../utils/libraryQueries.ts';
import { type KnowledgeTab, navigateTo, selectTab, useSelectedTab } from '../utils/navigation.ts';
import { ArticleList } from './ArticleList.tsx';
import { GapList } from './GapList.tsx';
import { LessonList } from './LessonList.tsx';

export const KnowledgeOverview = () => {
  const counts = useCounts().data;
  const counted = (key: string, count: number | undefined) =>
    count === undefined ? text(key) : `${text(key)} (${formatNumber(count)})`;
  return (
    <Box display="flex" flexDirection="column" height="100%">
      <Box padding="space60" paddingBottom="space30">
        <PageHeader title={text('FlexcordKbView')}>
          <Export />
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
        </PageHeader>
        {isSupervisor() ? null : (
          <Box marginTop="space30" color="colorTextWeak">
            {text('FlexcordKbReadOnly')}
          </Box>
        )}
      </Box>
      <Box flexGrow={1} minHeight="0">
        <Tabs<KnowledgeTab>
          label={text('FlexcordKbView')}
          selectedId={useSelectedTab()}
          onSelect={selectTab}
          tabs={[
            {
              id: 'articles',
              label: counted('FlexcordKbArticles', counts && counts.published + counts.draft),
              content: <ArticleList />,
            },
            { id: 'gaps', label: counted('FlexcordKbGaps', counts?.gaps), content: <GapList /> },
            { id: 'lessons', label: text('FlexcordKbLessons'), content: <LessonList /> },
          ]}
        />
      </Box>
    </Box>
  );
};

const Export = () => {
  const [busy, setBusy] = React.useState(false);
  const save = (format: 'csv' | 'xlsx') => {
    setBusy(true);
    void exportArticles(format)
      .catch(notifyError)
      .then(() => setBusy(false));
  };
  return (
    <>
      <Button variant="secondary" size="small" disabled={busy} onClick={() => save('csv')}>
        {text('FlexcordKbExportCsv')}
      </Button>
      <Button variant="secondary" size="small" disabled={busy} onClick={() => save('xlsx')}>
        {text('FlexcordKbExportXlsx')}
      </Button>
    </>
  );
};
