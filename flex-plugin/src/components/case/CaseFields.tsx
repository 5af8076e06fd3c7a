import type { CasePrefill, CasePriority, CaseType } from '@flexcord/shared/panel/case';
import { CASE_LIMITS, CASE_PRIORITIES, CASE_TYPES } from '@flexcord/shared/panel/case-constants';
import { Input } from '@twilio-paste/core/input';
import { TextArea } from '@twilio-paste/core/textarea';
import * as React from 'react';

import { useFields } from '../../hooks/caseQueries.ts';
import { labelOf } from '../../utils/customFields.ts';
import { text } from '../../utils/strings.ts';
import { CustomFieldInput } from '../CustomFieldInput.tsx';
import { AUTOFOCUS } from '../FocusKeeper.tsx';
import { FormField } from '../FormField.tsx';
import { SelectField } from '../SelectField.tsx';

interface Props {
  draft: CasePrefill;
  onEdit: (change: Partial<CasePrefill>) => void;
  /** Stands under the title. */
  afterTitle?: React.ReactNode;
}

/** The controls of what a case says; they are those of a new case and of one that is edited. */
export const CaseFields = ({ draft, onEdit, afterTitle }: Props) => {
  const definitions = useFields().data?.case ?? [];
  return (
    <>
      <FormField id="flexcord-case-title" label={text('FlexcordTitle')}>
        <Input
          {...AUTOFOCUS}
          id="flexcord-case-title"
          type="text"
          required
          maxLength={CASE_LIMITS.title}
          value={draft.title}
          onChange={(event: React.ChangeEvent<HTMLInputElement>) => onEdit({ title: event.target.value })}
        />
      </FormField>
      {afterTitle}
      <FormField id="flexcord-case-description" label={text('FlexcordDescription')}>
        <TextArea
          id="flexcord-case-description"
          maxLength={CASE_LIMITS.description}
          value={draft.description}
          onChange={(event: React.ChangeEvent<HTMLTextAreaElement>) =>
            onEdit({ description: event.target.value })
          }
        />
      </FormField>
      <SelectField
        id="flexcord-case-type"
        label={text('FlexcordType')}
        value={draft.type}
        options={CASE_TYPES.map((type) => [type, text(`FlexcordType_${type}`)])}
        onChange={(type) => onEdit({ type: type as CaseType })}
      />
      <SelectField
        id="flexcord-case-priority"
        label={text('FlexcordPriority')}
        value={draft.priority}
        options={CASE_PRIORITIES.map((priority) => [priority, text(`FlexcordPriority_${priority}`)])}
        onChange={(priority) => onEdit({ priority: priority as CasePriority })}
      />
      <TagsField tags={draft.tags} onEdit={(tags) => onEdit({ tags })} />
      {definitions.map((definition) => (
        <FormField key={definition.key} id={`flexcord-case-${definition.key}`} label={labelOf(definition)}>
          <CustomFieldInput
            id={`flexcord-case-${definition.key}`}
            definition={definition}
            value={draft.fields[definition.key] ?? ''}
            onChange={(value) => onEdit({ fields: { ...draft.fields, [definition.key]: value } })}
          />
        </FormField>
      ))}
    </>
  );
};

/** Keeps the comma that is being typed, which the list of tags does not have. */
const TagsField = ({ tags, onEdit }: { tags: readonly string[]; onEdit: (tags: string[]) => void }) => {
  const [typed, setTyped] = React.useState(tags.join(', '));
  const value = sameItems(tagsOf(typed), tags) ? typed : tags.join(', ');
  return (
    <FormField id="flexcord-case-tags" label={text('FlexcordTags')}>
      <Input
        id="flexcord-case-tags"
        type="text"
        value={value}
        onChange={(event: React.ChangeEvent<HTMLInputElement>) => {
          setTyped(event.target.value);
          onEdit(tagsOf(event.target.value));
        }}
      />
    </FormField>
  );
};

const sameItems = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((item, index) => item === other[index]);

function tagsOf(input: string): string[] {
  return input
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag.length > 0);
}
