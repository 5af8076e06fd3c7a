/** What operators leave or mistype in `.env`, found before it does any harm. */
import { closest } from './did-you-mean.ts';
import type { Setting } from './setting.ts';

/** Domains that are nobody's (https://www.rfc-editor.org/rfc/rfc2606#section-3). */
const NOBODYS_DOMAIN = /(^|\.)example\.(com|net|org)$/i;
const PLACEHOLDERS = [
  /^your[-_]/i,
  /^<.*>$/,
  /^(change|replace)[-_ ]?(me|this)?$/i,
  /^([A-Z]{2})?(0{32}|[xX]{8,64})$/,
];

/** Whether a value is one that only examples have. */
export function isPlaceholder(raw: string, setting: Setting<unknown>): boolean {
  if (raw === setting.example || PLACEHOLDERS.some((pattern) => pattern.test(raw))) return true;
  return NOBODYS_DOMAIN.test(URL.parse(raw)?.hostname ?? '');
}

/** Variables of the environment that nothing reads, but that look like one of ours that is not set, each as a sentence. */
export function unknownVariables(
  env: Readonly<Record<string, string | undefined>>,
  known: readonly string[],
): string[] {
  const unset = known.filter((name) => !env[name]?.trim());
  return Object.keys(env).flatMap((name) => {
    // Short names of other programs are too near to everything.
    if (known.includes(name) || name.length < 8) return [];
    const meant = closest(name, unset);
    return meant ? [`${name} is not a variable of Flexcord and is ignored. Did you mean ${meant}?`] : [];
  });
}
