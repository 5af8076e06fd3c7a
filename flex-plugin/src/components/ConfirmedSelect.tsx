import { Button } from '@twilio/flex-ui';
import * as React from 'react';

import { text } from '../utils/strings.ts';
import { Callout } from './Callout.tsx';
import { Column } from './Column.tsx';
import { Dismissable } from './Dismissable.tsx';
import { Row } from './Row.tsx';
import { SelectField } from './SelectField.tsx';

interface Props {
  id: string;
  label: string;
  value: string;
  /** Value and label. */
  options: ReadonlyArray<readonly [value: string, label: string]>;
  disabled?: boolean;
  /** What a choice brings about, in a sentence. */
  consequence?: (value: string) => string;
  /** What the button says that makes the choice. */
  confirm: (value: string) => string;
  onConfirm: (value: string) => void;
}

/** A choice that takes effect when it is confirmed: an arrow key on a closed list already chooses. */
export const ConfirmedSelect = ({ value, consequence, confirm, onConfirm, ...field }: Props) => {
  const [chosen, choose] = React.useState(value);
  React.useEffect(() => choose(value), [value]);
  const drop = () => choose(value);
  return (
    <Dismissable onDismiss={drop}>
      <Column gap="space30">
        <SelectField {...field} value={chosen} onChange={choose} />
        {chosen === value ? null : (
          <Callout variant="warning">
            <Column gap="space30">
              {consequence ? <span>{consequence(chosen)}</span> : null}
              <Row>
                <Button
                  variant="primary"
                  size="small"
                  disabled={field.disabled}
                  onClick={() => onConfirm(chosen)}
                >
                  {confirm(chosen)}
                </Button>
                <Button variant="secondary" size="small" onClick={drop}>
                  {text('FlexcordCancel')}
                </Button>
              </Row>
            </Column>
          </Callout>
        )}
      </Column>
    </Dismissable>
  );
};
