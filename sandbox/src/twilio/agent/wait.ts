import { DEFAULT_WAIT_TIMEOUT_MS } from '../../wait-until.ts';
import type { TwilioState } from '../state.ts';

export interface WaitOptions {
  /** Default DEFAULT_WAIT_TIMEOUT_MS. */
  timeoutMs?: number;
  /** Named in the error when it does not come true. */
  what?: string;
}

/**
 * Resolves with the first value of `look` that is neither undefined, null nor false; looks again after everything that
 * happens in the stand-in. Rejects after the time-out.
 */
export function waitFor<Value>(
  state: TwilioState,
  look: () => Value | undefined | null | false,
  { timeoutMs = DEFAULT_WAIT_TIMEOUT_MS, what = 'the condition' }: WaitOptions = {},
): Promise<Value> {
  return new Promise((resolve, reject) => {
    let stop = () => {};
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`Twilio stand-in: ${what} did not come true within ${timeoutMs} ms`));
    }, timeoutMs);
    const check = () => {
      const found = look();
      if (found === undefined || found === null || found === false) return;
      stop();
      clearTimeout(timer);
      resolve(found);
    };
    stop = state.events.onAny(check);
    check();
  });
}
