import * as React from 'react';

import { text } from '../../utils/strings.ts';
import { Column } from '../Column.tsx';
import { TextButton } from '../TextButton.tsx';
import { LabelledCheckbox } from './Checkbox.tsx';
import { PopoverButton } from './PopoverButton.tsx';
import type { Columns } from './useColumns.ts';

/** Which columns a table shows. */
export function ColumnChoice<Item>({ columns }: { columns: Columns<Item> }) {
  const shown = columns.shown.map(({ id }) => id);
  return (
    <PopoverButton label={text('FlexcordViewColumns')}>
      {() => (
        <Column gap="space30">
          {columns.all
            .filter(({ isFixed }) => !isFixed)
            .map(({ id, label }) => (
              <LabelledCheckbox
                key={id}
                checked={shown.includes(id)}
                onChange={(isChecked) =>
                  columns.choose(isChecked ? [...shown, id] : shown.filter((other) => other !== id))
                }
              >
                {label}
              </LabelledCheckbox>
            ))}
          {columns.chosen ? (
            <TextButton onClick={() => columns.choose(undefined)}>
              {text('FlexcordViewColumnsReset')}
            </TextButton>
          ) : null}
        </Column>
      )}
    </PopoverButton>
  );
}
