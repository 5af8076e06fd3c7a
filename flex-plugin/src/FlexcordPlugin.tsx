import { FlexPlugin } from '@twilio/flex-plugin';
import type * as Flex from '@twilio/flex-ui';
import { CustomizationProvider } from '@twilio-paste/core/customization';

import { initFeatures } from './utils/feature-loader/index.ts';

export default class FlexcordPlugin extends FlexPlugin {
  constructor() {
    super('plugin-flexcord');
  }

  init(flex: typeof Flex, manager: Flex.Manager): void {
    flex.setProviders({ PasteThemeProvider: CustomizationProvider });
    initFeatures(flex, manager);
  }
}
