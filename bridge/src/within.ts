/** Rejects when `work` takes longer than `ms` milliseconds, whatever it does with a signal it was given. */
export function within<T>(ms: number, work: Promise<T>): Promise<T> {
  // Somebody may have stopped to listen when it fails in the end.
  work.catch(() => {});
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('too late')), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
