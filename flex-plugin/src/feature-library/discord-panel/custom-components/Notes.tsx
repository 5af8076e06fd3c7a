import { Button } from '@twilio/flex-ui';
import { TextArea } from '@twilio-paste/core/textarea';
import * as React from 'react';

import { useAddNote, useNotes } from '../../../utils/bridge/queries.ts';
import { text } from '../../../utils/strings.ts';
import { notifyDone, notifyFailed } from './notify.ts';
import { QueryState } from './QueryState.tsx';
import { Card, Column, formatDate, SectionTitle, Weak } from './ui.tsx';

/** Notes on a member that only the team sees. */
export const Notes = ({ memberId }: { memberId: string }) => {
  const query = useNotes(memberId);
  const add = useAddNote(memberId);
  const [draft, setDraft] = React.useState('');
  const save = () =>
    add.mutate(
      { text: draft.trim() },
      {
        onSuccess: () => {
          setDraft('');
          notifyDone();
        },
        onError: notifyFailed,
      },
    );
  return (
    <Column gap="space30">
      <SectionTitle>{text('FlexcordNotes')}</SectionTitle>
      <TextArea
        aria-label={text('FlexcordNewNote')}
        placeholder={text('FlexcordNewNote')}
        maxLength={4000}
        value={draft}
        onChange={(event: React.ChangeEvent<HTMLTextAreaElement>) => setDraft(event.target.value)}
      />
      <div>
        <Button variant="secondary" size="small" disabled={!draft.trim() || add.isLoading} onClick={save}>
          {text('FlexcordAddNote')}
        </Button>
      </div>
      <QueryState
        query={query}
        isEmpty={({ notes }) => notes.length === 0}
        emptyText={text('FlexcordNoNotes')}
      >
        {({ notes }) => (
          <Column gap="space30">
            {notes.map((note) => (
              <Card key={note.id}>
                <div style={{ whiteSpace: 'pre-wrap' }}>{note.text}</div>
                <Weak>
                  {note.authorName} · {formatDate(note.createdAt, true)}
                </Weak>
              </Card>
            ))}
          </Column>
        )}
      </QueryState>
    </Column>
  );
};
