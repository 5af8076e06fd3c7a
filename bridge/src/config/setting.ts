/** One environment variable. */
export interface Setting<T> {
  /** One line: what it is for. */
  about: string;
  /** What a good value looks like, for the message about a bad one. */
  wants: string;
  /** Never printed. */
  secret?: true;
  example?: string;
  /** Used when the variable is absent or empty; a setting without one is required. */
  fallback?: T;
  /** Throws, or returns undefined, for a bad value. */
  parse(raw: string): T | undefined;
}

export const matching = (pattern: RegExp) => (raw: string) => (pattern.test(raw) ? raw : undefined);
export const sid = (prefix: string) => matching(new RegExp(`^${prefix}[0-9a-f]{32}$`));
export const oneOf =
  <T extends string>(...values: T[]) =>
  (raw: string) =>
    values.find((value) => value === raw);
/** An address with one of these protocols, without slashes at its end. */
export const url =
  (...protocols: string[]) =>
  (raw: string) => {
    const parsed = URL.parse(raw);
    return parsed && protocols.includes(parsed.protocol) ? raw.replace(/\/+$/, '') : undefined;
  };
const isLocal = (hostname: string) => ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
/** An https address; plain http for this machine only. */
export const urlOrLocal = (raw: string) => {
  const parsed = URL.parse(raw);
  const local = parsed && isLocal(parsed.hostname);
  return url(...(local ? ['https:', 'http:'] : ['https:']))(raw);
};
/** Web origins joined by commas; plain http for this machine only. */
export const origins = (raw: string) => {
  const given = raw.split(',').map((part) => part.trim().replace(/\/$/, ''));
  const good = given.every((part) => {
    const parsed = URL.parse(part);
    if (!parsed || parsed.origin !== part) return false;
    return parsed.protocol === 'https:' || (parsed.protocol === 'http:' && isLocal(parsed.hostname));
  });
  return good ? given.join(',') : undefined;
};
/** Addresses joined by commas; plain http for this machine only. */
export const webAddresses = (raw: string) => {
  const given = raw.split(',').map((part) => part.trim());
  const good = given.every((part) => {
    const parsed = URL.parse(part);
    if (!parsed || parsed.username || parsed.password) return false;
    return parsed.protocol === 'https:' || (parsed.protocol === 'http:' && isLocal(parsed.hostname));
  });
  return good ? given.join(',') : undefined;
};
/** A whole number, the bounds included. */
export const whole = (least: number, most: number) => (raw: string) => {
  const value = Number(raw);
  return Number.isInteger(value) && value >= least && value <= most ? value : undefined;
};
