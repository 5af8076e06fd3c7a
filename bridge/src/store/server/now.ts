/**
 * The server's clock in milliseconds since the epoch, in SQL: what decides between processes is measured by one clock, and
 * a process whose own is wrong by an hour loses nothing. `clock_timestamp`, because `now()` stands still in a transaction.
 */
export const NOW_MS = `(extract(epoch from clock_timestamp()) * 1000)::bigint`;
