import {
  type APIApplicationCommandOption,
  ApplicationCommandType,
  Locale,
  ApplicationCommandOptionType as O,
} from 'discord-api-types/v10';
import type { Form } from './form.ts';

/** https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-naming */
const commandName = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const locales = new Set<string>(Object.values(Locale));

/** Checks a whole command; `partial` for PATCH, where absent fields stay. */
export function checkCommand(form: Form, partial = false): void {
  const type = form.integer('type', { min: 1, max: 4 }) ?? ApplicationCommandType.ChatInput;
  const chatInput = type === ApplicationCommandType.ChatInput;
  checkNames(form, !partial, chatInput);
  if (chatInput) checkDescriptions(form, !partial);
  else if (form.value.description) {
    form.fail(
      'description',
      'APPLICATION_COMMAND_DESCRIPTION_NOT_ALLOWED',
      'Context menu commands cannot have description',
    );
  }
  form.boolean('nsfw');
  form.boolean('dm_permission');
  checkOptions(form, 0);
}

function checkNames(form: Form, required: boolean, strict: boolean): void {
  const name = form.string('name', { min: 1, max: 32, required });
  const check = (target: Form, key: string, text: string) => {
    if (strict && !(commandName.test(text) && text === text.toLowerCase())) {
      target.fail(key, 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
    }
  };
  if (name) check(form, 'name', name);
  checkLocalizations(form, 'name_localizations', 32, check);
}

function checkDescriptions(form: Form, required: boolean): void {
  form.string('description', { min: 1, max: 100, required });
  checkLocalizations(form, 'description_localizations', 100);
}

function checkLocalizations(
  form: Form,
  key: string,
  max: number,
  more?: (form: Form, key: string, text: string) => void,
): void {
  const translations = form.object(key);
  for (const locale of Object.keys(translations?.value ?? {})) {
    if (!locales.has(locale)) {
      translations?.fail(locale, 'BASE_TYPE_CHOICES', `Value must be one of {${[...locales].join(', ')}}.`);
      continue;
    }
    const text = translations?.string(locale, { min: 1, max });
    if (translations && text) more?.(translations, locale, text);
  }
}

function checkOptions(parent: Form, depth: number): void {
  const options = parent.list('options', { max: 25 });
  const names = new Set<string>();
  let optionalSeen = false;
  let nested = 0;
  for (const option of options) {
    const type = option.integer('type', { min: 1, max: 11, required: true });
    checkNames(option, true, true);
    checkDescriptions(option, true);
    const name = String(option.value.name ?? '');
    if (names.has(name)) {
      option.fail(
        'name',
        'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
        'Option name already exists in options',
      );
    }
    names.add(name);
    const required = option.boolean('required') ?? false;
    if (type === O.Subcommand || type === O.SubcommandGroup) {
      nested += 1;
      const tooDeep = depth > (type === O.SubcommandGroup ? 0 : 1);
      if (tooDeep) {
        option.fail(
          'type',
          'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
          'Sub-command and sub-command group options are not allowed here',
        );
      } else checkOptions(option, type === O.SubcommandGroup ? 1 : 2);
      continue;
    }
    if (required && optionalSeen) {
      option.fail(
        'required',
        'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
        'Required options must be placed before non-required options',
      );
    }
    optionalSeen ||= !required;
    checkChoices(option, type);
  }
  if (nested > 0 && nested < options.length) {
    parent.fail(
      'options',
      'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
      'Sub-command and sub-command group option types are mutually exclusive to all other types',
    );
  }
}

function checkChoices(option: Form, type: number | null | undefined): void {
  const choices = option.list('choices', { max: 25 });
  if (choices.length > 0 && option.value.autocomplete === true) {
    option.fail(
      'autocomplete',
      'APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE',
      'autocomplete cannot be used with choices',
    );
  }
  if (choices.length > 0 && type !== O.String && type !== O.Integer && type !== O.Number) {
    option.fail(
      'choices',
      'APPLICATION_COMMAND_OPTIONS_CHOICES_TYPE_INVALID',
      'Choices are not allowed for this option type',
    );
  }
  for (const choice of choices) {
    choice.string('name', { min: 1, max: 100, required: true });
    if (type === O.String) choice.string('value', { max: 100, required: true });
    checkLocalizations(choice, 'name_localizations', 100);
  }
  if (type === O.String) {
    option.integer('min_length', { min: 0, max: 6000 });
    option.integer('max_length', { min: 1, max: 6000 });
  }
}

/** An option as Discord gives it back: without what was not set. */
export function readOptions(form: Form): APIApplicationCommandOption[] {
  return form.list('options').map((option) => {
    const nested = option.list('options');
    const kept = Object.entries(option.value).filter(
      ([key, value]) => value !== undefined && value !== null && !(key === 'required' && value === false),
    );
    const out: Record<string, unknown> = Object.fromEntries(kept);
    if (Array.isArray(out.choices) && out.choices.length === 0) delete out.choices;
    if (nested.length > 0) out.options = readOptions(option);
    return out as unknown as APIApplicationCommandOption;
  });
}
