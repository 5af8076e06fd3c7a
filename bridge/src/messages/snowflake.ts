/** Discord snowflakes count milliseconds from here (https://docs.discord.com/developers/reference#snowflakes). */
const DISCORD_EPOCH = 1_420_070_400_000;

/** The smallest id of what was made at `at`, in milliseconds since the epoch, or later. */
export const snowflakeAt = (at: number): string =>
  (BigInt(Math.max(Math.trunc(at) - DISCORD_EPOCH, 0)) << 22n).toString();

/** Oldest first; ids are numbers of up to 20 digits. */
export const compareSnowflakes = (a: string, b: string): number =>
  a === b ? 0 : BigInt(a) < BigInt(b) ? -1 : 1;

/** When what has this id was made, in milliseconds since the epoch; undefined where it is no id of Discord's. */
export const madeAt = (id: string): number | undefined =>
  /^\d{1,20}$/.test(id) ? snowflakeTime(id) : undefined;

/** When what has this id was made, in milliseconds since the epoch. */
export const snowflakeTime = (id: string): number => Number(BigInt(id) >> 22n) + DISCORD_EPOCH;
