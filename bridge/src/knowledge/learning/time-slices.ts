/** How long work may hold the event loop, and how long others then have it, in milliseconds. */
const SLICE_MS = 4;
const PAUSE_MS = 1;

/** Runs `work` to its end in slices, so that messages are answered meanwhile. */
export async function runInSlices<T>(work: Generator<void, T>): Promise<T> {
  for (;;) {
    const until = performance.now() + SLICE_MS;
    do {
      const step = work.next();
      if (step.done) return step.value;
    } while (performance.now() < until);
    await Bun.sleep(PAUSE_MS);
  }
}

/** Runs `work` to its end at once. */
export function runToEnd<T>(work: Generator<void, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
