/** Preloaded into a bridge (`bun --preload`): its time is CLOCK_OFFSET_MS milliseconds away from the machine's. */
const offset = Number(process.env.CLOCK_OFFSET_MS);
const Machine = Date;

class OffsetDate extends Machine {
  constructor(...given: unknown[]) {
    if (given.length === 0) super(Machine.now() + offset);
    else super(...(given as [number]));
  }
  static override now() {
    return Machine.now() + offset;
  }
}

globalThis.Date = OffsetDate as DateConstructor;
