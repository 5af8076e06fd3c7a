import { DEFAULT_WAIT_TIMEOUT_MS } from '../../wait-until.ts';
import type { DiscordState } from '../state/state.ts';

/**
 * Resolves with the first value that `look` finds, now or after any later change of the state.
 * Rejects after `timeoutMs` with an error that names `what`.
 */
export function waitFor<T>(
  state: DiscordState,
  look: () => T | undefined,
  what: string,
  timeoutMs = DEFAULT_WAIT_TIMEOUT_MS,
): Promise<T> {
  const now = look();
  if (now !== undefined) return Promise.resolve(now);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      unsubscribe();
      reject(new Error(`Waited ${timeoutMs} ms in vain for ${what}.`));
    }, timeoutMs);
    const unsubscribe = state.subscribe(() => {
      const found = look();
      if (found === undefined) return;
      clearTimeout(timer);
      unsubscribe();
      resolve(found);
    });
  });
}
