import { CASE_LIMITS } from '@flexcord/shared/panel/case-constants';
import type { FieldDefinition } from '@flexcord/shared/panel/case-fields';
import { Input } from '@twilio-paste/core/input';
import { Option, Select } from '@twilio-paste/core/select';
import * as React from 'react';

import { text } from '../utils/strings.ts';

interface Props {
  id: string;
  definition: FieldDefinition;
  value: string;
  onChange: (value: string) => void;
}

/** Input for a custom field; its value is text in the format of the field's type, and empty where it is not set. */
export const CustomFieldInput = ({ id, definition, value, onChange }: Props) => {
  const { type, options = [] } = definition;
  const change = (event: React.ChangeEvent<HTMLInputElement | HTMLSelectElement>) =>
    onChange(event.target.value);
  if (type === 'select' || type === 'boolean') {
    const choices: Array<[value: string, label: string]> =
      type === 'select'
        ? options.map((option) => [option, option])
        : [
            ['true', text('FlexcordYes')],
            ['false', text('FlexcordNo')],
          ];
    return (
      <Select id={id} value={value} onChange={change}>
        <Option value="">—</Option>
        {choices.map(([choice, label]) => (
          <Option key={choice} value={choice}>
            {label}
          </Option>
        ))}
      </Select>
    );
  }
  return (
    <Input
      id={id}
      type={type}
      step={type === 'number' ? 'any' : undefined}
      maxLength={type === 'text' ? CASE_LIMITS.field : undefined}
      value={value}
      onChange={change}
    />
  );
};
