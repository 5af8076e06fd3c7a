import type { LibraryArticle } from '@flexcord/shared/panel/library';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { text } from '../../../utils/strings.ts';
import { QueryState } from '../../discord-panel/custom-components/QueryState.tsx';
import { Column } from '../../discord-panel/custom-components/ui.tsx';
import { isNew } from '../utils/drafts.ts';
import { mayWrite, useLibraryArticle } from '../utils/library.ts';
import { goTo } from '../utils/place.ts';
import { useArticleEditing } from '../utils/useArticleEditing.ts';
import { ArticleConflict } from './ArticleConflict.tsx';
import { ArticleForm } from './ArticleForm.tsx';
import { ArticleHead } from './ArticleHead.tsx';
import { ArticleSide } from './ArticleSide.tsx';
import { Notice, TextButton } from './parts.tsx';

/** An article to read and to write. */
export const ArticlePage = ({ articleKey }: { articleKey: string }) => {
  const query = useLibraryArticle(isNew(articleKey) ? null : articleKey);
  return (
    <Box padding="space60" paddingTop="space0">
      <Column gap="space0">
        <Box paddingTop="space60" paddingBottom="space20">
          <TextButton onClick={() => goTo({ name: 'lists' })}>{text('FlexcordKbBack')}</TextButton>
        </Box>
        {isNew(articleKey) ? (
          <Editor articleKey={articleKey} saved={undefined} />
        ) : (
          <QueryState query={query}>
            {(article) => <Editor articleKey={articleKey} saved={article} />}
          </QueryState>
        )}
      </Column>
    </Box>
  );
};

interface Props {
  articleKey: string;
  saved: LibraryArticle | undefined;
}

const Editor = ({ articleKey, saved }: Props) => {
  const editing = useArticleEditing(articleKey, saved);
  const { conflict, problem } = editing;
  return (
    <Column gap="space50">
      <ArticleHead editing={editing} />
      {problem ? (
        <Notice tone="error" role="alert">
          {problem}
        </Notice>
      ) : null}
      {mayWrite() ? null : <Notice tone="neutral">{text('FlexcordKbReadOnly')}</Notice>}
      {saved?.deleted ? <Notice tone="error">{text('FlexcordKbDeletedNotice')}</Notice> : null}
      {conflict && saved ? (
        <ArticleConflict key={saved.version} mine={conflict} theirs={saved} onSettle={editing.settle} />
      ) : null}
      <Box
        display="grid"
        gridTemplateColumns="minmax(0, 1fr) minmax(320px, 420px)"
        columnGap="space70"
        alignItems="start"
      >
        <ArticleForm
          content={editing.content}
          readOnly={!mayWrite() || saved?.deleted === true || conflict !== null}
          onChange={editing.edit}
        />
        <Box position="sticky" style={{ top: 90 }}>
          <ArticleSide editing={editing} />
        </Box>
      </Box>
    </Column>
  );
};
