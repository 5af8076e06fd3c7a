import { truncate } from '@flexcord/shared/messages/truncate';

/** What nobody should tell everybody. */
export type SecretKind = 'token' | 'card' | 'mail' | 'phone';

export interface Secret {
  kind: SecretKind;
  /** In UTF-16 units; `end` is after its last. */
  start: number;
  end: number;
}

/** Longer than any message of Discord's, in UTF-16 units. */
const MAX_TEXT_LENGTH = 8_000;

/** What services hand out as keys, by the forms that they document or that their scanners look for. */
const TOKENS: readonly RegExp[] = [
  // Discord: the first part is an id in base64, which begins with M, N or O.
  /\b[MNO][\w-]{22,27}\.[\w-]{6,7}\.[\w-]{27,40}/g,
  /\bdiscord(?:app)?\.com\/api\/webhooks\/\d{17,20}\/[\w-]{60,80}/g,
  // https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github
  /\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_\w{22,255})/g,
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\bAIza[\w-]{35}/g,
  // https://docs.slack.dev/authentication/tokens
  /\bxox[abeprs]-[\w-]{10,255}/g,
  // https://docs.stripe.com/keys
  /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,255}/g,
  /\bsk-[\w-]{20,255}/g,
  // A JSON Web Token: two objects in base64 and a signature (https://www.rfc-editor.org/rfc/rfc7519).
  /\beyJ[\w-]{10,2000}\.eyJ[\w-]{10,4000}\.[\w-]{10,2000}/g,
  /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----(?:[\s\S]{0,6000}?-----END [A-Z ]{0,40}PRIVATE KEY-----)?/g,
];
/** "password: hunter2": a word for a secret, and something with letters and digits. */
const NAMED =
  /\b(?:password|passwd|pwd|api[ _-]?key|secret|access[ _-]?token|passwort|kennwort)\b|パスワード/gi;
const NAMED_VALUE =
  /^\s{0,3}(?:[:=：]|is\b|は|ist\b)\s{0,3}["'`「]?((?=\S{0,63}\d)(?=\S{0,63}[A-Za-z])[^\s"'`」]{6,64})/;

const MAIL = /[\p{L}\p{N}._%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}/gu;
/** Addresses of nobody in particular. */
const SHARED_MAIL =
  /^(?:support|help|info|contact|hello|no-?reply|sales|press|security|privacy|abuse|legal|billing)@|@(?:[\w-]+\.)?example\.(?:com|net|org)$/i;

/** Digits with single spaces or hyphens between them. */
const DIGITS = /(?<![\d\p{L}.@#-])\d(?:[ -]?\d){12,18}(?![\d\p{L}]|[.-]\d)/gu;
/** Lengths and first digits of the large issuers (https://www.iso.org/standard/70484.html). */
const CARD =
  /^(?:4(?:\d{12}|\d{15})|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11}|6(?:011|5\d\d|4[4-9]\d)\d{12}|35\d{14})$/;

/** Where numbers mean something else: addresses of pages, mentions, code of colours. */
const NOT_NUMBERS = /https?:\/\/\S{1,2000}|<[@#:a][^>\s]{1,100}>|\b\d{17,20}\b/g;

/** The last digit of a card's number checks the others (ISO/IEC 7812-1, Luhn). */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (const [place, digit] of [...digits].reverse().entries()) {
    const value = Number(digit) * (place % 2 === 1 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return digits.length > 0 && sum % 10 === 0;
}

/** What in a text looks like something that nobody should tell everybody, in order, none overlapping another. */
export function findSecrets(text: string): Secret[] {
  const looked = truncate(text, MAX_TEXT_LENGTH);
  const found: Secret[] = [];
  const add = (kind: SecretKind, start: number, end: number) => {
    if (found.every((other) => end <= other.start || start >= other.end)) found.push({ kind, start, end });
  };
  for (const pattern of TOKENS)
    for (const { index, 0: match } of looked.matchAll(pattern)) add('token', index, index + match.length);
  for (const { index, 0: name } of looked.matchAll(NAMED)) {
    const after = index + name.length;
    const value = NAMED_VALUE.exec(looked.slice(after, after + 120));
    if (value?.[1]) add('token', after + value[0].length - value[1].length, after + value[0].length);
  }
  for (const { index, 0: match } of looked.matchAll(MAIL))
    if (!SHARED_MAIL.test(match)) add('mail', index, index + match.length);
  // As long as before, so that places stay what they are.
  const numbers = looked.replace(NOT_NUMBERS, (match) => ' '.repeat(match.length));
  for (const { index, 0: match } of numbers.matchAll(DIGITS)) {
    const digits = match.replace(/\D/g, '');
    if (CARD.test(digits) && passesLuhn(digits)) add('card', index, index + match.length);
  }
  for (const { startsAt, endsAt } of phonesIn(numbers)) add('phone', startsAt, endsAt);
  return found.sort((one, other) => one.start - other.start);
}

/** The plans of all countries take two megabytes of memory, and many bridges serve nothing in public. */
const phones = (): typeof import('libphonenumber-js') => require('libphonenumber-js');

/** Numbers that somebody could be called by: with the code of a country, or as they are written in Japan and North America. */
function phonesIn(text: string): { startsAt: number; endsAt: number }[] {
  const { findPhoneNumbersInText } = phones();
  const found: { startsAt: number; endsAt: number }[] = [];
  for (const { startsAt, endsAt } of findPhoneNumbersInText(text)) found.push({ startsAt, endsAt });
  for (const { index, 0: match } of text.matchAll(NATIONAL)) {
    const [country] = match.startsWith('0') ? (['JP'] as const) : (['US'] as const);
    const [phone] = findPhoneNumbersInText(match, country);
    if (phone?.number.isValid() && phone.endsAt - phone.startsAt === match.length)
      found.push({ startsAt: index, endsAt: index + match.length });
  }
  return found;
}
/** Groups with signs between them; digits in a row are more often an order than a telephone. */
const NATIONAL =
  /(?<![\d\p{L}+.-])(?:0\d{1,4}-\d{1,4}-\d{3,4}|\(\d{3}\) ?\d{3}-\d{4}|\d{3}-\d{3}-\d{4})(?![\d\p{L}-])/gu;

/** The kinds that a text holds, each once. */
export const kindsIn = (text: string): SecretKind[] => [
  ...new Set(findSecrets(text).map(({ kind }) => kind)),
];

/** A text with words in the place of what nobody should read. */
export function withoutSecrets(text: string, words: Record<SecretKind, string>): string {
  let left = truncate(text, MAX_TEXT_LENGTH);
  for (const { kind, start, end } of findSecrets(left).reverse())
    left = `${left.slice(0, start)}[${words[kind]}]${left.slice(end)}`;
  return left;
}
