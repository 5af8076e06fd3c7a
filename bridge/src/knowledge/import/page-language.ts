import { basename } from 'node:path';
import { languageTag } from '../text/language-tag.ts';

/** Two letters that are a language and, more often in a path, something else. */
const AMBIGUOUS = new Set(
  'am as be br cs go ha hr ia id ii io is it ml my no or os pa pi ps sc se so sr to ts tt'.split(' '),
);
/** Folders in which a folder for each language stands. */
const ABOVE = /^(?:i18n|locales?|translations?|languages?|lang|content|docs|pages)$/i;

/**
 * The language that a path names: `ja/refund.md`, `i18n/zh-CN/docs/a.md`, `refund.de.md`. Undefined where it names none.
 * `folders`: all folders beside each other there, since one of two letters is a language where others are.
 */
export function languageOfPath(
  path: string,
  folders: ReadonlyMap<string, ReadonlySet<string>>,
): string | undefined {
  const parts = path.split(/[\\/]/);
  const file = parts.pop() ?? '';
  const [, ofFile] = /\.([a-z]{2}(?:[-_][a-z]{2,4})?)\.\w+$/i.exec(file) ?? [];
  if (ofFile && isLanguage(ofFile)) return languageTag(ofFile) ?? undefined;
  for (const [index, part] of parts.entries()) {
    if (!isLanguage(part)) continue;
    const above = parts.slice(0, index);
    const beside = folders.get(above.join('/')) ?? new Set();
    const isOneOf = [...beside].filter(isLanguage).length > 1;
    const isClear = !AMBIGUOUS.has(part.toLowerCase()) && above.every((name) => ABOVE.test(name));
    if (isOneOf || isClear) return languageTag(part) ?? undefined;
  }
  return undefined;
}

/**
 * The language that a whole folder is called by, such as `docs/de`; undefined where its name may mean something else. `beside`:
 * the names of all folders there.
 */
export function languageOfFolder(folder: string, beside: readonly string[]): string | undefined {
  const name = basename(folder);
  if (!isLanguage(name)) return undefined;
  const isOneOf = beside.filter(isLanguage).length > 1;
  return isOneOf || !AMBIGUOUS.has(name.toLowerCase()) ? (languageTag(name) ?? undefined) : undefined;
}

const isLanguage = (part: string): boolean =>
  /^[a-z]{2}(?:[-_](?:[a-z]{2}|[a-z]{4}))?$/i.test(part) &&
  Intl.DateTimeFormat.supportedLocalesOf([part.replace('_', '-')]).length > 0;

/** The folders in each folder of some paths. */
export function foldersOf(paths: readonly string[]): Map<string, Set<string>> {
  const folders = new Map<string, Set<string>>();
  for (const path of paths) {
    const parts = path.split(/[\\/]/).slice(0, -1);
    for (const [index, part] of parts.entries()) {
      const above = parts.slice(0, index).join('/');
      folders.set(above, (folders.get(above) ?? new Set()).add(part));
    }
  }
  return folders;
}
