import type { CaseDetail, CasePrefill, CasePriority, CaseType } from '@flexcord/shared/panel/case';
import { CASE_LIMITS, CASE_PRIORITIES, CASE_TYPES } from '@flexcord/shared/panel/case-constants';
import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import { Input } from '@twilio-paste/core/input';
import { TextArea } from '@twilio-paste/core/textarea';
import * as React from 'react';

import { CaseAction, type CreateCasePayload } from '../../../actions/caseActions.ts';
import { Column } from '../../../components/Column.tsx';
import { CustomFieldInput } from '../../../components/CustomFieldInput.tsx';
import { FormField } from '../../../components/FormField.tsx';
import { Row } from '../../../components/Row.tsx';
import { SectionHeading } from '../../../components/SectionHeading.tsx';
import { SelectField } from '../../../components/SelectField.tsx';
import { useFields } from '../../../hooks/caseQueries.ts';
import { useAction } from '../../../hooks/useAction.ts';
import { useDebounced } from '../../../hooks/useDebounced.ts';
import { useDraft } from '../../../hooks/useDraft.ts';
import { labelOf } from '../../../utils/customFields.ts';
import { text } from '../../../utils/strings.ts';
import type { PanelContext } from '../utils/panelContext.ts';
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
  const definitions = useFields().data?.case ?? [];
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
        <FormField id="flexcord-case-title" label={text('FlexcordTitle')}>
          <Input
            id="flexcord-case-title"
            type="text"
            required
            maxLength={CASE_LIMITS.title}
            value={draft.title}
            onChange={(event: React.ChangeEvent<HTMLInputElement>) => edit({ title: event.target.value })}
          />
        </FormField>
        {duplicates.data && duplicates.data.duplicates.length > 0 ? (
          <Box role="status">
            <Column gap="space20">
              <SectionHeading>{text('FlexcordDuplicates')}</SectionHeading>
              {duplicates.data.duplicates.map((duplicate) => (
                <CaseCard key={duplicate.case.id} summary={duplicate.case} onOpen={onOpen} />
              ))}
            </Column>
          </Box>
        ) : null}
        <FormField id="flexcord-case-description" label={text('FlexcordDescription')}>
          <TextArea
            id="flexcord-case-description"
            maxLength={CASE_LIMITS.description}
            value={draft.description}
            onChange={(event: React.ChangeEvent<HTMLTextAreaElement>) =>
              edit({ description: event.target.value })
            }
          />
        </FormField>
        <SelectField
          id="flexcord-case-type"
          label={text('FlexcordType')}
          value={draft.type}
          options={CASE_TYPES.map((type) => [type, text(`FlexcordType_${type}`)])}
          onChange={(type) => edit({ type: type as CaseType })}
        />
        <SelectField
          id="flexcord-case-priority"
          label={text('FlexcordPriority')}
          value={draft.priority}
          options={CASE_PRIORITIES.map((priority) => [priority, text(`FlexcordPriority_${priority}`)])}
          onChange={(priority) => edit({ priority: priority as CasePriority })}
        />
        <FormField id="flexcord-case-tags" label={text('FlexcordTags')}>
          <Input
            id="flexcord-case-tags"
            type="text"
            defaultValue={draft.tags.join(', ')}
            key={draft.tags.length > 0 && !edits.tags ? 'prefilled' : 'typed'}
            onChange={(event: React.ChangeEvent<HTMLInputElement>) =>
              edit({ tags: tagsOf(event.target.value) })
            }
          />
        </FormField>
        {definitions.map((definition) => (
          <FormField key={definition.key} id={`flexcord-case-${definition.key}`} label={labelOf(definition)}>
            <CustomFieldInput
              id={`flexcord-case-${definition.key}`}
              definition={definition}
              value={draft.fields[definition.key] ?? ''}
              onChange={(value) => edit({ fields: { ...draft.fields, [definition.key]: value } })}
            />
          </FormField>
        ))}
        <Row>
          <Button type="submit" variant="primary" size="small" disabled={!draft.title.trim() || create.busy}>
            {text('FlexcordCreateCase')}
          </Button>
          <Button variant="secondary" size="small" onClick={cancel}>
            {text('FlexcordCancel')}
          </Button>
        </Row>
      </Column>
    </form>
  );
};

function tagsOf(input: string): string[] {
  return input
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag.length > 0);
}
