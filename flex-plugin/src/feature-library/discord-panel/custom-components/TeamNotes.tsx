import type { MemberNote } from '@flexcord/shared/panel/member';
import { MAX_NOTE_LENGTH } from '@flexcord/shared/panel/member-constants';
import { Button } from '@twilio/flex-ui';
import { TextArea } from '@twilio-paste/core/textarea';
import * as React from 'react';

import { Column } from '../../../components/Column.tsx';
import { QueryState } from '../../../components/QueryState.tsx';
import { SectionHeading } from '../../../components/SectionHeading.tsx';
import { useAction } from '../../../hooks/useAction.ts';
import { useDraft } from '../../../hooks/useDraft.ts';
import { text } from '../../../utils/strings.ts';
import { type AddNotePayload, PanelAction } from '../flex-hooks/actions/panelActions.ts';
import { useNotes } from '../utils/panelQueries.ts';
import { NoteCard } from './NoteCard.tsx';

/** Notes on a member that only the team sees. */
export const TeamNotes = ({ memberId }: { memberId: string }) => {
  const query = useNotes(memberId);
  const add = useAction<AddNotePayload, MemberNote>(PanelAction.AddNote);
  const [draft, setDraft] = useDraft(`note:${memberId}`, '');
  const save = async () => {
    if (await add.run({ memberId, text: draft.trim() })) setDraft('');
  };
  return (
    <Column gap="space30">
      <SectionHeading>{text('FlexcordNotes')}</SectionHeading>
      <TextArea
        aria-label={text('FlexcordNewNote')}
        placeholder={text('FlexcordNewNote')}
        maxLength={MAX_NOTE_LENGTH}
        value={draft}
        onChange={(event: React.ChangeEvent<HTMLTextAreaElement>) => setDraft(event.target.value)}
      />
      <div>
        <Button
          variant="secondary"
          size="small"
          disabled={!draft.trim() || add.busy}
          onClick={() => void save()}
        >
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
              <NoteCard key={note.id} memberId={memberId} note={note} />
            ))}
          </Column>
        )}
      </QueryState>
    </Column>
  );
};
