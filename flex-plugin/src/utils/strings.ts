import { Manager } from '@twilio/flex-ui';

import type { StringSet } from '../types/feature-loader.ts';

const FALLBACK_LANGUAGE = 'en-us';

/** Adds a feature's texts in the language Flex runs in; what a language lacks is shown in English. */
export function registerStrings(manager: Manager, strings: StringSet): void {
  const texts = { ...strings[FALLBACK_LANGUAGE], ...strings[languageIn(strings, flexLanguage(manager))] };
  Object.assign(manager.strings, texts);
}

/** The text of a key with its `{{name}}` places filled. */
export function text(key: string, values: Record<string, string | number> = {}): string {
  const strings = Manager.getInstance().strings as unknown as Record<string, string | undefined>;
  const template = strings[key] ?? key;
  return template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
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

function languageIn(strings: StringSet, language: string): string {
  if (strings[language]) return language;
  const primary = language.split('-')[0] ?? '';
  return Object.keys(strings).find((candidate) => candidate.split('-')[0] === primary) ?? FALLBACK_LANGUAGE;
}
