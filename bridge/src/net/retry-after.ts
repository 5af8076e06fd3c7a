import { SECOND_MS } from '@flexcord/shared/time';

/**
 * How long a `Retry-After` asks to wait, in milliseconds from `now` and at most `most`: it names seconds or a moment
 * (https://www.rfc-editor.org/rfc/rfc9110#field.retry-after). Undefined where it says neither, or nothing that is ahead.
 */
export function retryAfterMs(header: string | null, most: number, now = Date.now()): number | undefined {
  const text = header?.trim() ?? '';
  const wait = /^\d+(?:\.\d+)?$/.test(text)
    ? Number(text) * SECOND_MS
    : / GMT$/.test(text)
      ? Date.parse(text) - now
      : Number.NaN;
  return wait > 0 ? Math.min(wait, most) : undefined;
}
