import { type APISelectMenuComponent, ComponentType as C, TextInputStyle } from 'discord-api-types/v10';
import { useId } from 'react';
import { useClient } from './client.ts';
import { CHECKBOX, CHECKBOX_GROUP, type FieldComponent, type FormValue, RADIO_GROUP } from './form-fields.ts';
import { choicesOf } from './select-choices.ts';

interface Props {
  label: string;
  description: string | undefined;
  component: FieldComponent;
  value: FormValue | undefined;
  files: File[];
  onChange: (value: FormValue) => void;
  onFiles: (files: File[]) => void;
}

export function FormField(props: Props) {
  const { strings } = useClient();
  const { label, description, component } = props;
  const id = useId();
  const isGroup = component.type === RADIO_GROUP || component.type === CHECKBOX_GROUP;
  const isRequired = component.required !== false && component.type !== CHECKBOX;
  const head = (
    <>
      {label}
      {isRequired && (
        <b className="must" title={strings.required}>
          {' '}
          *
        </b>
      )}
    </>
  );
  return (
    <div className="field">
      {isGroup ? <span id={`${id}-label`}>{head}</span> : <label htmlFor={id}>{head}</label>}
      {description && <small id={`${id}-hint`}>{description}</small>}
      <Control {...props} id={id} hintId={description ? `${id}-hint` : undefined} />
    </div>
  );
}

function Control({
  component,
  value,
  files,
  onChange,
  onFiles,
  id,
  hintId,
}: Props & { id: string; hintId: string | undefined }) {
  const client = useClient();
  const { strings } = client;
  const { type, placeholder, max_length, required, options = [] } = component;
  const chosen = Array.isArray(value) ? value : value ? [String(value)] : [];
  const common = { id, 'aria-describedby': hintId, required: required !== false };
  switch (type) {
    case C.TextInput: {
      const text = typeof value === 'string' ? value : '';
      const input = { ...common, placeholder, value: text, maxLength: max_length ?? 4000 };
      return component.style === TextInputStyle.Paragraph ? (
        <textarea {...input} rows={3} onChange={({ target }) => onChange(target.value)} />
      ) : (
        <input {...input} onChange={({ target }) => onChange(target.value)} />
      );
    }
    case C.FileUpload:
      return (
        <>
          <input
            {...common}
            type="file"
            multiple={(component.max_values ?? 1) > 1}
            onChange={({ target }) => onFiles([...(target.files ?? [])].slice(0, component.max_values ?? 1))}
          />
          {files.map((file) => (
            <FilePreview key={file.name} file={file} />
          ))}
        </>
      );
    case CHECKBOX:
      return (
        <input
          id={id}
          type="checkbox"
          checked={value === true}
          onChange={({ target }) => onChange(target.checked)}
        />
      );
    case RADIO_GROUP:
    case CHECKBOX_GROUP: {
      const isRadio = type === RADIO_GROUP;
      return (
        // biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles take a name.
        <div role={isRadio ? 'radiogroup' : 'group'} aria-labelledby={`${id}-label`}>
          {options.map((option) => (
            <label key={option.value} className="tick">
              <input
                type={isRadio ? 'radio' : 'checkbox'}
                name={id}
                checked={chosen.includes(option.value)}
                onChange={({ target }) => {
                  if (isRadio) onChange(option.value);
                  else
                    onChange(
                      target.checked
                        ? [...chosen, option.value]
                        : chosen.filter((each) => each !== option.value),
                    );
                }}
              />
              {option.label}
              {option.description && <small>{option.description}</small>}
            </label>
          ))}
        </div>
      );
    }
    default: {
      const many = (component.max_values ?? 1) > 1;
      const choices =
        type === C.StringSelect ? options : choicesOf({ type } as APISelectMenuComponent, client);
      return (
        <select
          {...common}
          multiple={many}
          value={many ? chosen : (chosen[0] ?? '')}
          onChange={({ target }) =>
            onChange([...target.selectedOptions].map((option) => option.value).filter(Boolean))
          }
        >
          {!many && <option value="">{placeholder ?? strings.choose}</option>}
          {choices.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      );
    }
  }
}

function FilePreview({ file }: { file: File }) {
  if (!file.type.startsWith('image/')) return <small>{file.name}</small>;
  return <img className="preview" alt={file.name} src={URL.createObjectURL(file)} />;
}
