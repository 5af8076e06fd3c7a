/** Languages whose names people write where a tag is asked for. */
const NAMED =
  'ar bg ca cs da de el en es et fi fr he hi hr hu id it ja ko lt lv ms nb nl no pl pt ro ru sk sl sr sv th tr uk vi zh'.split(
    ' ',
  );

const englishNames = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

/** From a name in English or in the language itself, in small letters, to its tag. */
let tagByName: Map<string, string> | undefined;

function named(name: string): string | undefined {
  tagByName ??= new Map(
    NAMED.flatMap((tag) => {
      const own = new Intl.DisplayNames(tag, { type: 'language' }).of(tag) ?? tag;
      return [
        [own.toLocaleLowerCase(tag), tag],
        [(englishNames.of(tag) ?? tag).toLowerCase(), tag],
      ] as const;
    }),
  );
  return tagByName.get(name.toLowerCase());
}

/**
 * A language as a BCP 47 tag in its shortest form (https://www.rfc-editor.org/info/bcp47, https://unicode.org/reports/tr35/#Likely_Subtags):
 * `en_US` is `en`, `pt-PT` stays, `German` is `de`. Null for what names no language.
 */
export function languageTag(written: string): string | null {
  const name = written.trim();
  const known = named(name);
  if (known) return known;
  try {
    const given = new Intl.Locale(name.replaceAll('_', '-'));
    if (given.language === 'und') return null;
    const tag = given.minimize();
    return tag.language.length <= 3 || englishNames.of(tag.language) ? tag.baseName : null;
  } catch {
    return null;
  }
}

/** The language of a tag without its script and region. */
export const baseLanguage = (tag: string): string => tag.split('-')[0] ?? tag;
