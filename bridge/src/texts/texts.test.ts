import { describe, expect, test } from 'bun:test';
import { Locale } from 'discord.js';
import { defaultTexts, languages, type Texts, textsFor } from './index.ts';

type Text = string | ((...values: unknown[]) => string);

/** Every text by its path, such as `community.card.vote`. */
function textsOf(texts: object, path: readonly string[] = []): [path: string, text: Text][] {
  return Object.entries(texts).flatMap(([key, value]: [string, unknown]) => {
    const at = [...path, key];
    if (typeof value === 'string' || typeof value === 'function') return [[at.join('.'), value as Text]];
    return textsOf(value as object, at);
  });
}

const wordsOf = ({ tag: _, locale: __, discordLocales: ___, ...words }: Texts) => textsOf(words);
const english = new Map(wordsOf(defaultTexts));

/** The values that were put in and stand in the text. */
function placeholdersIn(text: Text): string[] {
  if (typeof text === 'string') return [];
  const values = Array.from({ length: text.length }, (_, at) => `{${at}}`);
  const written = text(...values);
  return values.filter((value) => written.includes(value));
}

describe.each(languages.map((texts) => [texts.tag, texts] as const))('the language %s', (tag, texts) => {
  test('has every text, none of them empty', () => {
    const given = wordsOf(texts);
    expect(given.map(([path]) => path).sort()).toEqual([...english.keys()].sort());
    for (const [path, text] of given) expect([path, text]).not.toEqual([path, '']);
  });

  test('has the placeholders of English in every text', () => {
    for (const [path, text] of wordsOf(texts)) {
      const same = english.get(path);
      expect([path, typeof text, text.length > 0]).toEqual([path, typeof same, true]);
      if (typeof text === 'string' || typeof same !== 'function') continue;
      expect([path, text.length]).toEqual([path, same.length]);
      expect([path, placeholdersIn(text)]).toEqual([path, placeholdersIn(same)]);
    }
  });

  test('says every number of things in words', () => {
    for (const count of [0, 1, 2, 5, 21]) {
      const said = [texts.assistant.summary.triedCount(count), texts.community.voted(7, count)].join('\n');
      expect(said).not.toMatch(/undefined|NaN/);
      if (count > 0) expect(said.match(new RegExp(`(?<!\\d)${count}(?!\\d)`, 'g'))).toHaveLength(2);
    }
  });

  test('goes by tags that Discord and Intl know', () => {
    expect(Intl.getCanonicalLocales(tag)).toEqual([tag]);
    expect(Intl.DateTimeFormat.supportedLocalesOf([texts.locale])).toEqual([texts.locale]);
    expect(Intl.PluralRules.supportedLocalesOf([tag])).toEqual([tag]);
    for (const locale of texts.discordLocales) {
      expect(Object.values<string>(Locale)).toContain(locale);
      expect(textsFor(locale)).toBe(texts);
    }
  });

  // https://docs.discord.com/developers/components/reference and /developers/interactions/application-commands
  test('fits into the forms, buttons and commands of Discord', () => {
    const { form, announcement, rating, panel, card, reopen, notYet, unvote, unfollow } = texts.community;
    const { newer, older } = texts.community;
    const labels = [
      ...[form.title, form.happened, form.idea, form.steps, form.platform, form.screenshot, form.bug],
      ...[form.feature, announcement.title, announcement.text, announcement.link, announcement.form],
      ...[rating.form, rating.comment],
    ];
    for (const label of labels) expect(label.length).toBeWithin(1, 46);
    for (const hint of [
      form.happenedHint,
      form.screenshotHint('100 MB'),
      announcement.textHint,
      form.titleHint,
    ])
      expect(hint.length).toBeWithin(1, 101);
    const buttons = [
      ...[panel.help, panel.bug, panel.feature, card.follow, card.view, reopen, notYet, unvote, unfollow],
      ...[newer, older, rating.addComment, announcement.publish, announcement.discard],
      ...Object.values(texts.button),
      ...Object.values(texts.forum.button),
    ];
    for (const label of buttons) expect(label.length).toBeWithin(1, 81);
    expect(texts.community.setup.roleName.length).toBeWithin(1, 101);
    for (const [key, command] of Object.entries(texts.commands)) {
      // What an option lets choose may be longer; it and entries of a message's menu have no description.
      expect(command.name.length).toBeWithin(1, key.startsWith('rule') ? 101 : 33);
      if ('description' in command) {
        expect(command.name).toMatch(/^[-_'\p{L}\p{N}]{1,32}$/u);
        expect(command.name).toBe(command.name.toLowerCase());
      }
      if ('description' in command) expect(command.description.length).toBeWithin(1, 101);
    }
  });

  test('has another name for every command', () => {
    const { helpme, bug, feature, case: own, setup, announce, list, view, comment, close } = texts.commands;
    for (const names of [
      [helpme, bug, feature, own, setup, announce],
      [list, view, comment, close],
    ].map((commands) => commands.map(({ name }) => name)))
      expect(new Set(names).size).toBe(names.length);
  });
});

test('a locale finds the texts of its language, and English where there are none', () => {
  expect(
    ['de', 'en-GB', 'en-US', 'ja', 'de-AT', 'pt-BR', 'zh-TW', 'xx', '', null].map(
      (locale) => textsFor(locale).tag,
    ),
  ).toEqual(['de', 'en', 'en', 'ja', 'de', 'en', 'en', 'en', 'en', 'en']);
});
