import type { CaseDetail, CaseEdit, CasePrefill } from '@flexcord/shared/panel/case';
import { Button } from '@twilio/flex-ui';
import * as React from 'react';

import { useDraft } from '../../hooks/useDraft.ts';
import { text } from '../../utils/strings.ts';
import { Column } from '../Column.tsx';
import { Dismissable } from '../Dismissable.tsx';
import { Row } from '../Row.tsx';
import { CaseFields } from './CaseFields.tsx';

interface Props {
  detail: CaseDetail;
  busy: boolean;
  onSave: (change: Omit<CaseEdit, 'version'>) => void;
  onClose: () => void;
}

type Edits = Partial<CasePrefill>;
const noEdits: Edits = {};

/** The unsaved changes to a case; the form shows the case itself where nothing was changed. */
const useCaseEdits = (caseId: string) => useDraft<Edits>(`edit-case:${caseId}`, noEdits);

/** Drops the unsaved changes to a case. */
export function useDropCaseEdits(caseId: string): () => void {
  const [, setEdits] = useCaseEdits(caseId);
  return () => setEdits(noEdits);
}

/** Changes what a case says. Only what the agent changed is sent, so that another agent's change of the rest stays. */
export const EditCaseForm = ({ detail, busy, onSave, onClose }: Props) => {
  const [edits, setEdits] = useCaseEdits(detail.id);
  const { title, description, type, priority, tags, fields } = detail;
  const draft: CasePrefill = { title, description, type, priority, tags, fields, ...edits };
  const cancel = () => {
    setEdits(noEdits);
    onClose();
  };
  const save = (event: React.FormEvent) => {
    event.preventDefault();
    const changed = Object.entries(edits.fields ?? {}).filter(
      ([key, value]) => value !== (fields[key] ?? ''),
    );
    onSave({ ...edits, ...(edits.fields ? { fields: Object.fromEntries(changed) } : {}) });
  };
  return (
    <Dismissable onDismiss={onClose}>
      <form onSubmit={save} aria-label={text('FlexcordEditCase')}>
        <Column>
          <CaseFields draft={draft} onEdit={(change) => setEdits({ ...edits, ...change })} />
          <Row>
            <Button
              type="submit"
              variant="primary"
              size="small"
              disabled={busy || !draft.title.trim() || edits === noEdits}
            >
              {text('FlexcordSave')}
            </Button>
            <Button variant="secondary" size="small" onClick={cancel}>
              {text('FlexcordCancel')}
            </Button>
          </Row>
        </Column>
      </form>
    </Dismissable>
  );
};
