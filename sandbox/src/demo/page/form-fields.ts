import type { APIModalInteractionResponseCallbackData } from 'discord-api-types/v10';
import { ComponentType as C } from 'discord-api-types/v10';

/** Kinds of fields that are newer than the typed names. https://docs.discord.com/developers/components/reference */
export const RADIO_GROUP = 21;
export const CHECKBOX_GROUP = 22;
export const CHECKBOX = 23;

/** A text, what was chosen, or whether a box is ticked. */
export type FormValue = string | string[] | boolean;

/** What the kinds of fields have in common. */
export interface FieldComponent {
  type: number;
  custom_id: string;
  label?: string;
  style?: number;
  placeholder?: string;
  value?: string;
  required?: boolean;
  min_length?: number;
  max_length?: number;
  min_values?: number;
  max_values?: number;
  options?: { value: string; label: string; description?: string; default?: boolean }[];
}

export interface FieldPart {
  label: string;
  description?: string;
  /** A text between the fields, where there is no field. */
  text: string;
  component: FieldComponent | null;
}

/** The parts of a form: fields under their labels, in Discord's old rows or new labels, and texts. */
export function fieldsOf(components: APIModalInteractionResponseCallbackData['components']): FieldPart[] {
  return components.flatMap((part): FieldPart[] => {
    if (part.type === C.Label) {
      const component = part.component as FieldComponent;
      return [{ label: part.label, description: part.description, text: '', component }];
    }
    if (part.type === C.ActionRow)
      return part.components.map((each) => {
        const component = each as FieldComponent;
        return { label: component.label ?? '', text: '', component };
      });
    if (part.type === C.TextDisplay) return [{ label: '', text: part.content, component: null }];
    return [];
  });
}

/** Whether a required field is still empty, or holds too little. */
export function isMissing(
  { type, required, min_length, min_values }: FieldComponent,
  value: FormValue | undefined,
  files: File[] | undefined,
): boolean {
  if (type === CHECKBOX) return false;
  const length =
    type === C.FileUpload ? (files?.length ?? 0) : ((value as string | string[] | undefined)?.length ?? 0);
  if (length === 0) return required !== false;
  return length < ((type === C.TextInput ? min_length : min_values) ?? 0);
}
