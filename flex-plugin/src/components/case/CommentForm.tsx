import type { NewCaseComment } from '@flexcord/shared/panel/case';
import { CASE_LIMITS } from '@flexcord/shared/panel/case-constants';
import { Button } from '@twilio/flex-ui';
import { TextArea } from '@twilio-paste/core/textarea';
import * as React from 'react';

import { text } from '../../utils/strings.ts';
import { Column } from '../Column.tsx';
import { Row } from '../Row.tsx';

interface Props {
  draft: string;
  busy: boolean;
  onEdit: (draft: string) => void;
  onSubmit: (comment: Omit<NewCaseComment, 'version'>) => void;
}

export const CommentForm = ({ draft, busy, onEdit, onSubmit }: Props) => {
  const send = (visibility: NewCaseComment['visibility']) => () =>
    onSubmit({ text: draft.trim(), visibility });
  const isDisabled = busy || !draft.trim();
  return (
    <Column gap="space30">
      <TextArea
        aria-label={text('FlexcordComment')}
        placeholder={text('FlexcordComment')}
        maxLength={CASE_LIMITS.comment}
        value={draft}
        onChange={(event: React.ChangeEvent<HTMLTextAreaElement>) => onEdit(event.target.value)}
      />
      <Row>
        <Button variant="primary" size="small" disabled={isDisabled} onClick={send('public')}>
          {text('FlexcordCommentPublic')}
        </Button>
        <Button variant="secondary" size="small" disabled={isDisabled} onClick={send('internal')}>
          {text('FlexcordCommentInternal')}
        </Button>
      </Row>
    </Column>
  );
};
