/** The thread of `heartbeat.ts`: renews leases and lanes on a connection of its own. */
import pg from 'pg';
import type { Owner } from '../store.ts';
import type { FromHeartbeat, ToHeartbeat } from './heartbeat.ts';
import { HEARTBEAT_NAME } from './heartbeat-name.ts';
import { NOW_MS } from './now.ts';

declare const self: Worker;

const RENEWALS_A_LEASE = 6;
const MAX_RENEWAL_MS = 500;
/** Tries of which one may fail within a lease, each with a connection of its own. */
const TRIES_A_LEASE = 4;
const MIN_TIMEOUT_MS = 500;
/** A main thread that has not answered for this long may be hanging; others take its work over. In milliseconds. */
const MAX_SILENCE_MS = 2_000;

const tell = (message: FromHeartbeat) => self.postMessage(message);

/** On this thread's clock, and on the main thread's. */
let answeredAt = Bun.nanoseconds();
let mainAnsweredAt = 0;
let client: pg.Client | undefined;
let timer: ReturnType<typeof setInterval> | undefined;
let renewing = false;

self.onmessage = ({ data }: MessageEvent<ToHeartbeat>) => {
  if (data === 'stop') void stop();
  else if ('answeredAt' in data) {
    answeredAt = Bun.nanoseconds();
    mainAnsweredAt = data.answeredAt;
  } else {
    const { url, owner } = data.start;
    const timeoutMs = Math.max(owner.leaseMs / TRIES_A_LEASE, MIN_TIMEOUT_MS);
    const renewNow = () => renew(url, owner, timeoutMs);
    timer = setInterval(() => void renewNow(), Math.min(owner.leaseMs / RENEWALS_A_LEASE, MAX_RENEWAL_MS));
    void renewNow().then(() => tell('started'));
  }
};

const isSilent = (): boolean => Bun.nanoseconds() - answeredAt > MAX_SILENCE_MS * 1e6;

async function renew(url: string, owner: Owner, timeoutMs: number): Promise<void> {
  if (renewing || isSilent()) return;
  renewing = true;
  try {
    client ??= await connect(url, timeoutMs);
    const renewedAfter = mainAnsweredAt;
    // A lane that is locked is being settled at this moment, which renews it; waiting for it could deadlock.
    await client.query(
      `with held as (select name from lanes where owner = $1 for update skip locked),
            kept as (update leases set lease_until = ${NOW_MS} + $2 where owner = $1 and lease_until > 0)
       update lanes set lease_until = ${NOW_MS} + $2 where name in (select name from held)`,
      [owner.id, owner.leaseMs],
    );
    tell({ renewedAfter });
  } catch (error) {
    client?.end().catch(() => {});
    client = undefined;
    tell({ failed: error instanceof Error ? error.message : String(error) });
  } finally {
    renewing = false;
  }
}

async function connect(url: string, timeoutMs: number): Promise<pg.Client> {
  const own = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
    application_name: HEARTBEAT_NAME,
  });
  own.on('error', () => {
    if (client === own) client = undefined;
  });
  try {
    await own.connect();
    await own.query('set synchronous_commit = off');
    return own;
  } catch (error) {
    // One that is connected and does not answer would stay open, and another is made at each renewal.
    own.end().catch(() => {});
    throw error;
  }
}

async function stop(): Promise<void> {
  clearInterval(timer);
  await client?.end().catch(() => {});
  tell('stopped');
}
