import { type FormEvent, useState } from 'react';
import { type OpenForm, useClient } from './client.ts';
import { Dialog } from './dialog.tsx';
import { FormField } from './form-field.tsx';
import { type FieldComponent, type FormValue, fieldsOf, isMissing } from './form-fields.ts';
import { Markdown } from './markdown.tsx';

export type FormValues = Record<string, FormValue>;

interface Props {
  form: OpenForm;
  /** What stands in the fields at first, by their ids. */
  initial?: FormValues;
  onClose: () => void;
}

/** A form that the application opened. What was written stays where sending it fails. */
export function FormDialog({ form, initial = {}, onClose }: Props) {
  const { strings, upload, interact } = useClient();
  const fields = fieldsOf(form.components);
  const [values, setValues] = useState<FormValues>({ ...defaults(fields), ...initial });
  const [files, setFiles] = useState<Record<string, File[]>>({});
  const [isSending, setSending] = useState(false);
  const missing = fields.some(
    ({ component }) =>
      component && isMissing(component, values[component.custom_id], files[component.custom_id]),
  );
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setSending(true);
    const uploads: Record<string, string[]> = {};
    for (const [name, picked] of Object.entries(files)) {
      const ids = await Promise.all(picked.map(upload));
      uploads[name] = ids.filter((id) => id !== undefined);
    }
    await interact('form', { interactionId: form.interactionId, fields: values, uploads });
    onClose();
  };
  return (
    <Dialog title={form.title} tourName="form" onClose={onClose}>
      <form className="fields" onSubmit={submit}>
        <p className="hint">{strings.formHint}</p>
        {fields.map(({ label, description, text, component }, index) =>
          component ? (
            <FormField
              key={component.custom_id}
              label={label}
              description={description}
              component={component}
              value={values[component.custom_id]}
              files={files[component.custom_id] ?? []}
              onChange={(value) => setValues({ ...values, [component.custom_id]: value })}
              onFiles={(picked) => setFiles({ ...files, [component.custom_id]: picked })}
            />
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: a form's parts never change places.
            <div className="text" key={index}>
              <Markdown text={text} />
            </div>
          ),
        )}
        <footer>
          <button type="button" className="button" onClick={onClose}>
            {strings.cancel}
          </button>
          <button type="submit" className="button primary" disabled={missing || isSending}>
            {strings.submit}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}

const defaults = (fields: { component: FieldComponent | null }[]): FormValues =>
  Object.fromEntries(
    fields.flatMap(({ component }): [string, FormValue][] => {
      if (component?.value) return [[component.custom_id, component.value]];
      const chosen = component?.options?.filter((option) => option.default).map(({ value }) => value) ?? [];
      return component && chosen.length > 0 ? [[component.custom_id, chosen]] : [];
    }),
  );
