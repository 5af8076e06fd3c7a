import type { MemberNote } from '@flexcord/shared/panel/member';
import { Button } from '@twilio/flex-ui';
import { TextArea } from '@twilio-paste/core/textarea';
import * as React from 'react';

import { useNotes } from '../../../utils/bridge/queries.ts';
import { text } from '../../../utils/strings.ts';
import { useDraft } from '../../../utils/useDraft.ts';
import { type AddNotePayload, PanelAction } from '../flex-hooks/actions/names.ts';
import { useAct } from '../utils/useAct.ts';
import { QueryState } from './QueryState.tsx';
import { Card, Column, formatDate, SectionTitle, Weak } from './ui.tsx';
import { Words } from './Words.tsx';

/** Notes on a member that only the team sees. */
export const Notes = ({ memberId }: { memberId: string }) => {
  const query = useNotes(memberId);
  const add = useAct<AddNotePayload, MemberNote>(PanelAction.AddNote);
  const [draft, setDraft] = useDraft(`note:${memberId}`, '');
  const save = async () => {
    if (await add.run({ memberId, text: draft.trim() })) setDraft('');
  };
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
              <Card key={note.id}>
                <Words>{note.text}</Words>
                <Weak>
                  <bdi>{note.authorName}</bdi> · {formatDate(note.createdAt, true)}
                </Weak>
              </Card>
            ))}
          </Column>
        )}
      </QueryState>
    </Column>
  );
};
