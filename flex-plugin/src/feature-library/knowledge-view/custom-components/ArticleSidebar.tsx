import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { Tabs } from '../../../components/Tabs.tsx';
import { useDebounced } from '../../../hooks/useDebounced.ts';
import { text } from '../../../utils/strings.ts';
import { validationErrorOf } from '../utils/articleContent.ts';
import type { ArticleEditing } from '../utils/useArticleEditing.ts';
import { ArticleTrialTab } from './ArticleTrialTab.tsx';
import { ArticleVersions } from './ArticleVersions.tsx';
import { LessonList } from './LessonList.tsx';
import { ResponsePreview } from './ResponsePreview.tsx';

type SideTab = 'trial' | 'preview' | 'versions' | 'learned';
/** How long the content must be unchanged before it is tried again, in ms: each trial rebuilds a small search index. */
const TRIAL_DELAY_MS = 700;

/** Tabs beside the form of an article: trial, preview, versions and learned questions. */
export const ArticleSidebar = ({ editing }: { editing: ArticleEditing }) => {
  const { saved } = editing;
  const [tab, setTab] = React.useState<SideTab>('trial');
  const [question, setQuestion] = React.useState('');
  const content = useDebounced(editing.content, TRIAL_DELAY_MS);
  const isValid = validationErrorOf(content, false) === undefined;
  return (
    <Box
      borderWidth="borderWidth10"
      borderStyle="solid"
      borderColor="colorBorderWeaker"
      borderRadius="borderRadius30"
    >
      <Tabs<SideTab>
        label={text('FlexcordKbSide')}
        selectedId={tab}
        onSelect={setTab}
        tabs={[
          {
            id: 'trial',
            label: text('FlexcordKbTry'),
            content: (
              <ArticleTrialTab
                content={content}
                articleId={saved?.id ?? null}
                isValid={isValid}
                question={question}
                onAsk={setQuestion}
              />
            ),
          },
          {
            id: 'preview',
            label: text('FlexcordKbPreview'),
            content: <ResponsePreview content={content} isValid={isValid} />,
          },
          ...(saved
            ? [
                {
                  id: 'versions' as const,
                  label: text('FlexcordKbVersions'),
                  content: <ArticleVersions article={saved} editing={editing} />,
                },
                {
                  id: 'learned' as const,
                  label: text('FlexcordKbLearned'),
                  content: <LessonList articleId={saved.id} />,
                },
              ]
            : []),
        ]}
      />
    </Box>
  );
};
