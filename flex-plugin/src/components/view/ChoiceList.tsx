import { Option, Select } from '@twilio-paste/core/select';
import * as React from 'react';

interface Props {
  /** What is changed; it stands in the closed list. */
  label: string;
  options: Array<[value: string, label: string]>;
  disabled: boolean;
  /** `question`: the change in words, to be asked before it is made, since an arrow key on a closed list already chooses. */
  onChoose: (value: string, question: string) => void;
}

/** A list of changes: nothing is chosen in it, and what is picked is told. */
export const ChoiceList = ({ label, options, disabled, onChoose }: Props) => (
  <Select
    aria-label={label}
    value=""
    disabled={disabled}
    onChange={({ target: { value } }: React.ChangeEvent<HTMLSelectElement>) =>
      onChoose(
        value,
        `${label.replace('…', '')}: ${options.find(([option]) => option === value)?.[1] ?? value}`,
      )
    }
  >
    <Option value="" disabled>
      {label}
    </Option>
    {options.map(([value, optionLabel]) => (
      <Option key={value} value={value}>
        {optionLabel}
      </Option>
    ))}
  </Select>
);
