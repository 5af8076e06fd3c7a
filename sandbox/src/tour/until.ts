/** Resolves with what `look` finds, now or later; rejects after `timeoutMs`. */
export async function until<T>(
  look: () => T | undefined | null | false | Promise<T | undefined | null | false>,
  { timeoutMs = 15_000, what = 'it' }: { timeoutMs?: number; what?: string } = {},
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== null && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`${what} did not happen in time`);
    await Bun.sleep(10);
  }
}
