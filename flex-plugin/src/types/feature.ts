import type * as Flex from '@twilio/flex-ui';

type FlexModule = typeof Flex;

/** One file of a feature's `flex-hooks`; the names of its exports say what it registers with Flex. */
export interface FlexHook {
  actionHook?: (flex: FlexModule, manager: Flex.Manager) => void;
  channelHook?: (flex: FlexModule, manager: Flex.Manager) => Flex.TaskChannelDefinition;
  componentHook?: (flex: FlexModule, manager: Flex.Manager) => void;
  notificationHook?: (flex: FlexModule, manager: Flex.Manager) => Flex.Notification[];
}

export interface FeatureDefinition {
  name: string;
  hooks: FlexHook[];
}

/** What `index.ts` of a feature exports as `register`: its definition, or undefined where the feature is switched off. */
export type RegisterFeature = (manager: Flex.Manager) => FeatureDefinition | undefined;
