import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { Badge } from '../../../components/Badge.tsx';
import { PageHeader } from '../../../components/PageHeader.tsx';
import { Row } from '../../../components/Row.tsx';
import { SecondaryText } from '../../../components/SecondaryText.tsx';
import { formatDate } from '../../../utils/format.ts';
import { isSupervisor } from '../../../utils/permissions.ts';
import { text } from '../../../utils/strings.ts';
import { sourceName } from '../utils/sourceName.ts';
import type { ArticleEditing } from '../utils/useArticleEditing.ts';
import { ArticleStatusBadge } from './ArticleStatusBadge.tsx';

/** The title and status of an article, with its buttons. */
export const ArticleHeader = ({ editing }: { editing: ArticleEditing }) => {
  const { saved, isDirty } = editing;
  const tags = (
    <Row>
      {saved ? <ArticleStatusBadge article={saved} /> : null}
      {isDirty ? <Badge variant="warning">{text('FlexcordKbUnsaved')}</Badge> : null}
    </Row>
  );
  return (
    <Box
      position="sticky"
      top="space0"
      zIndex="zIndex10"
      paddingY="space30"
      backgroundColor="colorBackgroundBody"
    >
      <PageHeader takesFocus title={saved?.title ?? text('FlexcordKbNewArticle')} aside={tags}>
        {isSupervisor() ? <ArticleButtons editing={editing} /> : null}
      </PageHeader>
      {saved ? (
        <SecondaryText>
          <bdi>
            {text('FlexcordKbLastChange', {
              date: formatDate(saved.changedAt, true),
              name: saved.changedBy,
              source: sourceName(saved.source),
            })}
          </bdi>
        </SecondaryText>
      ) : null}
    </Box>
  );
};

const ArticleButtons = ({ editing }: { editing: ArticleEditing }) => {
  const { saved, isDirty, busy, conflict, save, discard, remove } = editing;
  if (saved?.deleted) {
    return (
      <Button variant="primary" size="small" disabled={busy} onClick={() => remove(false)}>
        {text('FlexcordKbBringBack')}
      </Button>
    );
  }
  const isPublished = saved?.status === 'published';
  const isLocked = busy || conflict !== null;
  return (
    <>
      {isDirty ? (
        <Button variant="link" size="small" disabled={busy} onClick={discard}>
          {text('FlexcordKbDrop')}
        </Button>
      ) : null}
      {saved && !isDirty ? (
        <Button variant="link" size="small" disabled={isLocked} onClick={() => remove(true)}>
          {text('FlexcordKbDelete')}
        </Button>
      ) : null}
      {isPublished ? (
        <Button variant="secondary" size="small" disabled={isLocked || isDirty} onClick={() => save('draft')}>
          {text('FlexcordKbUnpublish')}
        </Button>
      ) : (
        <Button
          variant="secondary"
          size="small"
          disabled={isLocked || !isDirty}
          onClick={() => save('draft')}
        >
          {text('FlexcordKbSaveDraft')}
        </Button>
      )}
      <Button
        variant="primary"
        size="small"
        disabled={isLocked || (isPublished && !isDirty)}
        onClick={() => save('published')}
      >
        {text(isPublished ? 'FlexcordKbSave' : 'FlexcordKbPublish')}
      </Button>
    </>
  );
};
