import pg from 'pg';
import type { Notices, Topic, TopicListener } from '../notices.ts';

const MIN_WAIT_MS = 100;
const MAX_WAIT_MS = 2_000;
/** A connection that went silent is noticed by a question of our own this often. */
const PROBE_MS = 10_000;
const CHANNELS: Record<Topic, string> = { work: 'flexcord_work', live: 'flexcord_live' };

/**
 * Notices between processes, as notifications of PostgreSQL: all who listen hear those of a channel in the same order,
 * that of the commits (https://www.postgresql.org/docs/current/sql-notify.html). They are heard on one connection of
 * their own. Those sent while it was down are lost, which its listeners are told once it is back.
 */
export function createNotices(
  pool: pg.Pool,
  config: pg.ClientConfig,
): Notices & {
  stop(): Promise<void>;
} {
  const listeners = new Map<string, Set<TopicListener>>();
  let stopped = false;
  let client: pg.Client | undefined;
  let connecting: Promise<void> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = MIN_WAIT_MS;

  /** Rejects where no connection came about; one that did is made anew when it is lost, once. */
  async function connect(): Promise<void> {
    const own = new pg.Client(config);
    let state: 'connecting' | 'listening' | 'over' = 'connecting';
    const end = () => {
      const wasListening = state === 'listening';
      state = 'over';
      clearInterval(probe);
      own.removeAllListeners('notification');
      own.end().catch(() => {});
      if (client === own) client = undefined;
      // A connection that fails while it is made tells so by an event and by a rejection; the latter is answered.
      if (wasListening && !stopped) again();
    };
    const probe = setInterval(() => own.query('select 1').catch(end), PROBE_MS);
    own.on('error', end);
    own.on('end', end);
    own.on('notification', ({ channel, payload = '' }) => {
      for (const { heard } of listeners.get(channel) ?? []) heard(payload);
    });
    try {
      await own.connect();
      for (const channel of Object.values(CHANNELS)) await own.query(`listen ${channel}`);
      if (stopped || (state as string) === 'over') throw new Error('the connection ended as it was made');
    } catch (error) {
      end();
      throw error;
    }
    state = 'listening';
    client = own;
    wait = MIN_WAIT_MS;
    for (const each of listeners.values()) for (const { missed } of each) missed();
  }

  function again(): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      connect().catch(() => {
        wait = Math.min(wait * 2, MAX_WAIT_MS);
        if (!stopped) again();
      });
    }, wait);
  }

  return {
    async announce(topic, text = '') {
      await pool.query('select pg_notify($1, $2)', [CHANNELS[topic], text]);
    },
    async listen(topic, listener) {
      connecting ??= connect();
      await connecting;
      const channel = CHANNELS[topic];
      const own = listeners.get(channel) ?? new Set();
      listeners.set(channel, own.add(listener));
      listener.missed();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await client?.end().catch(() => {});
    },
  };
}
