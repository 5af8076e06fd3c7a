/** The first millisecond of 2015, from which every snowflake counts. https://docs.discord.com/developers/reference#snowflakes */
const DISCORD_EPOCH = 1_420_070_400_000;

/** The stand-in's source of time; tests may replace it. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
}

/** Makes unique, ever-growing snowflakes that carry the clock's time, as Discord's ids do. */
export function snowflakes(clock: Clock): () => string {
  let last = 0n;
  return () => {
    const earliest = BigInt(Math.max(0, clock.now() - DISCORD_EPOCH)) << 22n;
    last = earliest > last ? earliest : last + 1n;
    return last.toString();
  };
}

export function isSnowflake(value: unknown): value is string {
  return typeof value === 'string' && /^\d{1,20}$/.test(value);
}

/** Milliseconds since the Unix epoch at which an id was made. */
export function snowflakeTime(id: string): number {
  return Number(BigInt(id) >> 22n) + DISCORD_EPOCH;
}

/** An id of an entity that should look as if it had been made at `time` (milliseconds since the Unix epoch). */
export function snowflakeAt(time: number, increment: number): string {
  return ((BigInt(Math.max(0, time - DISCORD_EPOCH)) << 22n) + BigInt(increment % 4096)).toString();
}

export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
