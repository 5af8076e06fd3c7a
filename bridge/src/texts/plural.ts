/** The forms that a counted thing takes; which of them a number needs is the language's rule. */
export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** Picks plural forms by the rules of a language, which `Intl` knows (CLDR). */
export function pluralsOf(language: string) {
  const rules = new Intl.PluralRules(language);
  return (count: number, forms: PluralForms): string => forms[rules.select(count)] ?? forms.other;
}
