import type * as Flex from '@twilio/flex-ui';

type FlexModule = typeof Flex;

/** Texts by language (`en-us`, `ja`), then by key. */
export type StringSet = Record<string, Record<string, string>>;

/** One file of a feature's `flex-hooks`; what it exports says what it is. */
export interface FlexHook {
  actionHook?: (flex: FlexModule, manager: Flex.Manager) => void;
  channelHook?: (flex: FlexModule, manager: Flex.Manager) => Flex.TaskChannelDefinition;
  componentHook?: (flex: FlexModule, manager: Flex.Manager) => void;
  notificationHook?: (flex: FlexModule, manager: Flex.Manager) => Flex.Notification[];
  stringHook?: () => StringSet;
}

export interface FeatureDefinition {
  name: string;
  hooks: FlexHook[];
}

/** What `index.ts` of a feature exports as `register`: the definition, or nothing where the feature is switched off. */
export type RegisterFeature = (manager: Flex.Manager) => FeatureDefinition | undefined;
