import { expect, test } from 'bun:test';

import { defaultSettings, parseSettings } from './parseSettings.ts';

test('nothing configured means the defaults, without a complaint', () => {
  for (const input of [undefined, null, {}, 'text']) {
    expect(parseSettings(input)).toEqual({ settings: defaultSettings, faults: [] });
  }
});

test('what is set is taken, a slash at the end of the bridge URL is dropped', () => {
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

test('each wrong value keeps its default and is named', () => {
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
