/** Discord counts milliseconds from here (https://docs.discord.com/developers/reference#snowflakes). */
const EPOCH = 1_420_070_400_000;

let last = 0n;

/** A snowflake of now, larger than every one before it. */
export function snowflake(now = Date.now()): string {
  const wanted = BigInt(now - EPOCH) << 22n;
  last = wanted > last ? wanted : last + 1n;
  return last.toString();
}

/** When a snowflake was made, in milliseconds since the epoch. */
export const madeAt = (id: string): number => Number(BigInt(id) >> 22n) + EPOCH;
