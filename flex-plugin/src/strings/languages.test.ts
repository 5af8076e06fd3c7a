import { describe, expect, test } from 'bun:test';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import * as languages from './languages.ts';

const folder = import.meta.dir;
const FILES = ['plugin.json', 'views.json', 'desk.json'];
const PLURAL_SUFFIX = /_(zero|one|two|few|many|other)$/;

const readTexts = (language: string, file: string): Record<string, string> =>
  JSON.parse(readFileSync(join(folder, language, file), 'utf8'));
const placeholdersOf = (template: string) =>
  [...new Set([...template.matchAll(/\{\{(\w+)\}\}/g)].map(([placeholder]) => placeholder))].sort();

/** Keys of the English texts that have plural forms, without the form. */
const pluralKeys = (english: Record<string, string>) =>
  Object.keys(english)
    .filter((key) => key.endsWith('_one'))
    .map((key) => key.replace(PLURAL_SUFFIX, ''));

/** The keys a language must have: those of English, with the plural forms that the language itself has. */
function expectedKeys(english: Record<string, string>, language: string): string[] {
  const { pluralCategories } = new Intl.PluralRules(language.replace('_', '-')).resolvedOptions();
  const plural = pluralKeys(english);
  return [
    ...Object.keys(english).filter((key) => !plural.includes(key.replace(PLURAL_SUFFIX, ''))),
    ...plural.flatMap((key) => pluralCategories.map((category) => `${key}_${category}`)),
  ].sort();
}

test('every folder of texts is listed as a language', () => {
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(Object.keys(languages).sort()).toEqual(folders.map(({ name }) => name).sort());
});

for (const language of Object.keys(languages)) {
  describe(`the texts of ${language}`, () => {
    for (const file of FILES) {
      const english = readTexts('en', file);
      const texts = readTexts(language, file);

      test(`${file} has the same keys as English, with the plural forms of its own language`, () => {
        expect(Object.keys(texts).sort()).toEqual(expectedKeys(english, language));
      });

      test(`${file} has the same placeholders as English`, () => {
        for (const [key, template] of Object.entries(texts)) {
          const original = english[key] ?? english[key.replace(PLURAL_SUFFIX, '_other')] ?? '';
          expect(template.trim()).not.toBe('');
          expect({ key, placeholders: placeholdersOf(template) }).toEqual({
            key,
            placeholders: placeholdersOf(original),
          });
        }
      });
    }
  });
}

/** Words that are said otherwise, and how; see "Words" in the plugin's README. */
const OTHER_WORDS: Record<string, Array<[word: RegExp, instead: string]>> = {
  en: [[/\belevated\b/i, 'In progress']],
  ja: [
    [/オープン|受付済み/, '未対応'],
    [/エスカレ/, '対応中'],
    [/(?<!稼働)状態/, 'ステータス'],
    [/(?<!バーチャル)エージェント|オペレーター/, '担当者'],
    [/お問い合わせ/, 'ケース'],
    [/書き出|取り出/, 'エクスポート'],
    [/[()?]|(?<=[ぁ-んァ-ヶ一-龠ー]):/, 'full-width brackets, colons and question marks'],
    [
      /[A-Za-z0-9}][ぁ-んァ-ヶ一-龠]|[ぁ-んァ-ヶ一-龠][A-Za-z0-9{]/,
      'a space between the two kinds of letters',
    ],
  ],
};

for (const [language, words] of Object.entries(OTHER_WORDS)) {
  test(`the texts of ${language} have one word for one thing`, () => {
    const texts = FILES.flatMap((file) => Object.entries(readTexts(language, file)));
    const found = texts.flatMap(([key, template]) =>
      words.filter(([word]) => word.test(template)).map(([, instead]) => ({ key, template, instead })),
    );
    expect(found).toEqual([]);
  });
}

test('no key stands in two files', () => {
  const keys = FILES.flatMap((file) => Object.keys(readTexts('en', file)));
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});
