import * as Flex from '@twilio/flex-ui';

import { BridgeProblem } from './bridge/client.ts';
import { ActionCancelled } from './invokeAction.ts';
import { text } from './strings.ts';

/** Notifications of every feature; the ids are also the keys of the texts. */
export const CommonNotification = {
  Saved: 'FlexcordSaved',
  Failed: 'FlexcordActionFailed',
} as const;

export const notificationHook = (flex: typeof Flex): Flex.Notification[] => [
  {
    id: CommonNotification.Saved,
    type: flex.NotificationType.success,
    content: CommonNotification.Saved,
    timeout: 3000,
  },
  {
    id: CommonNotification.Failed,
    type: flex.NotificationType.error,
    content: CommonNotification.Failed,
    closeButton: true,
  },
];

/** Tells the agent that a change was made; `id` is that of a registered notification. */
export function notifySuccess(id: string = CommonNotification.Saved): void {
  Flex.Notifications.showNotification(id);
}

/** Tells the agent why a change was not made. Says nothing where another plugin cancelled it. */
export function notifyError(error: unknown): void {
  if (error instanceof ActionCancelled) return;
  const isOffline = error instanceof BridgeProblem && error.code === 'offline';
  const reason = isOffline ? text('FlexcordNotReached') : (error as Error).message;
  Flex.Notifications.showNotification(CommonNotification.Failed, { reason });
}
