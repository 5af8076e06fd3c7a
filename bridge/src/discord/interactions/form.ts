import {
  type APILabelComponent,
  ComponentType,
  type ModalSubmitInteraction,
  TextInputStyle,
} from 'discord.js';

/** A labelled text field of a form. */
export function textField(
  customId: string,
  given: {
    label: string;
    hint?: string;
    placeholder?: string;
    max: number;
    style?: TextInputStyle;
    required?: boolean;
    value?: string;
  },
): APILabelComponent {
  return {
    type: ComponentType.Label,
    label: given.label,
    ...(given.hint ? { description: given.hint } : {}),
    component: {
      type: ComponentType.TextInput,
      custom_id: customId,
      style: given.style ?? TextInputStyle.Short,
      max_length: given.max,
      required: given.required ?? true,
      ...(given.placeholder ? { placeholder: given.placeholder } : {}),
      ...(given.value ? { value: given.value } : {}),
    },
  };
}

/** What was written into a text field; empty where the form has no such field. */
export function textIn({ fields }: ModalSubmitInteraction, customId: string): string {
  const field = fields.fields.get(customId);
  return field?.type === ComponentType.TextInput ? field.value.trim() : '';
}
