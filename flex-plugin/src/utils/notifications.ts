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

/** Something that the agent is told for a moment, or until they close it. */
export interface Notice {
  text: string;
  isError: boolean;
}

let showInPlace: ((notice: Notice) => void) | undefined;

/**
 * Shows the plugin's notices in a place of its own until the returned function is called: Flex's own would cover the
 * conversation's buttons and the panel's tabs.
 */
export function hostNotices(show: (notice: Notice) => void): () => void {
  showInPlace = show;
  return () => {
    if (showInPlace === show) showInPlace = undefined;
  };
}

/** Tells the agent something; `id` is that of a registered notification, `values` fill its text. */
export function notify(id: string, values: Record<string, string> = {}, isError = false): void {
  if (showInPlace) showInPlace({ text: text(id, values), isError });
  else Flex.Notifications.showNotification(id, values);
}

/** Tells the agent that a change was made; `id` is that of a registered notification. */
export function notifySuccess(id: string = CommonNotification.Saved): void {
  notify(id);
}

/** Tells the agent why a change was not made. Says nothing where another plugin cancelled it. */
export function notifyError(error: unknown): void {
  if (error instanceof ActionCancelled) return;
  const isOffline = error instanceof BridgeProblem && error.code === 'offline';
  const reason = isOffline ? text('FlexcordNotReached') : (error as Error).message;
  notify(CommonNotification.Failed, { reason }, true);
}
