import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { text } from '../../../utils/strings.ts';
import { formatDate, Row, Weak } from '../../discord-panel/custom-components/ui.tsx';
import { mayWrite } from '../utils/library.ts';
import type { ArticleEditing } from '../utils/useArticleEditing.ts';
import { StatusTag } from './ArticleTable.tsx';
import { PageHead, sourceName, Tag } from './parts.tsx';

/** Which article it is, in which state, and what can be done with it. */
export const ArticleHead = ({ editing }: { editing: ArticleEditing }) => {
  const { saved, isDirty } = editing;
  const tags = (
    <Row>
      {saved ? <StatusTag article={saved} /> : null}
      {isDirty ? <Tag tone="warning">{text('FlexcordKbUnsaved')}</Tag> : null}
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
      <PageHead takesFocus title={saved?.title ?? text('FlexcordKbNewArticle')} aside={tags}>
        {mayWrite() ? <Buttons editing={editing} /> : null}
      </PageHead>
      {saved ? (
        <Weak>
          <bdi>
            {text('FlexcordKbLastChange', {
              date: formatDate(saved.changedAt, true),
              name: saved.changedBy,
              source: sourceName(saved.source),
            })}
          </bdi>
        </Weak>
      ) : null}
    </Box>
  );
};

const Buttons = ({ editing }: { editing: ArticleEditing }) => {
  const { saved, isDirty, busy, conflict, save, drop, remove } = editing;
  if (saved?.deleted) {
    return (
      <Button variant="primary" size="small" disabled={busy} onClick={() => remove(false)}>
        {text('FlexcordKbBringBack')}
      </Button>
    );
  }
  const isPublished = saved?.status === 'published';
  const isHeld = busy || conflict !== null;
  return (
    <>
      {isDirty ? (
        <Button variant="link" size="small" disabled={busy} onClick={drop}>
          {text('FlexcordKbDrop')}
        </Button>
      ) : null}
      {saved && !isDirty ? (
        <Button variant="link" size="small" disabled={isHeld} onClick={() => remove(true)}>
          {text('FlexcordKbDelete')}
        </Button>
      ) : null}
      {isPublished ? (
        <Button variant="secondary" size="small" disabled={isHeld || isDirty} onClick={() => save('draft')}>
          {text('FlexcordKbUnpublish')}
        </Button>
      ) : (
        <Button variant="secondary" size="small" disabled={isHeld || !isDirty} onClick={() => save('draft')}>
          {text('FlexcordKbSaveDraft')}
        </Button>
      )}
      <Button
        variant="primary"
        size="small"
        disabled={isHeld || (isPublished && !isDirty)}
        onClick={() => save('published')}
      >
        {text(isPublished ? 'FlexcordKbSave' : 'FlexcordKbPublish')}
      </Button>
    </>
  );
};
