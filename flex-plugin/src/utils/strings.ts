import { Manager } from '@twilio/flex-ui';

import { type Languages, languageFor, type Texts, tagOf, translate } from './translation.ts';

/** Plural rules of the language that the texts are in, which is not always Flex's own. */
let plurals = new Intl.PluralRules('en');

/** Adds texts in the language Flex runs in, or in English where they are not translated into it. */
export function registerStrings(manager: Manager, languages: Languages): void {
  const language = languageFor(flexLanguage(manager), Object.keys(languages));
  plurals = new Intl.PluralRules(tagOf(language));
  Object.assign(manager.strings, languages[language]);
}

/** The text of a key in the agent's language; `values` fill its `{{name}}` placeholders, and `count` chooses the plural form. */
export function text(key: string, values: Record<string, string | number> = {}): string {
  return translate(Manager.getInstance().strings as unknown as Texts, plurals, key, values);
}

/** The language dates and numbers are written in: Flex's own setting, otherwise the browser's. */
export function flexLanguage(manager: Manager = Manager.getInstance()): string {
  const configuration = manager.configuration as { language?: string };
  return (
    configuration.language ??
    manager.serviceConfiguration.ui_language ??
    navigator.language
  ).toLowerCase();
}
