/** How long tests and tours wait by default, in milliseconds. Generous: the machine may be busy with other tests. */
export const DEFAULT_WAIT_TIMEOUT_MS = 90_000;

/** Polls `find` and resolves with the first value that is not undefined, null or false; rejects after `timeoutMs`. */
export async function waitUntil<T>(
  find: () => T | undefined | null | false | Promise<T | undefined | null | false>,
  { timeoutMs = DEFAULT_WAIT_TIMEOUT_MS, what = 'it' }: { timeoutMs?: number; what?: string } = {},
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const found = await find();
    if (found !== undefined && found !== null && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`${what} did not happen in time`);
    await Bun.sleep(10);
  }
}
