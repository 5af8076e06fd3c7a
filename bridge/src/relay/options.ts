import type { Logger } from 'pino';
import type { Heartbeat, Owner, Store } from '../store/store.ts';
import type { Settlement } from './lanes.ts';

export interface RelayOptions {
  store: Store;
  logger: Logger;
  /** Names this process among those that share the store. */
  owner: Owner;
  heartbeat: Heartbeat;
  /** Lanes worked on at once. Default 48. */
  concurrency?: number;
  /** First and largest wait after a failure that seems to be the entry's own, in milliseconds. Default 500 and 10,000. */
  backoff?: { first: number; max: number };
  /** After how long the sender's side hears that something is late, and when what fails alone is parked, in milliseconds. */
  lateness?: { toldAfterMs?: number; parkedAfterMs?: number };
  onSettled?: (kind: string, result: Settlement['is'], ms: number) => void;
}
