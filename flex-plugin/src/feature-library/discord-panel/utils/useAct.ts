import * as React from 'react';

import { act } from '../../../utils/act.ts';
import { notifyDone, notifyFailed } from '../custom-components/notify.ts';
import { PanelNotification } from '../flex-hooks/notifications/index.ts';

/**
 * Runs one of the panel's actions and tells the agent what became of it. `run` resolves to the action's answer, or to
 * undefined where it failed.
 */
export function useAct<Payload, Answer = unknown>(
  name: string,
  done: string = PanelNotification.Saved,
): { busy: boolean; run: (payload: Payload) => Promise<Answer | undefined> } {
  const [busy, setBusy] = React.useState(false);
  const isShown = React.useRef(true);
  React.useEffect(
    () => () => {
      isShown.current = false;
    },
    [],
  );
  const run = async (payload: Payload) => {
    setBusy(true);
    try {
      const answer = await act<Payload, Answer>(name, payload);
      notifyDone(done);
      return answer;
    } catch (error) {
      notifyFailed(error);
      return undefined;
    } finally {
      if (isShown.current) setBusy(false);
    }
  };
  return { busy, run };
}
