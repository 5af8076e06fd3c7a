import { expect, test } from 'bun:test';

import { defaultSettings, parseSettings } from './parseSettings.ts';

test('uses the defaults, without a fault, where nothing is configured', () => {
  for (const input of [undefined, null, {}, 'text']) {
    expect(parseSettings(input)).toEqual({ settings: defaultSettings, faults: [] });
  }
});

test('takes configured values and removes a trailing slash of the bridge URL', () => {
  const { settings, faults } = parseSettings({
    bridgeUrl: 'https://bridge.example.com/flexcord/',
    features: { discordPanel: false },
    taskChannel: 'community',
  });
  expect(faults).toEqual([]);
  expect(settings).toEqual({
    bridgeUrl: 'https://bridge.example.com/flexcord',
    features: { discordChannel: true, discordPanel: false, casesView: true, knowledgeView: true },
    taskChannel: 'community',
  });
});

test('keeps the default of each invalid value and names it in the faults', () => {
  const { settings, faults } = parseSettings({
    bridgeUrl: 'ftp://bridge',
    features: { discordChannel: 'yes' },
    taskChannel: '',
  });
  expect(settings).toEqual(defaultSettings);
  expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
    'ui_attributes.flexcord.bridgeUrl',
    'ui_attributes.flexcord.features.discordChannel',
    'ui_attributes.flexcord.taskChannel',
  ]);
});
