import { Button } from '@twilio/flex-ui';
import * as React from 'react';

import { notifyError } from '../../utils/notifications.ts';

/** A button that makes a file and downloads it; one at a time. */
export const DownloadButton: React.FC<{ onDownload: () => Promise<void> }> = ({ onDownload, children }) => {
  const [busy, setBusy] = React.useState(false);
  const download = () => {
    setBusy(true);
    void onDownload()
      .catch(notifyError)
      .then(() => setBusy(false));
  };
  return (
    <Button variant="secondary" size="small" disabled={busy} onClick={download}>
      {children}
    </Button>
  );
};
