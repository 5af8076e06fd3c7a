/** When this process began, on the clock of the machine, and the monotonic clock since. */
const began = Date.now() - performance.now();

/**
 * Milliseconds since the epoch by a clock that is never set: from the start of the process on it only goes forward, at
 * its own pace. For what decides, such as when something is due; a step of the machine's clock moves none of it.
 */
export const steadyNow = (): number => Math.round(began + performance.now());
