import type { ColumnType } from 'kysely';

/** Milliseconds since the epoch. */
export type Millis = number;
/** JSON kept as text, so that both dialects store and return the very same bytes. */
export type Json = string;
/** Set once, when the row is written. */
export type Fixed<T> = ColumnType<T, T, never>;
