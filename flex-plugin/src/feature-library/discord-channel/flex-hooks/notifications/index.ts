import type * as Flex from '@twilio/flex-ui';

/** The ids are also the keys of the texts. */
export const ChannelNotification = { TooLong: 'FlexcordTooLong' } as const;

export const notificationHook = (flex: typeof Flex): Flex.Notification[] => [
  {
    id: ChannelNotification.TooLong,
    type: flex.NotificationType.error,
    content: ChannelNotification.TooLong,
    closeButton: true,
  },
];
