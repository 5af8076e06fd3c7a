/**
 * Makes payloads fit to be sent to others: what is not known to be harmless is replaced. Kept are the names of fields, numbers,
 * dates, words of the machine such as `onMessageAdded`, and Twilio's own sentences about errors. SIDs and Discord's ids are
 * numbered, so that it can still be seen which are the same.
 */
export function createRedactor(ownWords: readonly string[] = []) {
  const numbers = new Map<string, string>();

  function numbered(kind: string, value: string): string {
    const known = numbers.get(value);
    if (known) return known;
    const count = [...numbers.values()].filter((name) => name.startsWith(`(${kind} `)).length;
    const name = `(${kind} ${count + 1})`;
    numbers.set(value, name);
    return name;
  }

  /** Words of a machine with what could be anybody's taken out. */
  const inline = (text: string): string =>
    text
      .replace(/https?:\/\/[^\s"'<>]+/g, address)
      .replace(/[^\s@/]+@[^\s@]+\.[^\s@]+/g, '(mail)')
      .replace(/\b([A-Z]{2})[0-9a-f]{32}\b/g, (sid, kind: string) => numbered(kind, sid))
      .replace(/\b[\w-]{24,}(?:\.[\w-]{6,}){1,2}\b/g, '(secret)')
      .replace(/\b[0-9a-fA-F]{32,}\b/g, '(secret)')
      .replace(/\b\d{17,20}\b/g, (id) => numbered('id', id))
      .replace(/\+?\d[\d\s().-]{5,}\d/g, '(number)');

  function address(text: string): string {
    const url = URL.parse(text);
    if (!url) return '(address)';
    if (!KNOWN_HOSTS.test(url.hostname)) return '(address)';
    const path = url.pathname.split('/').map(segment).join('/');
    return `${url.protocol}//${url.hostname}${path}${url.search ? '?(query)' : ''}`;
  }

  const segment = (part: string): string =>
    part.length <= 40 && /^[A-Za-z][A-Za-z_.-]*$|^v\d+$|^$/.test(part) ? part : inlineOrHidden(part);
  const inlineOrHidden = (part: string): string => {
    const shown = inline(part);
    return shown === part ? '(part)' : shown;
  };

  function text(key: string, value: string): string {
    if (value === '' || ownWords.includes(value)) return value;
    if (/^(\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)|P(\d+D)?(T[\dHMS]+)?)$/.test(value)) return value;
    const parsed = asJson(value);
    if (parsed !== undefined) return JSON.stringify(redact(parsed));
    if (MACHINE_TEXTS.test(key)) return inline(value);
    if (/^https?:\/\//.test(value)) return address(value);
    if (/^([A-Z]{2}[0-9a-f]{32}|\d{17,20})$/.test(value)) return inline(value);
    if (
      !PEOPLES_TEXTS.test(key) &&
      /^([A-Za-z][A-Za-z_/:.-]{0,39}|-?\d{1,6})$/.test(value) &&
      !HEXADECIMAL.test(value)
    )
      return value;
    return `(${[...value].length} characters)`;
  }

  function redact(value: unknown, key = ''): unknown {
    if (typeof value === 'string') return text(key, value);
    if (Array.isArray(value)) return value.map((one) => redact(one, key));
    if (typeof value === 'number')
      return Number.isSafeInteger(value) && Math.abs(value) > 9_999_999 ? '(number)' : value;
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [
        /^[\w .:$-]{1,60}$/.test(name) ? inline(name) : '(name)',
        SECRETS.test(name) ? '(secret)' : redact(one, name),
      ]),
    );
  }

  return { redact: (value: unknown) => redact(value), inline };
}

const KNOWN_HOSTS = /^([\w-]+\.)*(twilio\.com|discord\.com|discordapp\.(com|net))$/;
/** A part of a hash or key that happens to have no digits. */
const HEXADECIMAL = /^[0-9a-f]{12,}$/i;
const SECRETS = /token|secret|password|authorization|signature|key_?pair|policy/i;
/** Twilio's own sentences. */
const MACHINE_TEXTS = /^(message|detail|more_info|reason|property_path)$/i;
/** What people write or are called. */
const PEOPLES_TEXTS =
  /body|content$|text|name|author|identity|address|from|title|topic|description|customer|mail|phone|nick|avatar|locale|bio/i;

/** An object or a list that was written as text. */
function asJson(value: string): unknown {
  if (!/^\s*[[{]/.test(value)) return undefined;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
}
