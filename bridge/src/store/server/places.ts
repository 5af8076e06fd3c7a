import type pg from 'pg';
import type { Places } from '../places.ts';
import { NOW_MS } from './now.ts';

/** Nobody takes places so far ahead, in milliseconds: what was taken beyond was taken before the server's clock was set back. */
const MAX_AHEAD_MS = 10_000;

/**
 * A row of `leases` that nobody holds says until when a limit is given out. Not waited for to be on disk: after a crash of
 * the server the places of its last moments are forgotten, whose requests are made.
 */
const TAKE = `
  with quick as (select set_config('synchronous_commit', 'off', true)),
       taken as (
         insert into leases (name, owner, epoch, lease_until)
         select $1, '', 1, ${NOW_MS} + $2 from quick
         on conflict (name) do update set lease_until = $2 +
           case when leases.lease_until between ${NOW_MS} and ${NOW_MS} + ${MAX_AHEAD_MS}
             then leases.lease_until else ${NOW_MS} end
         returning lease_until)
  select greatest(0, lease_until - $2 - ${NOW_MS})::int as wait from taken`;

/** Places under limits, given out by the server in the order in which it is asked. */
export function createPlaces(pool: pg.Pool): Places {
  return {
    async take(limit, count, everyMs) {
      const { rows } = await pool.query<{ wait: number }>({
        name: 'take places',
        text: TAKE,
        values: [`limit ${limit}`, Math.ceil(count * everyMs)],
      });
      return rows[0]?.wait ?? 0;
    },
  };
}
