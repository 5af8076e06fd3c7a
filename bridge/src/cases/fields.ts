import { CASE_LIMITS } from '@flexcord/shared/panel/case';
import { type FieldDefinition, FieldDefinitions } from '@flexcord/shared/panel/case-fields';
import { startOfDay } from '@flexcord/shared/time';
import { Value } from '@sinclair/typebox/value';
import { type CaseFault, type Checked, invalid, valid } from './rules.ts';

/** Parses the operator's fields from the JSON of a setting; undefined for an invalid list. */
export function parseFields(json: string): FieldDefinition[] | undefined {
  if (json === '') return [];
  let given: unknown;
  try {
    given = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (!Value.Check(FieldDefinitions, given)) return undefined;
  const keys = new Set(given.map(({ key }) => key));
  const fits = given.every(({ type, options }) => (type === 'select') === (options !== undefined));
  return fits && keys.size === given.length ? given : undefined;
}

/**
 * The values after those `given` were set: every one in the form of its type, an empty one removed. Values of fields that
 * the operator has taken away meanwhile stay as they are.
 */
export function setFields(
  definitions: readonly FieldDefinition[],
  present: Record<string, string>,
  given: Record<string, string>,
): Checked<Record<string, string>> {
  const value = { ...present };
  for (const [key, raw] of Object.entries(given)) {
    if (value[key] === raw) continue;
    const definition = definitions.find((its) => its.key === key);
    if (!definition) return invalid({ of: key, reason: 'unknown-field' });
    const text = raw.replaceAll('\0', '').trim();
    if (text === '') delete value[key];
    else if (text.length > CASE_LIMITS.field)
      return invalid({ of: key, reason: 'too-long', most: CASE_LIMITS.field });
    else {
      const kept = formOf(definition, text);
      if (typeof kept !== 'string') return invalid({ of: key, ...kept });
      value[key] = kept;
    }
  }
  return valid(value);
}

function formOf({ type, options }: FieldDefinition, text: string): string | Pick<CaseFault, 'reason'> {
  switch (type) {
    case 'text':
      return text;
    case 'number':
      return /^[+-]?\d{1,15}(\.\d{1,10})?$/.test(text) ? String(Number(text)) : { reason: 'not-a-number' };
    case 'boolean':
      return text === 'true' || text === 'false' ? text : { reason: 'not-true-or-false' };
    case 'date':
      return startOfDay(text) !== null ? text : { reason: 'not-a-date' };
    case 'select':
      return options?.includes(text) ? text : { reason: 'not-an-option' };
  }
}
