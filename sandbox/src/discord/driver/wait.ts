import type { World } from '../state/world.ts';

/**
 * Resolves with the first value that `look` finds, now or after any later change in the world.
 * Rejects after `timeoutMs` (default 20,000) with a sentence that names what was awaited.
 */
export function waitFor<T>(
  world: World,
  look: () => T | undefined,
  what: string,
  timeoutMs = 20_000,
): Promise<T> {
  const now = look();
  if (now !== undefined) return Promise.resolve(now);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      unsubscribe();
      reject(new Error(`Waited ${timeoutMs} ms in vain for ${what}.`));
    }, timeoutMs);
    const unsubscribe = world.subscribe(() => {
      const found = look();
      if (found === undefined) return;
      clearTimeout(timer);
      unsubscribe();
      resolve(found);
    });
  });
}
