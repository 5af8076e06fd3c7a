import { useState } from 'react';
import type { PageLanguage } from '../people.ts';
import { postJson } from './api.ts';
import { useClient } from './client.ts';
import { Dialog } from './dialog.tsx';

interface Props {
  language: PageLanguage;
  onClose: () => void;
  onError: (error: unknown) => void;
}

/** Asks, and starts everything anew; the page loads again when the first view of the new world comes. */
export function ResetDialog({ language, onClose, onError }: Props) {
  const { strings } = useClient();
  const [isRunning, setRunning] = useState(false);
  const reset = () => {
    setRunning(true);
    postJson('reset', { language }).catch((error: unknown) => {
      onError(error);
      onClose();
    });
  };
  return (
    <Dialog title={strings.resetAsk} onClose={isRunning ? () => {} : onClose}>
      <div className="fields">
        <p role="status">{isRunning ? strings.resetting : strings.resetText}</p>
        <footer>
          <button type="button" className="button" disabled={isRunning} onClick={onClose}>
            {strings.cancel}
          </button>
          <button type="button" className="button primary danger" disabled={isRunning} onClick={reset}>
            {strings.reset}
          </button>
        </footer>
      </div>
    </Dialog>
  );
}
