import type { FieldDefinition } from '@flexcord/shared/panel/case-fields';

import { flexLanguage, text } from './strings.ts';

/** The label of a custom field in the language of Flex. */
export function labelOf({ label, labels = {} }: FieldDefinition): string {
  const language = flexLanguage();
  return labels[language] ?? labels[language.split('-')[0] ?? ''] ?? label;
}

/** Labels and values of the fields that are set; a field that is no longer defined has its key for a label. */
export function readableFields(
  values: Record<string, string>,
  definitions: readonly FieldDefinition[],
): Array<[label: string, value: string]> {
  return Object.entries(values)
    .filter(([, value]) => value !== '')
    .map(([key, value]) => {
      const definition = definitions.find((candidate) => candidate.key === key);
      if (!definition) return [key, value];
      const isYesNo = definition.type === 'boolean';
      return [labelOf(definition), isYesNo ? text(value === 'true' ? 'FlexcordYes' : 'FlexcordNo') : value];
    });
}
