import type { CaseDetail, CasePrefill } from '@flexcord/shared/panel/case';
import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { CaseAction, type CreateCasePayload } from '../../../actions/caseActions.ts';
import { Column } from '../../../components/Column.tsx';
import { CaseFields } from '../../../components/case/CaseFields.tsx';
import { Dismissable } from '../../../components/Dismissable.tsx';
import { Row } from '../../../components/Row.tsx';
import { SectionHeading } from '../../../components/SectionHeading.tsx';
import { useAction } from '../../../hooks/useAction.ts';
import { useDebounced } from '../../../hooks/useDebounced.ts';
import { useDraft } from '../../../hooks/useDraft.ts';
import type { PanelContext } from '../../../types/desk.ts';
import { text } from '../../../utils/strings.ts';
import { useCaseDuplicates, useCasePrefill } from '../utils/panelQueries.ts';
import { CaseCard } from './CaseCard.tsx';

interface Props extends PanelContext {
  onOpen: (caseId: string) => void;
  onClose: () => void;
}

const noEdits: Partial<CasePrefill> = {};
const emptyDraft: CasePrefill = {
  title: '',
  description: '',
  type: 'support',
  priority: 'normal',
  tags: [],
  fields: {},
};

export const NewCaseForm = ({ memberId, conversationSid, taskSid, onOpen, onClose }: Props) => {
  const [usesTask, setUsesTask] = React.useState(conversationSid !== undefined);
  const prefill = useCasePrefill(usesTask ? conversationSid : undefined);
  const [edits, setEdits] = useDraft(`new-case:${memberId}`, noEdits);
  // The agent's input takes precedence over the prefill, whenever that arrives.
  const draft: CasePrefill = { ...emptyDraft, ...(usesTask ? prefill.data : {}), ...edits };
  const edit = (change: Partial<CasePrefill>) => setEdits({ ...edits, ...change });
  const duplicates = useCaseDuplicates(memberId, useDebounced(draft.title));
  const create = useAction<CreateCasePayload, CaseDetail>(CaseAction.CreateCase);

  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    const source = usesTask && conversationSid ? { conversationSid, taskSid } : null;
    const filled = Object.entries(draft.fields).filter(([, value]) => value !== '');
    const created = await create.run({ ...draft, fields: Object.fromEntries(filled), memberId, source });
    if (!created) return;
    setEdits(noEdits);
    onOpen(created.id);
  };
  const cancel = () => {
    setEdits(noEdits);
    onClose();
  };

  return (
    <Dismissable onDismiss={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <Column>
          <SectionHeading>{text('FlexcordNewCase')}</SectionHeading>
          {conversationSid ? (
            <label>
              <input
                type="checkbox"
                checked={usesTask}
                onChange={(event) => setUsesTask(event.target.checked)}
              />{' '}
              {text('FlexcordUseCurrentTask')}
            </label>
          ) : null}
          <CaseFields
            draft={draft}
            onEdit={edit}
            afterTitle={
              duplicates.data && duplicates.data.duplicates.length > 0 ? (
                <Box role="status">
                  <Column gap="space20">
                    <SectionHeading>{text('FlexcordDuplicates')}</SectionHeading>
                    {duplicates.data.duplicates.map((duplicate) => (
                      <CaseCard key={duplicate.case.id} summary={duplicate.case} onOpen={onOpen} />
                    ))}
                  </Column>
                </Box>
              ) : null
            }
          />
          <Row>
            <Button
              type="submit"
              variant="primary"
              size="small"
              disabled={!draft.title.trim() || create.busy}
            >
              {text('FlexcordCreateCase')}
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
