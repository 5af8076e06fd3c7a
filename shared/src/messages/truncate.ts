/** `utf16` as JavaScript, Discord and TypeBox count; `characters` as a reader does; `bytes` of UTF-8, as Twilio does. */
export type TextUnit = 'utf16' | 'characters' | 'bytes';

export interface TruncateOptions {
  /** What `limit` counts. Default `utf16`. */
  unit?: TextUnit;
  /** Stands where a longer text was cut, and counts. Default none. */
  ellipsis?: string;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const encoder = new TextEncoder();
/** UTF-8 never takes more bytes for one UTF-16 unit. */
const MAX_BYTES_PER_UTF16_UNIT = 3;

/**
 * The beginning of `text`, at most `limit` units with its ellipsis. Never cuts inside a grapheme cluster: an emoji, a
 * flag or a letter with its marks is whole or absent, so a single cluster above the limit leaves nothing. The result is
 * well-formed whatever `text` is: PostgreSQL and Discord refuse half of a surrogate pair.
 */
export function truncate(
  text: string,
  limit: number,
  { unit = 'utf16', ellipsis = '' }: TruncateOptions = {},
): string {
  const whole = text.toWellFormed();
  if (utf16Within(whole, limit, unit) >= whole.length) return whole;
  const room = limit - sizeOf(ellipsis, unit);
  if (room < 0) return '';
  return whole.slice(0, boundaryBefore(whole, utf16Within(whole, room, unit))) + ellipsis;
}

/** The end of `text`, at most `limit` UTF-16 units with the ellipsis before it, cut as `truncate` cuts. */
export function truncateStart(
  text: string,
  limit: number,
  { ellipsis = '' }: Pick<TruncateOptions, 'ellipsis'> = {},
): string {
  const whole = text.toWellFormed();
  if (whole.length <= limit) return whole;
  const room = limit - ellipsis.length;
  if (room < 0) return '';
  return ellipsis + whole.slice(boundaryAfter(whole, whole.length - room));
}

/**
 * Texts of at most `limit` units (at least 4) that make up `text`; none for an empty one. Only a cluster above the limit
 * is cut, between code points.
 */
export function splitText(
  text: string,
  limit: number,
  { unit = 'utf16' }: Pick<TruncateOptions, 'unit'> = {},
): string[] {
  const parts: string[] = [];
  for (let rest = text.toWellFormed(); rest !== ''; ) {
    const fitting = Math.min(utf16Within(rest, limit, unit), rest.length);
    const end = boundaryBefore(rest, fitting) || codePointBefore(rest, fitting);
    parts.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return parts;
}

function sizeOf(text: string, unit: TextUnit): number {
  switch (unit) {
    case 'utf16':
      return text.length;
    case 'characters':
      return [...graphemes.segment(text)].length;
    case 'bytes':
      return encoder.encode(text).length;
  }
}

/** How many UTF-16 units of `text`, from its beginning, are at most `limit` units of `unit`. */
function utf16Within(text: string, limit: number, unit: TextUnit): number {
  switch (unit) {
    case 'utf16':
      return limit;
    case 'characters': {
      if (text.length <= limit) return text.length;
      let count = 0;
      for (const { index } of graphemes.segment(text)) if (count++ === limit) return index;
      return text.length;
    }
    case 'bytes':
      return text.length * MAX_BYTES_PER_UTF16_UNIT <= limit
        ? text.length
        : encoder.encodeInto(text, new Uint8Array(limit)).read;
  }
}

/** The last boundary between clusters that is not behind `at`. */
const boundaryBefore = (text: string, at: number): number => clusterAt(text, at)?.index ?? text.length;

/** The last boundary between code points that is not behind `at`. */
const codePointBefore = (text: string, at: number): number =>
  (text.codePointAt(at - 1) ?? 0) > 0xffff ? at - 1 : at;

/** The first boundary between clusters that is not before `at`. */
function boundaryAfter(text: string, at: number): number {
  const cluster = clusterAt(text, at);
  if (!cluster) return text.length;
  return cluster.index === at ? at : cluster.index + cluster.segment.length;
}

/** Undefined behind the end. */
const clusterAt = (text: string, at: number): Intl.SegmentData | undefined =>
  graphemes.segment(text).containing(at);
