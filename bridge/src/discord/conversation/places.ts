import type { Attempt } from '../../relay/entries.ts';
import { outcomesOf } from '../../relay/queries.ts';
import type { Store } from '../../store/open.ts';
import type { Sent } from './own-echoes.ts';
import { latestOf } from './read-back.ts';

/** What an entry has achieved so far; kept in the journal. */
export interface Progress {
  /** Its parts, as far as they were sent. */
  sent: Sent[];
  /** The latest message of a channel before anything of the entry was posted there, by channel. */
  places: Record<string, string>;
}

/** What is saved for an attempt, one object for as long as the attempt lasts. */
export function progressOf(attempt: Attempt): Progress {
  const known = current.get(attempt);
  if (known) return known;
  const progress = { sent: sentIn(attempt.progress), places: placesIn(attempt.progress) };
  current.set(attempt, progress);
  return progress;
}

const current = new WeakMap<Attempt, Progress>();

/** The messages that an outcome or a progress names; earlier versions wrote a mere list. */
export function sentIn(saved: unknown): Sent[] {
  const list = Array.isArray(saved) ? saved : (saved as Partial<Progress> | null)?.sent;
  return Array.isArray(list) ? [...(list as Sent[])] : [];
}

const placesIn = (saved: unknown) => ({ ...(saved as Partial<Progress> | null)?.places });

/** Entries of a lane before an entry that are asked where they went. */
const MAX_OUTCOMES = 20;

/**
 * A place in a channel that is older than whatever an entry posted there, or null where none is known. By what the entry
 * itself saved, else by what its lane sent before it: a lane sends one thing after the other.
 */
export async function placeBefore(store: Store, channelId: string, attempt: Attempt): Promise<string | null> {
  const { sent, places } = progressOf(attempt);
  const inChannel = (list: readonly Sent[]) =>
    list.filter((each) => each.channelId === channelId).map(({ id }) => id);
  const own = [...inChannel(sent), ...(places[channelId] ? [places[channelId]] : [])];
  if (own.length > 0) return latestOf(own) ?? null;
  const earlier = await outcomesOf(store.db, attempt.lane, { limit: MAX_OUTCOMES });
  return latestOf(earlier.flatMap((outcome) => inChannel(sentIn(outcome)))) ?? null;
}
