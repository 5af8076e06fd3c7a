import { expect, test } from 'bun:test';

import german from '../strings/de/views.json';
import english from '../strings/en/views.json';
import japanese from '../strings/ja/views.json';
import * as languages from '../strings/languages.ts';
import { languageFor, type Texts, translate } from './translation.ts';

const available = Object.keys(languages);

test('Flex in German, Japanese or English gets texts in that language, whatever the region', () => {
  expect(['de', 'de-de', 'de-at'].map((wanted) => languageFor(wanted, available))).toEqual([
    'de',
    'de',
    'de',
  ]);
  expect(['ja', 'ja-jp'].map((wanted) => languageFor(wanted, available))).toEqual(['ja', 'ja']);
  expect(['en-us', 'en-gb'].map((wanted) => languageFor(wanted, available))).toEqual(['en', 'en']);
});

test('Flex in any other language gets English', () => {
  expect(languageFor('fr-fr', available)).toBe('en');
});

test('a regional language is preferred where Flex runs in its region', () => {
  expect(languageFor('pt-br', ['en', 'pt', 'pt_br'])).toBe('pt_br');
  expect(languageFor('pt-pt', ['en', 'pt', 'pt_br'])).toBe('pt');
});

test('a text that depends on a number takes the plural form of its language', () => {
  const ask = (texts: Texts, language: string, count: number) =>
    translate(texts, new Intl.PluralRules(language), 'FlexcordCasesDeleteAsk', { count });
  expect(ask(english, 'en', 1)).toStartWith('Delete 1 case?');
  expect(ask(english, 'en', 2)).toStartWith('Delete 2 cases?');
  expect(ask(german, 'de', 1)).toStartWith('1 Fall löschen?');
  expect(ask(german, 'de', 0)).toStartWith('0 Fälle löschen?');
  expect(ask(japanese, 'ja', 1)).toStartWith('1 件のケース');
});

test('placeholders are filled, and a key without a text is shown as it is', () => {
  const fill = (texts: Texts) => translate(texts, new Intl.PluralRules('en'), 'Greeting', { name: 'Ada' });
  expect(fill({ Greeting: 'Hello {{name}}{{missing}}!' })).toBe('Hello Ada!');
  expect(fill({})).toBe('Greeting');
});
