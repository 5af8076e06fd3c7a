import type * as Flex from '@twilio/flex-ui';

import { features } from '../../feature-library/index.ts';
import type { FeatureDefinition, FlexHook } from '../../types/feature-loader.ts';
import { registerStrings } from '../strings.ts';

/** Loads every feature. One that fails is named in the console and left out: Flex and the others go on. */
export function initFeatures(flex: typeof Flex, manager: Flex.Manager): void {
  const definitions: FeatureDefinition[] = [];
  for (const register of features) {
    guarded('a feature', () => {
      const definition = register(manager);
      if (definition) definitions.push(definition);
    });
  }
  // Texts first: components and notifications of any feature may show them.
  for (const { hooks, name } of definitions) {
    for (const { stringHook } of hooks) {
      if (stringHook) guarded(name, () => registerStrings(manager, stringHook()));
    }
  }
  for (const { hooks, name } of definitions) {
    for (const hook of hooks) guarded(name, () => loadHook(flex, manager, hook));
  }
}

function loadHook(flex: typeof Flex, manager: Flex.Manager, hook: FlexHook): void {
  hook.actionHook?.(flex, manager);
  if (hook.channelHook) flex.TaskChannels.register(hook.channelHook(flex, manager));
  for (const notification of hook.notificationHook?.(flex, manager) ?? []) {
    flex.Notifications.registerNotification(notification);
  }
  hook.componentHook?.(flex, manager);
}

function guarded(name: string, load: () => void): void {
  try {
    load();
  } catch (error) {
    console.error(`plugin-flexcord: ${name} could not be loaded`, error);
  }
}
