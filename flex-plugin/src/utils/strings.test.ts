import { describe, expect, test } from 'bun:test';

import { stringHook as casesStrings } from '../feature-library/cases-view/flex-hooks/strings/index.ts';
import { stringHook as channelStrings } from '../feature-library/discord-channel/flex-hooks/strings/index.ts';
import { stringHook as panelStrings } from '../feature-library/discord-panel/flex-hooks/strings/index.ts';
import { stringHook as knowledgeStrings } from '../feature-library/knowledge-view/flex-hooks/strings/index.ts';

/** Of every feature. */
const all = {
  channel: channelStrings(),
  panel: panelStrings(),
  'cases view': casesStrings(),
  'knowledge view': knowledgeStrings(),
};

const places = (template: string) =>
  [...new Set([...template.matchAll(/\{\{(\w+)\}\}/g)].map(([place]) => place))].sort();

for (const [feature, strings] of Object.entries(all)) {
  describe(`texts of the ${feature}`, () => {
    const { 'en-us': english = {}, ...others } = strings;
    for (const [language, texts] of Object.entries(others)) {
      test(`${language} says everything that English says, with the same places to fill in`, () => {
        expect(Object.keys(texts).sort()).toEqual(Object.keys(english).sort());
        for (const [key, words] of Object.entries(texts)) {
          expect(words.trim()).not.toBe('');
          expect({ key, places: places(words) }).toEqual({ key, places: places(english[key] ?? '') });
        }
      });
    }
  });
}

test('no feature takes the key of another', () => {
  const keys = Object.values(all).flatMap((strings) => Object.keys(strings['en-us'] ?? {}));
  expect(new Set(keys).size).toBe(keys.length);
});
