import * as React from 'react';

import { invokeAction } from '../utils/invokeAction.ts';
import { CommonNotification, notifyError, notifySuccess } from '../utils/notifications.ts';

/**
 * Runs one of the plugin's actions and notifies the agent of the result. `run` resolves to the action's result, or to
 * undefined where it failed.
 */
export function useAction<Payload, Answer = unknown>(
  name: string,
  done: string = CommonNotification.Saved,
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
      const answer = await invokeAction<Payload, Answer>(name, payload);
      notifySuccess(done);
      return answer;
    } catch (error) {
      notifyError(error);
      return undefined;
    } finally {
      if (isShown.current) setBusy(false);
    }
  };
  return { busy, run };
}
