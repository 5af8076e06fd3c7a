import { expect, test } from 'bun:test';

import { defaultSettings, parseSettings } from './parseSettings.ts';

test('uses the defaults, without an error, where nothing is configured', () => {
  for (const input of [undefined, null, {}, 'text']) {
    expect(parseSettings(input)).toEqual({ settings: defaultSettings, errors: [] });
  }
});

test('takes configured values and removes a trailing slash of the bridge URL', () => {
  const { settings, errors } = parseSettings({
    bridgeUrl: 'https://bridge.example.com/flexcord/',
    features: { discordPanel: false },
    taskChannel: 'community',
  });
  expect(errors).toEqual([]);
  expect(settings).toEqual({
    bridgeUrl: 'https://bridge.example.com/flexcord',
    features: {
      discordChannel: true,
      discordPanel: false,
      casesView: true,
      communityView: true,
      knowledgeView: true,
      operationsView: true,
    },
    taskChannel: 'community',
  });
});

test('keeps the default of each invalid value and names it in the errors', () => {
  const { settings, errors } = parseSettings({
    bridgeUrl: 'ftp://bridge',
    features: { discordChannel: 'yes' },
    taskChannel: '',
  });
  expect(settings).toEqual(defaultSettings);
  expect(errors.map((error) => error.split(' ')[0])).toEqual([
    'ui_attributes.flexcord.bridgeUrl',
    'ui_attributes.flexcord.features.discordChannel',
    'ui_attributes.flexcord.taskChannel',
  ]);
});
