import type { ColumnType, Generated } from 'kysely';
import type { Fixed, Json, Millis } from './columns.ts';

/** Everything that came in and everything that must go out, in one order for each lane. */
export interface JournalTable {
  id: Generated<number>;
  lane: string;
  /** What makes the entry unique for ever: the same event journalled twice is one entry. */
  key: Fixed<string>;
  kind: Fixed<string>;
  payload: Json;
  /** Parked: given up, until somebody retries or discards it. */
  status: ColumnType<EntryStatus, 'done' | undefined, EntryStatus>;
  /**
   * Above zero: an attempt may have had its effect although no good answer came. 2: it may have been one that this store
   * knows nothing of, because it was restored.
   */
  begun: Generated<number>;
  /** Attempts that failed, for the backoff. */
  failures: Generated<number>;
  /** What earlier attempts are known to have achieved. */
  progress: Json | null;
  /** Reason of the last failure, never with message text. */
  error: string | null;
  created_at: Fixed<Millis>;
  finished_at: Millis | null;
  /** What led to it, for traces and logs: a trace id, and the span that appended it. Null where an earlier version wrote it. */
  trace: string | null;
  /** Flex identity of who retried or discarded it after it was parked. */
  handled_by: string | null;
}

type EntryStatus = 'pending' | 'done' | 'parked' | 'discarded';

/** The order and the writer of a lane. */
export interface LanesTable {
  name: Fixed<string>;
  /** When its head may be tried; null when nothing is pending. */
  ready_at: Millis | null;
  owner: string | null;
  /** Raised by each new owner; every write of an owner names its own. */
  epoch: Generated<number>;
  lease_until: Generated<Millis>;
}

/** Things that one process of several does, such as holding the gateway. */
export interface LeasesTable {
  name: Fixed<string>;
  owner: string;
  epoch: number;
  lease_until: Millis;
}

/** Limits that all processes share; see server/places.ts. */
export interface LimitsTable {
  name: string;
  /** When places were given out last, oldest first, in milliseconds since the epoch, joined by commas. */
  given: string;
}

/** What is known of the store itself; see marks.ts. */
export interface MarksTable {
  name: Fixed<string>;
  value: Json;
}

/** Which Discord message and which Twilio message belong together; one row for each pair of parts. */
export interface LinksTable {
  conversation_id: Fixed<string>;
  direction: Fixed<'to-agent' | 'to-member'>;
  /** Place among the parts of the message that was carried, from 0. */
  part: Fixed<number>;
  kind: Fixed<'text' | 'file'>;
  /** The Discord channel: a direct message or a private thread. */
  channel_id: Fixed<string>;
  discord_id: Fixed<string>;
  /** Message SID (IM…). */
  twilio_sid: Fixed<string>;
  /** Of what was sent, so that an edit that changes nothing is seen as such. */
  digest: string | null;
  created_at: Fixed<Millis>;
}

/** A message that can still be edited, deleted or reacted to; kept as long as the journal keeps its entry. */
export interface MessagesTable {
  /** On the side that it comes from: Discord message id or Twilio message SID (IM…). */
  id: Fixed<string>;
  direction: Fixed<'to-agent' | 'to-member'>;
  /** Null for a member's message that no conversation has taken yet. */
  conversation_id: string | null;
  member_id: Fixed<string>;
  author_name: Fixed<string>;
  /** The words that a member's message had first, and the latest of an agent's that are heard. */
  text: string;
  /** The newest words of a member's message that was edited; null for one that was not. */
  words: string | null;
  /** What an edited message said between the first and the newest version: array of strings; null for none. */
  former: Json | null;
  /** Array of the names of its files. */
  files: Json;
  /** Index of an agent's message in its Twilio conversation; null for a member's, and where an earlier version heard it. */
  place: number | null;
  /** When Twilio last changed an agent's message, as far as it is heard; null as for `place`, and where nothing says it. */
  changed_at: Millis | null;
  /** The Discord channel that a member wrote it in; null for an agent's. */
  channel_id: Fixed<string | null>;
  /** When the newest version that was decided about was made, as the side says that it comes from; null for the first. */
  edited_at: string | null;
  /** When it was heard that its author has deleted it. */
  deleted_at: Millis | null;
  created_at: Fixed<Millis>;
}

/** A reaction that a member has given and not taken back, as far as it is known. */
export interface ReactionsTable {
  /** Discord message id. */
  message_id: Fixed<string>;
  member_id: Fixed<string>;
  /** Id of a custom emoji, otherwise the character. */
  emoji: Fixed<string>;
  /** Name of a custom emoji; null for a character. */
  emoji_name: Fixed<string | null>;
  created_at: Fixed<Millis>;
}
