import { Manager } from '@twilio/flex-ui';

/** The identity of the agent who looks, as articles name their owner. */
export const ownIdentity = (): string => Manager.getInstance().user.identity;
