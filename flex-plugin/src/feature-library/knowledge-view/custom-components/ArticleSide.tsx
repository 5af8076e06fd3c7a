import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { text } from '../../../utils/strings.ts';
import { useDebounced } from '../../../utils/useDebounced.ts';
import { Tabs } from '../../discord-panel/custom-components/Tabs.tsx';
import { faultOf } from '../utils/content.ts';
import type { ArticleEditing } from '../utils/useArticleEditing.ts';
import { ArticleVersions } from './ArticleVersions.tsx';
import { LessonList } from './LessonList.tsx';
import { ResponsePreview } from './ResponsePreview.tsx';
import { Trial } from './Trial.tsx';

type SideTab = 'trial' | 'preview' | 'versions' | 'learned';
/** A trial teaches a small index anew. */
const TRY_AGAIN_MS = 700;

/** What helps while an article is written. */
export const ArticleSide = ({ editing }: { editing: ArticleEditing }) => {
  const { saved } = editing;
  const [tab, setTab] = React.useState<SideTab>('trial');
  const [question, setQuestion] = React.useState('');
  const content = useDebounced(editing.content, TRY_AGAIN_MS);
  const isSound = faultOf(content, false) === undefined;
  return (
    <Box
      borderWidth="borderWidth10"
      borderStyle="solid"
      borderColor="colorBorderWeaker"
      borderRadius="borderRadius30"
      overflow="hidden"
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
              <Trial
                content={content}
                articleId={saved?.id ?? null}
                isSound={isSound}
                question={question}
                onAsk={setQuestion}
              />
            ),
          },
          {
            id: 'preview',
            label: text('FlexcordKbPreview'),
            content: <ResponsePreview content={content} isSound={isSound} />,
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
