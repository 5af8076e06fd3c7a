import type * as Flex from '@twilio/flex-ui';

import * as CaseActions from './actions/caseActions.ts';
import { features } from './feature-library/index.ts';
import * as languages from './strings/languages.ts';
import type { FeatureDefinition, FlexHook } from './types/feature.ts';
import * as Notifications from './utils/notifications.ts';
import { registerStrings } from './utils/strings.ts';

/** What several features use; it is there whichever of them are switched off. */
const common: FeatureDefinition = { name: 'common', hooks: [CaseActions, Notifications] };

/** Loads every feature. One that fails is named in the console and left out: Flex and the others go on. */
export function loadFeatures(flex: typeof Flex, manager: Flex.Manager): void {
  // Texts first: components and notifications of any feature may show them.
  registerStrings(manager, languages);
  const definitions = [common];
  for (const register of features) {
    guarded('a feature', () => {
      const definition = register(manager);
      if (definition) definitions.push(definition);
    });
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
