import { DiscordError } from '../errors.ts';

type Json = Record<string, unknown>;

/** Collects what is wrong with a request body in Discord's nested shape and reads its fields on the way.
 *  https://docs.discord.com/developers/reference#error-messages */
export interface Form {
  readonly value: Json;
  has(key: string): boolean;
  /** Notes an error at this form's path plus `key`; an empty key means the form itself. */
  fail(key: string, code: string, message: string): void;
  /** undefined where absent, null where null; wrong types and lengths are noted. */
  string(key: string, rules?: StringRules): string | null | undefined;
  integer(key: string, rules?: { min?: number; max?: number; required?: boolean }): number | null | undefined;
  boolean(key: string): boolean | null | undefined;
  /** One form for each entry; entries that are no objects are noted and left out. */
  list(key: string, rules?: { max?: number; min?: number }): Form[];
  /** The form of a nested object; undefined where absent, null or (noted) no object. */
  object(key: string): Form | undefined;
  /** Throws 50035 where anything was noted in this form or in one that came from it. */
  check(): void;
}

interface StringRules {
  min?: number;
  max?: number;
  required?: boolean;
  pattern?: RegExp;
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function readForm(body: unknown): Form {
  const errors: Json = {};
  if (!isObject(body)) {
    throw new DiscordError(50035, {
      _errors: [{ code: 'DICT_TYPE_CONVERT', message: 'Only dictionaries may be used in a DictType' }],
    });
  }
  return formAt(body, [], errors);
}

function formAt(value: Json, path: string[], errors: Json): Form {
  const form: Form = {
    value,
    has: (key) => value[key] !== undefined && value[key] !== null,
    fail(key, code, message) {
      let at = errors;
      for (const part of key ? [...path, key] : path) {
        at[part] ??= {};
        at = at[part] as Json;
      }
      at._errors = [...((at._errors as unknown[]) ?? []), { code, message }];
    },
    string(key, rules = {}) {
      const v = value[key];
      if (v === undefined || v === null) {
        if (rules.required) form.fail(key, 'BASE_TYPE_REQUIRED', 'This field is required');
        return v;
      }
      if (typeof v !== 'string') {
        form.fail(key, 'STRING_TYPE_CONVERT', 'Could not interpret as string.');
        return undefined;
      }
      const length = [...v].length;
      if (rules.min !== undefined && rules.max !== undefined && (length < rules.min || length > rules.max)) {
        if (length === 0 && rules.required) {
          form.fail(key, 'BASE_TYPE_REQUIRED', 'This field is required');
        } else {
          const range = `Must be between ${rules.min} and ${rules.max} in length.`;
          form.fail(key, 'BASE_TYPE_BAD_LENGTH', range);
        }
      } else if (rules.max !== undefined && length > rules.max) {
        form.fail(key, 'BASE_TYPE_MAX_LENGTH', `Must be ${rules.max} or fewer in length.`);
      } else if (rules.min !== undefined && length < rules.min) {
        form.fail(key, 'BASE_TYPE_MIN_LENGTH', `Must be ${rules.min} or more in length.`);
      } else if (rules.pattern && !rules.pattern.test(v)) {
        form.fail(key, 'STRING_TYPE_REGEX', 'String value did not match validation regex.');
      }
      return v;
    },
    integer(key, rules = {}) {
      const v = value[key];
      if (v === undefined || v === null) {
        if (rules.required) form.fail(key, 'BASE_TYPE_REQUIRED', 'This field is required');
        return v;
      }
      const n = typeof v === 'string' && /^-?\d+$/.test(v) ? Number(v) : v;
      if (typeof n !== 'number' || !Number.isInteger(n)) {
        form.fail(key, 'NUMBER_TYPE_COERCE', `Value "${String(v)}" is not int.`);
        return undefined;
      }
      if (rules.min !== undefined && n < rules.min) {
        form.fail(key, 'NUMBER_TYPE_MIN', `int value should be greater than or equal to ${rules.min}.`);
      }
      if (rules.max !== undefined && n > rules.max) {
        form.fail(key, 'NUMBER_TYPE_MAX', `int value should be less than or equal to ${rules.max}.`);
      }
      return n;
    },
    boolean(key) {
      const v = value[key];
      if (v === undefined || v === null || typeof v === 'boolean') return v;
      form.fail(key, 'BOOLEAN_TYPE_CONVERT', 'Must be either true or false.');
      return undefined;
    },
    list(key, rules = {}) {
      const v = value[key];
      if (v === undefined || v === null) {
        if (rules.min) form.fail(key, 'BASE_TYPE_REQUIRED', 'This field is required');
        return [];
      }
      if (!Array.isArray(v)) {
        form.fail(key, 'LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType');
        return [];
      }
      if ((rules.max !== undefined && v.length > rules.max) || (rules.min && v.length < rules.min)) {
        const low = rules.min ?? 0;
        form.fail(
          key,
          rules.min ? 'BASE_TYPE_BAD_LENGTH' : 'BASE_TYPE_MAX_LENGTH',
          rules.min
            ? `Must be between ${low} and ${rules.max ?? 'any'} in length.`
            : `Must be ${rules.max} or fewer in length.`,
        );
      }
      return v.flatMap((entry, index) => {
        const child = formAt(isObject(entry) ? entry : {}, [...path, key, String(index)], errors);
        if (isObject(entry)) return [child];
        child.fail('', 'DICT_TYPE_CONVERT', 'Only dictionaries may be used in a DictType');
        return [];
      });
    },
    object(key) {
      const v = value[key];
      if (v === undefined || v === null) return undefined;
      if (isObject(v)) return formAt(v, [...path, key], errors);
      form.fail(key, 'DICT_TYPE_CONVERT', 'Only dictionaries may be used in a DictType');
      return undefined;
    },
    check() {
      if (Object.keys(errors).length > 0) throw new DiscordError(50035, errors);
    },
  };
  return form;
}
