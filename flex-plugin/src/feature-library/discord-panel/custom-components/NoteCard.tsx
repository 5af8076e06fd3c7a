import type { MemberNote } from '@flexcord/shared/panel/member';
import { MAX_NOTE_LENGTH } from '@flexcord/shared/panel/member-constants';
import { Button, Manager } from '@twilio/flex-ui';
import { TextArea } from '@twilio-paste/core/textarea';
import * as React from 'react';

import { Card } from '../../../components/Card.tsx';
import { Column } from '../../../components/Column.tsx';
import { Dismissable } from '../../../components/Dismissable.tsx';
import { AUTOFOCUS } from '../../../components/FocusKeeper.tsx';
import { Row } from '../../../components/Row.tsx';
import { SecondaryText } from '../../../components/SecondaryText.tsx';
import { UserText } from '../../../components/UserText.tsx';
import { useAction } from '../../../hooks/useAction.ts';
import { useDraft } from '../../../hooks/useDraft.ts';
import { formatDate } from '../../../utils/format.ts';
import { text } from '../../../utils/strings.ts';
import {
  type DeleteNotePayload,
  type EditNotePayload,
  PanelAction,
} from '../flex-hooks/actions/panelActions.ts';

interface Props {
  memberId: string;
  note: MemberNote;
}

/** A note of the team; its author may change or delete it, the latter after a question. */
export const NoteCard = ({ memberId, note }: Props) => {
  const [mode, setMode] = React.useState<'shown' | 'edited' | 'asked'>('shown');
  const isMine = note.authorIdentity === Manager.getInstance().user.identity;
  const close = () => setMode('shown');
  if (mode === 'edited') return <NoteForm memberId={memberId} note={note} onClose={close} />;
  return (
    <Card>
      <UserText>{note.text}</UserText>
      <Row>
        <SecondaryText>
          <bdi>{note.authorName}</bdi> · {formatDate(note.createdAt, true)}
        </SecondaryText>
        {isMine && mode === 'shown' ? (
          <>
            <Button variant="link" size="small" onClick={() => setMode('edited')}>
              {text('FlexcordEdit')}
            </Button>
            <Button variant="link" size="small" onClick={() => setMode('asked')}>
              {text('FlexcordDelete')}
            </Button>
          </>
        ) : null}
      </Row>
      {mode === 'asked' ? <Deletion memberId={memberId} noteId={note.id} onClose={close} /> : null}
    </Card>
  );
};

const NoteForm = ({ memberId, note, onClose }: Props & { onClose: () => void }) => {
  const [draft, setDraft] = useDraft(`edit-note:${note.id}`, note.text);
  const edit = useAction<EditNotePayload, MemberNote>(PanelAction.EditNote);
  const cancel = () => {
    setDraft(note.text);
    onClose();
  };
  const save = async () => {
    if (await edit.run({ memberId, noteId: note.id, text: draft.trim() })) cancel();
  };
  return (
    <Dismissable onDismiss={onClose}>
      <Column gap="space20">
        <TextArea
          {...AUTOFOCUS}
          aria-label={text('FlexcordEdit')}
          maxLength={MAX_NOTE_LENGTH}
          value={draft}
          onChange={(event: React.ChangeEvent<HTMLTextAreaElement>) => setDraft(event.target.value)}
        />
        <Row>
          <Button
            variant="primary"
            size="small"
            disabled={!draft.trim() || edit.busy}
            onClick={() => void save()}
          >
            {text('FlexcordSave')}
          </Button>
          <Button variant="secondary" size="small" onClick={cancel}>
            {text('FlexcordCancel')}
          </Button>
        </Row>
      </Column>
    </Dismissable>
  );
};

interface DeletionProps {
  memberId: string;
  noteId: string;
  onClose: () => void;
}

const Deletion = ({ memberId, noteId, onClose }: DeletionProps) => {
  const deletion = useAction<DeleteNotePayload>(PanelAction.DeleteNote);
  return (
    <Dismissable onDismiss={onClose}>
      <Row>
        <span>{text('FlexcordDeleteNote')}</span>
        <Button
          {...AUTOFOCUS}
          variant="destructive"
          size="small"
          disabled={deletion.busy}
          onClick={() => void deletion.run({ memberId, noteId })}
        >
          {text('FlexcordDelete')}
        </Button>
        <Button variant="secondary" size="small" onClick={onClose}>
          {text('FlexcordCancel')}
        </Button>
      </Row>
    </Dismissable>
  );
};
