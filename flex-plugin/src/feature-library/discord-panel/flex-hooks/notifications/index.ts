import type * as Flex from '@twilio/flex-ui';

/** The ids are also the keys of the texts. */
export const PanelNotification = {
  Saved: 'FlexcordSaved',
  ArticleSent: 'FlexcordArticleSent',
  Failed: 'FlexcordActionFailed',
} as const;

export const notificationHook = (flex: typeof Flex): Flex.Notification[] => [
  {
    id: PanelNotification.Saved,
    type: flex.NotificationType.success,
    content: PanelNotification.Saved,
    timeout: 3000,
  },
  {
    id: PanelNotification.ArticleSent,
    type: flex.NotificationType.success,
    content: PanelNotification.ArticleSent,
    timeout: 3000,
  },
  {
    id: PanelNotification.Failed,
    type: flex.NotificationType.error,
    content: PanelNotification.Failed,
    closeButton: true,
  },
];
