import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { text } from '../../../utils/strings.ts';
import { notifyFailed } from '../../discord-panel/custom-components/notify.ts';
import { Tabs } from '../../discord-panel/custom-components/Tabs.tsx';
import { NEW_ARTICLE } from '../utils/drafts.ts';
import { exportArticles, mayWrite, useCounts } from '../utils/library.ts';
import { goTo, type KnowledgeTab, showTab, useTab } from '../utils/place.ts';
import { ArticleList } from './ArticleList.tsx';
import { GapList } from './GapList.tsx';
import { LessonList } from './LessonList.tsx';
import { formatNumber, PageHead } from './parts.tsx';

export const Lists = () => {
  const counts = useCounts().data;
  const counted = (key: string, count: number | undefined) =>
    count === undefined ? text(key) : `${text(key)} (${formatNumber(count)})`;
  return (
    <Box display="flex" flexDirection="column" height="100%">
      <Box padding="space60" paddingBottom="space30">
        <PageHead title={text('FlexcordKbView')}>
          <Export />
          {mayWrite() ? (
            <>
              <Button variant="secondary" size="small" onClick={() => goTo({ name: 'import' })}>
                {text('FlexcordKbImport')}
              </Button>
              <Button
                variant="primary"
                size="small"
                onClick={() => goTo({ name: 'article', key: NEW_ARTICLE })}
              >
                {text('FlexcordKbNewArticle')}
              </Button>
            </>
          ) : null}
        </PageHead>
        {mayWrite() ? null : (
          <Box marginTop="space30" color="colorTextWeak">
            {text('FlexcordKbReadOnly')}
          </Box>
        )}
      </Box>
      <Box flexGrow={1} minHeight="0">
        <Tabs<KnowledgeTab>
          label={text('FlexcordKbView')}
          selectedId={useTab()}
          onSelect={showTab}
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
      .catch(notifyFailed)
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
