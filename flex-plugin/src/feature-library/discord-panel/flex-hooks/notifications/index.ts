import type * as Flex from '@twilio/flex-ui';

/** The ids are also the keys of the texts. */
export const PanelNotification = { ArticleSent: 'FlexcordArticleSent' } as const;

export const notificationHook = (flex: typeof Flex): Flex.Notification[] => [
  {
    id: PanelNotification.ArticleSent,
    type: flex.NotificationType.success,
    content: PanelNotification.ArticleSent,
    timeout: 3000,
  },
];
