import type pg from 'pg';
import type { Place, Places } from '../places.ts';
import { NOW_MS } from './now.ts';

/** Nobody takes places so far ahead, in milliseconds: what was taken beyond was taken before the server's clock was set back. */
const MAX_AHEAD_MS = 10_000;

/**
 * Parameters: the name, how many places in how many milliseconds, the gap, how many are taken, which ones are given back,
 * and how far ahead the first is. The row is locked by its update, so processes take one after the other. Not waited for to be on disk: after a crash
 * of the server the places of its last moments are forgotten, whose requests are made.
 */
const TAKE = `
  with quick as (select set_config('synchronous_commit', 'off', true))
  update limits set given = (
    with recursive taken(n, now, times) as (
      select 0, now, array(
        select time from unnest(string_to_array(limits.given, ',')::bigint[]) as time
        where time > now - 2 * $3::bigint and time < now + ${MAX_AHEAD_MS} and time <> all($6::bigint[])
        order by time)
      from (select ${NOW_MS} as now) clock
      union all
      select n + 1, now, times || greatest(now + $7::int, times[cardinality(times)] + $4::bigint,
        times[cardinality(times) + 1 - $2::int] + $3::bigint)
      from taken where n < $5::int)
    select array_to_string(times[greatest(1, cardinality(times) + 1 - $2::int):], ',')
    from taken order by n desc limit 1)
  from quick
  where name = $1
  returning given, ${NOW_MS} as now`;

/** With these and the next ones asked for meanwhile, an answer may take as long as several places. */
const BATCH = 4;

const BEGIN = `insert into limits (name, given) values ($1, '') on conflict do nothing`;

/** How much two clocks drift apart, as a share of the time: a clock that is set right is slewed by no more (`man adjtimex`). */
const MAX_DRIFT = 500e-6;
/** The server's time is given in whole milliseconds. */
const ROUNDING_MS = 1;
/** The clocks are compared again, a few times, until it is known as closely as this how far they are apart. */
const CLOCK_WIDTH_MS = 5;
const MAX_COMPARISONS = 3;

/**
 * Places under limits, given out by the server in the order in which it is asked. Its clock is compared with ours by all
 * answers, since one that this process was late to read says little of when it was given.
 */
export function createPlaces(pool: pg.Pool): Places {
  /** Between which two values the server's clock is ahead of ours. */
  let ahead = { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY, since: 0 };

  function compareClocks(server: number, asked: number, answered: number): void {
    const seen = { least: server - answered, most: server + ROUNDING_MS - asked, since: answered };
    const drift = (answered - ahead.since) * MAX_DRIFT;
    const both = {
      least: Math.max(ahead.least - drift, seen.least),
      most: Math.min(ahead.most + drift, seen.most),
      since: answered,
    };
    // Where they exclude each other, it was set.
    ahead = both.least > both.most ? seen : both;
  }

  async function look(): Promise<void> {
    const asked = performance.now();
    const { rows } = await pool.query<{ now: number }>(`select ${NOW_MS} as now`);
    if (rows[0]) compareClocks(rows[0].now, asked, performance.now());
  }

  async function update(values: unknown[]): Promise<number[] | null> {
    const asked = performance.now();
    const { rows } = await pool.query<{ given: string; now: number }>({
      name: 'take places',
      text: TAKE,
      values,
    });
    const [taken] = rows;
    if (!taken) return null;
    compareClocks(taken.now, asked, performance.now());
    return taken.given.split(',').map(Number);
  }

  return {
    batch: BATCH,
    async take({ name, places, windowMs, gapMs }, count, unused, leadMs) {
      const values = [name, places, Math.ceil(windowMs), Math.ceil(gapMs), count, [...unused], leadMs];
      let given = await update(values);
      if (!given) {
        await pool.query(BEGIN, [name]);
        given = await update(values);
      }
      for (let n = 0; n < MAX_COMPARISONS && ahead.most - ahead.least > CLOCK_WIDTH_MS; n += 1) await look();
      const lead = (ahead.least + ahead.most) / 2;
      return (given ?? []).slice(-count).map((id): Place => ({ id, at: id - lead }));
    },
  };
}
