import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOptionChoice,
  ApplicationCommandOptionType as O,
} from 'discord-api-types/v10';
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useClient } from './client.ts';
import { localDescription, localName, type Offered } from './commands.ts';
import { Icon } from './icon.tsx';

interface Props {
  command: Offered;
  /** For the first option. */
  initial: string;
  onDone: () => void;
}

type Values = Record<string, string>;

/** A chosen command with a field for each of its options. Enter runs it, Escape leaves it. */
export function CommandComposer({ command, initial, onDone }: Props) {
  const { strings, view, interact } = useClient();
  const first = command.options[0];
  const [values, setValues] = useState<Values>(first && initial ? { [first.name]: initial } : {});
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const field =
      form.current?.querySelector<HTMLElement>('input, select') ?? form.current?.querySelector('button');
    field?.focus();
  }, []);
  const missing = command.options.some(({ name, required }) => required && !values[name]);
  const run = async (event: FormEvent) => {
    event.preventDefault();
    if (missing) return;
    onDone();
    const options = typedValues(command.options, values);
    await interact('command', { channelId: view.channelId, name: command.path, options });
  };
  const leave = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onDone();
  };
  return (
    <form ref={form} className="command-form" onSubmit={run} onKeyDown={leave}>
      <span className="command-name">/{command.name}</span>
      {command.options.map((option) => (
        <OptionField
          key={option.name}
          option={option}
          command={command}
          values={values}
          onChange={(value) => setValues({ ...values, [option.name]: value })}
        />
      ))}
      <span className="grow" />
      <button
        type="submit"
        className="button primary"
        disabled={missing}
        title={strings.commandRun(`/${command.name}`)}
      >
        {strings.run}
      </button>
      <button type="button" className="icon" aria-label={strings.leaveCommand} onClick={onDone}>
        <Icon is="close" />
      </button>
    </form>
  );
}

/** Values as Discord's client sends them: numbers and truth for options that take them. */
const typedValues = (options: APIApplicationCommandBasicOption[], values: Values) =>
  Object.fromEntries(
    options.flatMap(({ name, type }) => {
      const value = values[name];
      if (!value) return [];
      const isNumber = type === O.Integer || type === O.Number;
      return [[name, isNumber ? Number(value) : type === O.Boolean ? value === 'true' : value]];
    }),
  );

interface FieldProps {
  option: APIApplicationCommandBasicOption;
  command: Offered;
  values: Values;
  onChange: (value: string) => void;
}

function OptionField({ option, command, values, onChange }: FieldProps) {
  const client = useClient();
  const { strings, language, view, post } = client;
  const [choices, setChoices] = useState<APIApplicationCommandOptionChoice[]>(
    'choices' in option ? (option.choices ?? []) : [],
  );
  const listId = useId();
  const fieldId = useId();
  const value = values[option.name] ?? '';
  const suggests = 'autocomplete' in option && option.autocomplete === true;
  const asked = useRef(0);
  const suggest = async (typed: string) => {
    if (!suggests) return;
    asked.current += 1;
    const turn = asked.current;
    const given = typedValues(command.options, { ...values, [option.name]: '' });
    const found = await post<APIApplicationCommandOptionChoice[]>('autocomplete', {
      channelId: view.channelId,
      name: command.path,
      options: { ...given, [option.name]: typed },
      focused: option.name,
    });
    // An answer that was overtaken by a later one is of no use.
    if (found && turn === asked.current) setChoices(found);
  };
  const label = `${localName(option, language)}${option.required ? '' : ` (${strings.optional})`}`;
  const shown = suggests ? choices : [];
  return (
    <div className="option">
      <div className="option-field" title={localDescription(option, language)}>
        <label htmlFor={fieldId}>{label}</label>
        {choices.length > 0 && !suggests ? (
          <select id={fieldId} value={value} onChange={({ target }) => onChange(target.value)}>
            <option value="">{strings.choose}</option>
            {choices.map((choice) => (
              <option key={String(choice.value)} value={String(choice.value)}>
                {choice.name}
              </option>
            ))}
          </select>
        ) : (
          <input
            id={fieldId}
            value={value}
            maxLength={'max_length' in option ? option.max_length : undefined}
            inputMode={option.type === O.Integer ? 'numeric' : undefined}
            placeholder={localDescription(option, language)}
            aria-describedby={shown.length > 0 ? listId : undefined}
            onFocus={() => suggest(value)}
            onChange={({ target }) => {
              onChange(target.value);
              suggest(target.value);
            }}
          />
        )}
      </div>
      {shown.length > 0 && (
        <div className="picker" id={listId}>
          <span className="menu-heading">{strings.choices}</span>
          {shown.map((choice) => (
            <button
              type="button"
              key={String(choice.value)}
              aria-pressed={String(choice.value) === value}
              onClick={() => onChange(String(choice.value))}
            >
              {choice.name}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
