import { oneLine } from './one-line.ts';
import { truncate } from './truncate.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const CONTROL = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/g;
/** Marks that turn the direction of what stands beside them, too: `gnp.exe` is read as `exe.png` (https://www.unicode.org/reports/tr9/). */
const DIRECTION = /[\u202a-\u202e\u2066-\u2069]/g;

/** What somebody called themselves or a file, as one line that reads as it is written; empty where nothing of it is seen. */
export function label(given: string, most = 200): string {
  const words = oneLine(given.replace(CONTROL, '').replace(DIRECTION, ''));
  return /[^\p{Cf}\p{Mn}\s]/u.test(words) ? truncate(words, most, { ellipsis: '…' }) : '';
}
