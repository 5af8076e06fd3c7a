import { Button } from '@twilio/flex-ui';
import * as React from 'react';

import { notifyError, notifySuccess } from '../../../utils/notifications.ts';

interface Props {
  variant?: 'primary' | 'secondary' | 'link';
  act: () => Promise<unknown>;
}

/** A button that waits for what it does and says how it went. */
export const ActButton: React.FC<Props> = ({ variant = 'secondary', act, children }) => {
  const [busy, setBusy] = React.useState(false);
  const run = () => {
    setBusy(true);
    void act()
      .then(() => notifySuccess(), notifyError)
      .then(() => setBusy(false));
  };
  return (
    <Button variant={variant} size="small" disabled={busy} onClick={run}>
      {children}
    </Button>
  );
};
