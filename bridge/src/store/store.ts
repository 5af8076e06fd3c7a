import type { Expression, Kysely, SelectQueryBuilder, Transaction } from 'kysely';
import type { Dialect } from './dialect.ts';
import type { Restored } from './marks.ts';
import type { Notices } from './notices.ts';
import type { Places } from './places.ts';
import type { Schema } from './schema.ts';

export type Tx = Transaction<Schema>;

export interface TransactOptions {
  /**
   * Asked when the work is done. True: nobody waits for the commit to be on disk, and should the machine die right after,
   * it may be as if the transaction had never been; for what only saves a second look. Has no effect on a server, which
   * shares its syncs among all who wait.
   */
  lazy?(tx: Tx): boolean;
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
  /**
   * How often what this process holds may have run out so far: what was begun before the last time is not its own any more,
   * although it is alive again. None where nothing runs out.
   */
  lapses?(): number;
  stop(): Promise<void>;
}

export interface KeptHeartbeat extends Heartbeat {
  /** Rejects with HeartbeatLost where nothing renews any more and nothing could be put in its place. */
  over: Promise<never>;
}

/** Things that one process of all that share the store does. */
export interface Leases {
  /** Takes a lease, or keeps one. Returns 0 when it is this owner's now, else how long to wait before the next try, in milliseconds. */
  take(name: string, owner: Owner): Promise<number>;
  /** Lets go at once. Nothing happens where another has it. */
  release(name: string, owner: Owner): Promise<void>;
  /** Whether another than this owner has it at present. */
  isElsewhere(name: string, owner: Owner): Promise<boolean>;
}

export interface Store extends Notices {
  db: Kysely<Schema>;
  /** For the modules of this folder. */
  dialect: Dialect;
  /** Whether other processes may use the store at the same time; false for the embedded one. */
  isShared: boolean;
  /** Set where the store is older than what was done; null otherwise, and once nothing of that is heard any more. */
  restored: Restored | null;
  /**
   * What became of a shared store under a process that uses it, as a sentence: a newer version has changed its tables, or
   * another server has taken over. Null where all is as it was; the process that hears anything else should end.
   */
  changedBeneath(): Promise<string | null>;
  /**
   * Runs `work` in one transaction: all of it is kept or none. Where the server breaks a transaction off because it
   * collided with another, `work` runs again, so it must do nothing but use the store. Within it, use `tx` alone: `db`
   * would wait for the transaction to end.
   */
  transact<T>(work: (tx: Tx) => Promise<T>, options?: TransactOptions): Promise<T>;
  /**
   * Runs `work` once the transaction of `tx` is committed; never, when it is not. What it throws is logged: the transaction
   * has succeeded all the same.
   */
  afterCommit(tx: Tx, work: () => void | Promise<void>): void;
  /**
   * Locks the rows of a query against changes until the transaction ends. Rows that refer to them may be written meanwhile,
   * or two lanes could wait for each other. On the embedded store a transaction is alone anyway.
   */
  lockRow<Table extends keyof Schema, Row>(
    query: SelectQueryBuilder<Schema, Table, Row>,
  ): SelectQueryBuilder<Schema, Table, Row>;
  /** The clock that decides what is due and who owns what, in milliseconds since the epoch; no step of a process's own clock moves it. */
  now(): Expression<number>;
  leases: Leases;
  /** Whether a bridge may have lanes in hand. False where no bridge has the embedded store open: what it says of owners is old. */
  hasOwners(): boolean;
  /** Limits of the clouds that hold for all processes together. */
  places: Places;
  /** Keeps what `owner` holds, until it is stopped. */
  heartbeat(owner: Owner): Promise<KeptHeartbeat>;
  close(): Promise<void>;
}

/** A store before it is known what became of it while nobody had it open. */
export interface OpenedStore extends Omit<Store, 'restored' | 'changedBeneath'> {
  /** Runs migrations, which may take longer than any other statement. */
  migrating(run: (db: Kysely<Schema>) => Promise<void>): Promise<void>;
  /**
   * Which server this is, and which life of it; null where it does not say. After a dump was restored, or another server
   * has taken over, it is another one.
   */
  lineage(): Promise<string | null>;
  /** Whether the store is older than it was when it was last open here. */
  wentBack(): Promise<boolean>;
  /** Called once the store is in use. */
  begun(): void;
}
