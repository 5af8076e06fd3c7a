import * as React from 'react';

import { text } from '../../utils/strings.ts';
import { Column } from '../Column.tsx';
import { TextButton } from '../TextButton.tsx';
import { PopoverButton } from './PopoverButton.tsx';
import { type Columns, visibleColumns } from './useColumns.ts';

/** Which columns a table shows. */
export function ColumnChoice<Item>({ columns }: { columns: Columns<Item> }) {
  const shown = visibleColumns(columns, 0).map(({ id }) => id);
  return (
    <PopoverButton label={text('FlexcordViewColumns')}>
      {() => (
        <Column gap="space30">
          {columns.all
            .filter(({ isFixed }) => !isFixed)
            .map(({ id, label }) => (
              <label key={id} style={{ display: 'flex', gap: 8, alignItems: 'center', cursor: 'pointer' }}>
                <input
                  type="checkbox"
                  checked={shown.includes(id)}
                  onChange={(event) =>
                    columns.choose(
                      event.target.checked ? [...shown, id] : shown.filter((other) => other !== id),
                    )
                  }
                />
                {label}
              </label>
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
