import { Manager } from '@twilio/flex-ui';

import { parseSettings, recordOf, type Settings } from './parseSettings.ts';

let cached: Settings | undefined;

/** The settings of this Flex; read once, errors go to the console once. */
export function getSettings(): Settings {
  if (!cached) {
    const { ui_attributes } = Manager.getInstance().serviceConfiguration as { ui_attributes?: unknown };
    const { settings, errors } = parseSettings(recordOf(ui_attributes).flexcord);
    for (const error of errors) console.warn(`plugin-flexcord: ${error}`);
    cached = settings;
  }
  return cached;
}
