import { DAY_MS } from '@flexcord/shared/time';
/** One environment variable: what it is for, what it may hold, and the typed value that the bridge works with. */
export interface Setting<T> {
  /** What it is for, in one line. */
  about: string;
  /** What a good value looks like; it ends the sentence about a bad one. */
  wants: string;
  /** The value is never printed. */
  secret?: true;
  /** Shown in `.env.example` for a required variable. */
  example?: string;
  /** Taken where the variable is absent or empty, as an operator would write it. */
  fallback?: string;
  /** The value where the variable is absent or empty and there is no fallback. Without either, it is required. */
  absent?: T;
  /** Former names, read with a warning until the next version. */
  formerly?: readonly string[];
  /** The typed value; undefined for a malformed text. */
  parse(raw: string): T | undefined;
}

/** What a kind of value brings to a setting. */
type Kind<T> = Pick<Setting<T>, 'wants' | 'parse'>;

/** Checks one setting and keeps its type. */
export const setting = <T>(given: Setting<T>): Setting<T> => given;

const either = new Intl.ListFormat('en-GB', { type: 'disjunction' });

export const matching = (pattern: RegExp) => (raw: string) => (pattern.test(raw) ? raw : undefined);

/** A Twilio SID that starts with these two letters. */
export const sid = (prefix: string): Kind<string> => ({
  wants: `${prefix} and 32 hexadecimal digits`,
  parse: matching(new RegExp(`^${prefix}[0-9a-f]{32}$`)),
});

/** One of these words, which is the value. */
export const oneOf = <T extends string>(...words: readonly T[]): Kind<T> => ({
  wants: either.format(words),
  parse: (raw) => words.find((word) => word === raw),
});

/** One of these words, each with its value. */
export const choice = <T>(values: Readonly<Record<string, T>>): Kind<T> => ({
  wants: either.format(Object.keys(values)),
  parse: (raw) => (Object.hasOwn(values, raw) ? values[raw] : undefined),
});

export const flag = choice({ true: true, false: false });

/** A whole number of a unit, the bounds included. */
export const whole = (least: number, most: number, unit?: string): Kind<number> => ({
  wants: `a whole number ${unit ? `of ${unit} ` : ''}from ${least} to ${most}`,
  parse(raw) {
    const value = Number(raw);
    return Number.isInteger(value) && value >= least && value <= most ? value : undefined;
  },
});

const MILLISECONDS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: DAY_MS };
const DAYS = { d: 1, w: 7 };

/** The largest of the units in which this is a whole number, with it. */
function inUnits(value: number, units: Readonly<Record<string, number>>): string {
  const found = Object.entries(units).findLast(([, size]) => value >= size && value % size === 0);
  return found ? `${value / found[1]}${found[0]}` : String(value);
}

/** A length of time: a plain number of the first unit, or a number and a unit such as 30m or 1.5h. */
const duration = (
  least: number,
  most: number,
  units: Readonly<Record<string, number>>,
  plain: string,
): Kind<number> => ({
  wants: `a time from ${inUnits(least, units)} to ${inUnits(most, units)}, with one of the units ${Object.keys(units).join(', ')} or as a number of ${plain}`,
  parse(raw) {
    const [, digits, unit] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(raw) ?? [];
    const size = unit === '' ? 1 : units[(unit ?? '').toLowerCase()];
    const value = Math.round(Number(digits) * (size ?? Number.NaN) * 1000) / 1000;
    return Number.isInteger(value) && value >= least && value <= most ? value : undefined;
  },
});

/** Given as 30m, 2h and the like, or as a plain number of milliseconds. */
export const milliseconds = (least: number, most: number) =>
  duration(least, most, MILLISECONDS, 'milliseconds');
/** Given as 30d, 4w, or as a plain number of days. */
export const days = (least: number, most: number) => duration(least, most, DAYS, 'days');

/** Parts joined by commas, each in this form and each once; undefined where one is not in this form. */
export const listOf =
  <T>(parsePart: (part: string) => T | undefined) =>
  (raw: string): T[] | undefined => {
    const parts = raw.split(',').map((part) => parsePart(part.trim()));
    return parts.every((part) => part !== undefined) ? [...new Set(parts)] : undefined;
  };

/** `name=value` pairs joined by commas, each name once; undefined where a part is not in its form. */
export const pairsOf =
  <Name extends string, Value>(
    parseName: (part: string) => Name | undefined,
    parseValue: (part: string) => Value | undefined,
  ) =>
  (raw: string): [Name, Value][] | undefined => {
    const pairs = raw.split(',').map((part): [Name, Value] | undefined => {
      const [name, value] = part.split('=').map((piece) => piece.trim());
      const [given, meant] = [parseName(name ?? ''), parseValue(value ?? '')];
      return given === undefined || meant === undefined ? undefined : [given, meant];
    });
    const known = pairs.filter((pair) => pair !== undefined);
    const isGood =
      known.length === pairs.length && new Set(known.map(([name]) => name)).size === known.length;
    return isGood ? known : undefined;
  };

/** `name=value` pairs joined by commas, the values percent-encoded, as OpenTelemetry has them. */
export function headerList(raw: string): Record<string, string> | undefined {
  const pairs = raw.split(',').map((pair) => /^\s*([\w-]+)\s*=\s*(\S.*?)\s*$/.exec(pair));
  if (!pairs.every((pair) => pair !== null)) return undefined;
  try {
    return Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, decodeURIComponent(value)]));
  } catch {
    return undefined;
  }
}

/** A share, from 0 to 1. */
export function share(raw: string): number | undefined {
  const value = Number(raw);
  return raw !== '' && value >= 0 && value <= 1 ? value : undefined;
}

/** An address with one of these protocols, without slashes at its end, so that a path can follow. */
export const url =
  (...protocols: string[]) =>
  (raw: string) => {
    const parsed = URL.parse(raw);
    return parsed && protocols.includes(parsed.protocol) ? withoutSlash(raw) : undefined;
  };

const withoutSlash = (address: string) => address.replace(/\/+$/, '');
const THIS_MACHINE = ['localhost', '127.0.0.1', '[::1]'];
/** Plain http is accepted for this machine only. */
const isSafe = ({ protocol, hostname }: URL) =>
  protocol === 'https:' || (protocol === 'http:' && THIS_MACHINE.includes(hostname));

/** An https address; plain http for this machine only. Without slashes at its end. */
export function urlOrLocal(raw: string): string | undefined {
  const parsed = URL.parse(raw);
  return parsed && isSafe(parsed) ? withoutSlash(raw) : undefined;
}

/** An https address without a password in it, as it was written; plain http for this machine only. */
export function webAddress(raw: string): string | undefined {
  const parsed = URL.parse(raw);
  return parsed && isSafe(parsed) && !parsed.username && !parsed.password ? raw : undefined;
}

/** A web origin; plain http for this machine only. */
export function origin(raw: string): string | undefined {
  const given = raw.replace(/\/$/, '');
  const parsed = URL.parse(given);
  return parsed?.origin === given && isSafe(parsed) ? given : undefined;
}
