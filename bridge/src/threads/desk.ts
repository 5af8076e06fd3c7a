import type { CanonicalMessage } from '../messages/canonical.ts';
import type { EntryKey } from '../relay/keys.ts';
import type { Tx } from '../store/open.ts';
import type { ChannelAccess, ThreadAccess } from '../store/schema.ts';
import type { PublicThread } from './threads.ts';

/** Somebody who writes in public. */
export interface Speaker {
  /** Discord id. */
  id: string;
  /** The name that others see. */
  name: string;
  /** Address of their picture; null for one of Discord's own. */
  avatar: string | null;
  /** Ids of their roles in the server; null where Discord does not say them, as in what is read after an outage. */
  roles: string[] | null;
  /** Whether those roles let them manage threads, or they own the server; absent as roles are null. */
  moderates?: boolean;
}

/** What happened in a public thread. */
export type ThreadEvent =
  /** Its author's first words are heard. Never of an adopted thread. */
  | { is: 'opened'; speaker: Speaker; message: CanonicalMessage; isReadable: boolean }
  /** More words, whoever wrote them. */
  | { is: 'continued'; speaker: Speaker; message: CanonicalMessage; isReadable: boolean }
  /** Words are others now; `isQuestion`: those that the thread was opened with. */
  | { is: 'edited'; message: CanonicalMessage; isQuestion: boolean }
  | { is: 'words-gone'; messageId: string; isQuestion: boolean }
  | { is: 'titled'; from: string; to: string }
  /** Ids of tags. */
  | { is: 'tagged'; from: string[]; to: string[] }
  | { is: 'thread'; from: ThreadAccess; to: ThreadAccess }
  /** What the bot may do in the whole channel. */
  | { is: 'channel'; from: ChannelAccess; to: ChannelAccess };

/**
 * Whoever decides what a public thread is answered with: the forum desk plugs in here. `heard` is called in the transaction
 * that decides an entry of the thread's lane (`placeLane(thread.id)`), once for each event and in their order, with the thread
 * as it is after the event, and after an open conversation has taken it. It must not ask anybody: what takes requests goes
 * into an entry of its own, with a key made of `cause`, in `placeLane(thread.id)` where what comes after must wait, or in a lane
 * of its own. What it writes is committed with the event, or not at all. Where it throws, the event is tried again, and parked
 * should that never succeed.
 */
export interface ForumDesk {
  heard(tx: Tx, thread: PublicThread, event: ThreadEvent, cause: EntryKey): Promise<void>;
}
