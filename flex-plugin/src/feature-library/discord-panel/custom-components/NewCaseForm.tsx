import type { CaseDetail, CasePrefill } from '@flexcord/shared/panel/case';
import { Button } from '@twilio/flex-ui';
import { Box } from '@twilio-paste/core/box';
import { Input } from '@twilio-paste/core/input';
import { Label } from '@twilio-paste/core/label';
import { Option, Select } from '@twilio-paste/core/select';
import { TextArea } from '@twilio-paste/core/textarea';
import * as React from 'react';

import { useCaseDuplicates, useCasePrefill, useFields } from '../../../utils/bridge/queries.ts';
import { text } from '../../../utils/strings.ts';
import { useDebounced } from '../../../utils/useDebounced.ts';
import { useDraft } from '../../../utils/useDraft.ts';
import { type CreateCasePayload, PanelAction } from '../flex-hooks/actions/names.ts';
import { labelOf } from '../utils/fields.ts';
import { useAct } from '../utils/useAct.ts';
import { CaseCard } from './CaseCard.tsx';
import type { PanelSubject } from './DiscordPanel.tsx';
import { FieldInput } from './FieldInput.tsx';
import { Column, Row, SectionTitle } from './ui.tsx';

interface Props extends PanelSubject {
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
  // What the agent typed wins over what the conversation suggests, whenever that arrives.
  const draft: CasePrefill = { ...emptyDraft, ...(usesTask ? prefill.data : {}), ...edits };
  const edit = (change: Partial<CasePrefill>) => setEdits({ ...edits, ...change });
  const duplicates = useCaseDuplicates(memberId, useDebounced(draft.title));
  const definitions = useFields().data?.case ?? [];
  const create = useAct<CreateCasePayload, CaseDetail>(PanelAction.CreateCase);

  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    const source = usesTask && conversationSid ? { conversationSid, taskSid } : null;
    const filled = Object.entries(draft.fields).filter(([, value]) => value !== '');
    const made = await create.run({ ...draft, fields: Object.fromEntries(filled), memberId, source });
    if (!made) return;
    setEdits(noEdits);
    onOpen(made.id);
  };
  const cancel = () => {
    setEdits(noEdits);
    onClose();
  };

  return (
    <form onSubmit={(event) => void submit(event)}>
      <Column>
        <SectionTitle>{text('FlexcordNewCase')}</SectionTitle>
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
        <Field id="title" label={text('FlexcordTitle')}>
          <Input
            id="flexcord-case-title"
            type="text"
            required
            maxLength={200}
            value={draft.title}
            onChange={(event: React.ChangeEvent<HTMLInputElement>) => edit({ title: event.target.value })}
          />
        </Field>
        {duplicates.data && duplicates.data.duplicates.length > 0 ? (
          <Box role="status">
            <Column gap="space20">
              <SectionTitle>{text('FlexcordDuplicates')}</SectionTitle>
              {duplicates.data.duplicates.map((duplicate) => (
                <CaseCard key={duplicate.case.id} summary={duplicate.case} onOpen={onOpen} />
              ))}
            </Column>
          </Box>
        ) : null}
        <Field id="description" label={text('FlexcordDescription')}>
          <TextArea
            id="flexcord-case-description"
            maxLength={8000}
            value={draft.description}
            onChange={(event: React.ChangeEvent<HTMLTextAreaElement>) =>
              edit({ description: event.target.value })
            }
          />
        </Field>
        <Choice
          id="type"
          label={text('FlexcordType')}
          value={draft.type}
          options={['support', 'bug', 'feature'] as const}
          onChange={(type) => edit({ type })}
        />
        <Choice
          id="priority"
          label={text('FlexcordPriority')}
          value={draft.priority}
          options={['low', 'normal', 'high'] as const}
          onChange={(priority) => edit({ priority })}
        />
        <Field id="tags" label={text('FlexcordTags')}>
          <Input
            id="flexcord-case-tags"
            type="text"
            defaultValue={draft.tags.join(', ')}
            key={draft.tags.length > 0 && !edits.tags ? 'prefilled' : 'typed'}
            onChange={(event: React.ChangeEvent<HTMLInputElement>) =>
              edit({ tags: tagsOf(event.target.value) })
            }
          />
        </Field>
        {definitions.map((definition) => (
          <Field key={definition.key} id={definition.key} label={labelOf(definition)}>
            <FieldInput
              id={`flexcord-case-${definition.key}`}
              definition={definition}
              value={draft.fields[definition.key] ?? ''}
              onChange={(value) => edit({ fields: { ...draft.fields, [definition.key]: value } })}
            />
          </Field>
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

const Field: React.FC<{ id: string; label: string }> = ({ id, label, children }) => (
  <div>
    <Label htmlFor={`flexcord-case-${id}`}>{label}</Label>
    {children}
  </div>
);

interface ChoiceProps<Value extends string> {
  id: 'type' | 'priority';
  label: string;
  value: Value;
  options: readonly Value[];
  onChange: (value: Value) => void;
}

function Choice<Value extends string>({ id, label, value, options, onChange }: ChoiceProps<Value>) {
  const prefix = id === 'type' ? 'FlexcordType_' : 'FlexcordPriority_';
  return (
    <Field id={id} label={label}>
      <Select
        id={`flexcord-case-${id}`}
        value={value}
        onChange={(event: React.ChangeEvent<HTMLSelectElement>) => onChange(event.target.value as Value)}
      >
        {options.map((option) => (
          <Option key={option} value={option}>
            {text(prefix + option)}
          </Option>
        ))}
      </Select>
    </Field>
  );
}

function tagsOf(input: string): string[] {
  return input
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag.length > 0);
}
