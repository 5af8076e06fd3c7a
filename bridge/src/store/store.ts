import type { Kysely, Transaction } from 'kysely';
import type { Dialect } from './dialect.ts';
import type { Schema } from './schema.ts';

export type Tx = Transaction<Schema>;

export interface TransactOptions {
  /**
   * Nobody waits for the commit to be on disk: should the machine die right after, it may be as if the transaction had
   * never been. For what only saves a second look.
   */
  lazy?: boolean;
}

/** A process that works lanes off. */
export interface Owner {
  /** Another with every start. */
  id: string;
  /** How long it may stay silent before another process takes its lanes, in milliseconds. */
  leaseMs: number;
}

/** Renews what this process owns among those that share the store. */
export interface Heartbeat {
  /** False where another process may have taken over by now. Look right before anything leaves that cannot be taken back. */
  alive(): boolean;
  stop(): Promise<void>;
}

export interface Store {
  db: Kysely<Schema>;
  dialect: Dialect;
  /**
   * Runs `work` in one transaction: all of it is kept or none. Where the server breaks a transaction off because it
   * collided with another, `work` runs again, so it must do nothing but use the store. Within it, use `tx` alone: `db`
   * would wait for the transaction to end.
   */
  transact<T>(work: (tx: Tx) => Promise<T>, options?: TransactOptions): Promise<T>;
  /** Runs `work` once the transaction of `tx` is committed; never, when it is not. */
  afterCommit(tx: Tx, work: () => void): void;
  /**
   * Tells the other processes of this store that a lane has work, or listens for it. On the embedded store
   * there are no others: `announce` does nothing.
   */
  announce(): Promise<void>;
  listen(onWork: () => void): Promise<void>;
  /** Keeps what `owner` holds, until it is stopped. */
  heartbeat(owner: Owner): Promise<Heartbeat>;
  close(): Promise<void>;
}
