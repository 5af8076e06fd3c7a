import type { LibraryArticle } from '@flexcord/shared/panel/library';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { Callout } from '../../../components/Callout.tsx';
import { Column } from '../../../components/Column.tsx';
import { FocusKeeper } from '../../../components/FocusKeeper.tsx';
import { QueryState } from '../../../components/QueryState.tsx';
import { TextButton } from '../../../components/TextButton.tsx';
import { isSupervisor } from '../../../utils/permissions.ts';
import { text } from '../../../utils/strings.ts';
import { isNew } from '../utils/drafts.ts';
import { useLibraryArticle } from '../utils/libraryQueries.ts';
import { navigateTo } from '../utils/navigation.ts';
import { useArticleEditing } from '../utils/useArticleEditing.ts';
import { ArticleConflict } from './ArticleConflict.tsx';
import { ArticleForm } from './ArticleForm.tsx';
import { ArticleHeader } from './ArticleHeader.tsx';
import { ArticleSidebar } from './ArticleSidebar.tsx';

/** The page of one article, for reading and editing. */
export const ArticlePage = ({ articleKey }: { articleKey: string }) => {
  const query = useLibraryArticle(isNew(articleKey) ? null : articleKey);
  return (
    <FocusKeeper>
      <Box padding="space60" paddingTop="space0" overflowWrap="anywhere">
        <Column gap="space0">
          <Box paddingTop="space60" paddingBottom="space20">
            <TextButton onClick={() => navigateTo({ name: 'overview' })}>{text('FlexcordKbBack')}</TextButton>
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
    </FocusKeeper>
  );
};

const STYLE = `
.flexcord-editor #flexcord-kb-text{min-height:200px}
.flexcord-editor{display:grid;grid-template-columns:minmax(0,1fr) minmax(320px,420px);gap:24px;align-items:start}
@media (max-width: 900px){.flexcord-editor{grid-template-columns:minmax(0,1fr)}}`;

interface Props {
  articleKey: string;
  saved: LibraryArticle | undefined;
}

const Editor = ({ articleKey, saved }: Props) => {
  const editing = useArticleEditing(articleKey, saved);
  const { conflict, problem } = editing;
  return (
    <Column gap="space50">
      <ArticleHeader editing={editing} />
      {problem ? (
        <Callout variant="error" role="alert">
          {problem}
        </Callout>
      ) : null}
      {isSupervisor() ? null : <Callout variant="neutral">{text('FlexcordKbReadOnly')}</Callout>}
      {saved?.deleted ? <Callout variant="error">{text('FlexcordKbDeletedNotice')}</Callout> : null}
      {conflict && saved ? (
        <ArticleConflict
          key={saved.version}
          draft={conflict}
          saved={saved}
          onResolve={editing.resolveConflict}
        />
      ) : null}
      <div className="flexcord-editor">
        <style>{STYLE}</style>
        <ArticleForm
          content={editing.content}
          readOnly={!isSupervisor() || saved?.deleted === true || conflict !== null}
          onChange={editing.edit}
        />
        <Box position="sticky" style={{ top: 90 }}>
          <ArticleSidebar editing={editing} />
        </Box>
      </div>
    </Column>
  );
};
