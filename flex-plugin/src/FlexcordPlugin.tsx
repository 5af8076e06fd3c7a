import { FlexPlugin } from '@twilio/flex-plugin';
import type * as Flex from '@twilio/flex-ui';
import { CustomizationProvider } from '@twilio-paste/core/customization';

import { loadFeatures } from './loadFeatures.ts';

export default class FlexcordPlugin extends FlexPlugin {
  constructor() {
    super('plugin-flexcord');
  }

  init(flex: typeof Flex, manager: Flex.Manager): void {
    flex.setProviders({ PasteThemeProvider: CustomizationProvider });
    loadFeatures(flex, manager);
  }
}
