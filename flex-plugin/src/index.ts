import * as FlexPlugin from '@twilio/flex-plugin';

import FlexcordPlugin from './FlexcordPlugin.tsx';

FlexPlugin.loadPlugin(FlexcordPlugin);
