import { analyse } from 'chardet';
import sniffEncoding from 'html-encoding-sniffer';

/** Bytes that are no text in any encoding that can be read. The message is the rest of a sentence that begins with their name. */
export class UndecodableText extends Error {
  override name = 'UndecodableText';
}

export interface TextBytes {
  /** Where such texts declare their encoding: in an XML declaration, in a `meta` element, or nowhere. */
  kind: 'xml' | 'html' | 'plain';
  /** The `Content-Type` header that came with them. */
  contentType?: string | null;
}

/** What a detection says below this, from 0 to 100, is a guess among many. */
const MIN_CONFIDENCE = 20;
/** Bytes that are looked at to detect an encoding: enough for its statistics. */
const SAMPLE_LENGTH = 64 * 1024;

/**
 * Bytes as text: by their byte order mark, else by the header, else by what the document itself declares; where that does
 * not fit, or nothing is declared, UTF-8 if they are UTF-8, else what they are most like. Without the byte order mark.
 * @throws UndecodableText
 */
export function decodeText(bytes: Uint8Array, { kind, contentType }: TextBytes): string {
  if (startsWith(bytes, [0xff, 0xfe, 0, 0]) || startsWith(bytes, [0, 0, 0xfe, 0xff]))
    throw new UndecodableText('is in UTF-32, which is not read. Save it as UTF-8.');
  const likely = [...encodingsOf(bytes, kind, contentType)];
  const whole = firstOf(likely, (encoding) => decoded(bytes, encoding));
  // A cut or damaged character does not make another encoding of the rest.
  const text = whole ?? firstOf(likely, (encoding) => nearlyDecoded(bytes, encoding));
  if (text !== null) return text;
  const found = bytes.includes(0) ? null : firstOf(detected(bytes), (encoding) => decoded(bytes, encoding));
  if (found !== null) return found;
  throw new UndecodableText(
    'is in no encoding that is known: it is not UTF-8, declares no other that fits, and none was recognised. Save it as UTF-8.',
  );
}

/** The likeliest first. */
function* encodingsOf(
  bytes: Uint8Array,
  kind: TextBytes['kind'],
  contentType: string | null | undefined,
): Generator<string> {
  const mark = MARKS.find(({ begin }) => startsWith(bytes, begin));
  if (mark) yield mark.encoding;
  const [, declared] = /;\s*charset\s*=\s*["']?([^\s"';,]+)/i.exec(contentType ?? '') ?? [];
  if (isSingleByte(declared) && hasUtf8(bytes)) yield 'utf-8';
  if (declared) yield declared;
  if (kind !== 'plain') {
    const sniffed = sniffEncoding(bytes, { xml: kind === 'xml', defaultEncoding: UNKNOWN });
    if (isSingleByte(sniffed) && hasUtf8(bytes)) yield 'utf-8';
    if (sniffed !== UNKNOWN) yield sniffed;
  }
  const wide = utf16Of(bytes);
  if (wide) yield wide;
  // Its bytes are those of ASCII.
  if (hasEscapes(bytes)) yield 'iso-2022-jp';
  yield 'utf-8';
}

/** In which every byte is a character, so that whatever is declared to be in it fits. */
const isSingleByte = (encoding: string | undefined): boolean =>
  /^(?:us-?ascii|(?:iso-?8859|windows|cp)-?\d+|latin-?\d|koi8-[ru]|macintosh)$/i.test(encoding ?? '');

/**
 * Servers declare such an encoding for all that they send, also for UTF-8, which no text in another one is by chance: behind a
 * letter with an accent stand the others of its word.
 */
const hasUtf8 = (bytes: Uint8Array): boolean =>
  bytes.some((byte) => byte > 0x7f) && decoded(bytes, 'utf-8') !== null;

const detected = (bytes: Uint8Array): string[] =>
  analyse(bytes.subarray(0, SAMPLE_LENGTH)).flatMap(({ name, confidence }) =>
    confidence >= MIN_CONFIDENCE ? [name] : [],
  );

function firstOf(encodings: readonly string[], read: (encoding: string) => string | null): string | null {
  for (const encoding of encodings) {
    const text = read(encoding);
    if (text !== null) return text;
  }
  return null;
}

const UNKNOWN = 'unknown';
const MARKS = [
  { begin: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { begin: [0xff, 0xfe], encoding: 'utf-16le' },
  { begin: [0xfe, 0xff], encoding: 'utf-16be' },
];

const startsWith = (bytes: Uint8Array, begin: readonly number[]) =>
  begin.every((byte, index) => bytes[index] === byte);

/** Null where the bytes are not in it, or nobody here knows it. */
function decoded(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding as 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Null where more than every tenth character beyond ASCII is lost. */
function nearlyDecoded(bytes: Uint8Array, encoding: string): string | null {
  let text: string;
  try {
    text = new TextDecoder(encoding as 'utf-8').decode(bytes);
  } catch {
    return null;
  }
  const lost = text.split('\uFFFD').length - 1;
  const others = text.match(/[\u0080-\uFFFC]/g)?.length ?? 0;
  return lost * 10 <= others ? text : null;
}

/** UTF-16 without a byte order mark: every other byte of Western text is 0, and no byte of any other text is. */
function utf16Of(bytes: Uint8Array): string | null {
  const sample = bytes.subarray(0, 4096);
  const zeros = [0, 0];
  for (let at = 0; at < sample.length; at++) if (sample[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const many = Math.max(3, sample.length / 2 / 4);
  if (odd > many && even < odd / 10) return 'utf-16le';
  return even > many && odd < even / 10 ? 'utf-16be' : null;
}

/** The escape to Japanese characters of ISO-2022-JP (https://www.rfc-editor.org/rfc/rfc1468). */
function hasEscapes(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(0x1b); at >= 0; at = bytes.indexOf(0x1b, at + 1))
    if (bytes[at + 1] === 0x24 && (bytes[at + 2] === 0x40 || bytes[at + 2] === 0x42)) return true;
  return false;
}
