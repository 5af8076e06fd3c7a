import pg from 'pg';

const MIN_WAIT_MS = 100;
const MAX_WAIT_MS = 2_000;
/** A connection that went silent is noticed by a question of our own this often. */
const PROBE_MS = 10_000;

/**
 * Calls `onWork` for each notification that a lane has work, on a connection of its own. Notifications that were sent
 * while it was down are lost, so each new connection counts as one. Resolves once it listens for the first time.
 */
export async function listenForWork(
  config: pg.ClientConfig,
  onWork: () => void,
): Promise<{ stop(): Promise<void> }> {
  let stopped = false;
  let client: pg.Client | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = MIN_WAIT_MS;

  async function connect(): Promise<void> {
    const own = new pg.Client(config);
    let ended = false;
    const end = () => {
      if (ended) return;
      ended = true;
      clearInterval(probe);
      own.removeAllListeners('notification');
      own.end().catch(() => {});
      if (!stopped) again();
    };
    const probe = setInterval(() => own.query('select 1').catch(end), PROBE_MS);
    own.on('error', end);
    own.on('end', end);
    own.on('notification', () => onWork());
    client = own;
    try {
      await own.connect();
      await own.query('listen flexcord_work');
    } catch (error) {
      clearInterval(probe);
      ended = true;
      own.end().catch(() => {});
      throw error;
    }
    wait = MIN_WAIT_MS;
    onWork();
  }

  function again(): void {
    timer = setTimeout(() => {
      connect().catch(() => {
        wait = Math.min(wait * 2, MAX_WAIT_MS);
        if (!stopped) again();
      });
    }, wait);
  }

  await connect();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await client?.end().catch(() => {});
    },
  };
}
