import * as React from 'react';

// The browser's own follows the system's theme, not that of Flex. ViewPage has it once: a sheet for each box of a table is slow.
export const CHECKBOX_STYLE = `
.flexcord-check{appearance:none;display:block;flex-shrink:0;width:16px;height:16px;margin:0;border:1px solid currentColor;border-radius:3px;background:none;color:inherit;cursor:pointer;opacity:.75}
.flexcord-check:checked{opacity:1;border-color:#0263e0;background:#0263e0 url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16' fill='none' stroke='white' stroke-width='2.4'%3E%3Cpath d='m3.5 8.5 3 3 6-7'/%3E%3C/svg%3E") center/14px no-repeat}
.flexcord-check:focus-visible{outline:2px solid #3d78e8;outline-offset:2px}`;

interface Props {
  /** What a screen reader says where no label stands around it. */
  label?: string;
  checked: boolean;
  onChange: (isChecked: boolean) => void;
}

export const Checkbox = ({ label, checked, onChange }: Props) => (
  <input
    type="checkbox"
    className="flexcord-check"
    aria-label={label}
    checked={checked}
    onChange={(event) => onChange(event.target.checked)}
  />
);

/** A box to tick with its words beside it. */
export const LabelledCheckbox: React.FC<Omit<Props, 'label'>> = ({ children, ...props }) => (
  // biome-ignore lint/a11y/noLabelWithoutControl: the box is within it.
  <label style={{ display: 'flex', gap: 8, alignItems: 'center', minHeight: 24, cursor: 'pointer' }}>
    <Checkbox {...props} />
    <span>{children}</span>
  </label>
);
