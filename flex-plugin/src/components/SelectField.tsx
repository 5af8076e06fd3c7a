import { Option, Select } from '@twilio-paste/core/select';
import * as React from 'react';

import { FormField } from './FormField.tsx';

interface Props {
  id: string;
  label: string;
  value: string;
  /** Value and label. */
  options: ReadonlyArray<readonly [value: string, label: string]>;
  disabled?: boolean;
  onChange: (value: string) => void;
}

export const SelectField = ({ id, label, value, options, disabled, onChange }: Props) => (
  <FormField id={id} label={label}>
    <Select
      id={id}
      value={value}
      disabled={disabled}
      onChange={(event: React.ChangeEvent<HTMLSelectElement>) => onChange(event.target.value)}
    >
      {options.map(([option, optionLabel]) => (
        <Option key={option} value={option}>
          {optionLabel}
        </Option>
      ))}
    </Select>
  </FormField>
);
