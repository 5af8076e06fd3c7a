import { Notifications } from '@twilio/flex-ui';

import { ActionCancelled } from '../../../utils/act.ts';
import { BridgeProblem } from '../../../utils/bridge/client.ts';
import { text } from '../../../utils/strings.ts';
import { PanelNotification } from '../flex-hooks/notifications/index.ts';

export function notifyDone(id: string = PanelNotification.Saved): void {
  Notifications.showNotification(id);
}

/** Says why a change was not made. */
export function notifyFailed(error: unknown): void {
  if (error instanceof ActionCancelled) return;
  const isOffline = error instanceof BridgeProblem && error.code === 'offline';
  const reason = isOffline ? text('FlexcordNotReached') : (error as Error).message;
  Notifications.showNotification(PanelNotification.Failed, { reason });
}
