/**
 * Loaded before a bridge under chaos: its wall clock is off by the milliseconds in the file that FLEXCORD_CHAOS_CLOCK
 * names, one 64-bit float, which is mapped so that a step takes effect at once, in each of its threads. Monotonic clocks and
 * timers are left alone, as by a step of the real clock.
 */
const file = process.env.FLEXCORD_CHAOS_CLOCK;
if (file) {
  const bytes = Bun.mmap(file, { shared: true });
  const offset = new Float64Array(bytes.buffer, bytes.byteOffset, 1);
  const RealDate = Date;
  const realNow = Date.now.bind(Date);
  const now = () => realNow() + (offset[0] ?? 0);
  RealDate.now = now;
  const shifted = new Proxy(RealDate, {
    construct: (target, given, newTarget) =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
    apply: () => new RealDate(now()).toString(),
  });
  RealDate.prototype.constructor = shifted;
  globalThis.Date = shifted;
  // Bun gives threads nothing of what a process was told to load first.
  globalThis.Worker = class extends Worker {
    constructor(script: string | URL, options?: WorkerOptions) {
      super(script, { ...options, preload: import.meta.path });
    }
  } as typeof Worker;
}
