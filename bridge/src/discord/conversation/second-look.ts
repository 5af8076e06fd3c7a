import { type REST, Routes } from 'discord.js';
import type { Logger } from 'pino';
import { linkedDiscordIds } from '../../messages/records.ts';
import { defineEntry, type Handled, type PayloadOf } from '../../relay/entries.ts';
import { Refused } from '../../relay/errors.ts';
import { type EntryKey, type Lane, secondLookKey, timerLane } from '../../relay/keys.ts';
import { findEntry, hasPending, outcomesOf } from '../../relay/queries.ts';
import { steadyNow } from '../../store/clock.ts';
import type { Store } from '../../store/open.ts';
import { callDiscord } from '../errors.ts';
import { sentIn } from './places.ts';
import type { Likeness, ReadBack } from './read-back.ts';

/**
 * Something was sent again although an earlier request of ours may still have been under way: after a time-out, a kill or
 * a freeze. Once nothing of it can happen any more, what is there twice is removed.
 */
export const secondLook = defineEntry(
  'discord.second-look',
  ({
    key,
    part,
    channelId,
  }: {
    /** The entry that was sent again, and its lane. */
    key: EntryKey;
    lane: Lane;
    part: number;
    channelId: string;
    /** Id of a message that is older than what is looked for. */
    after: string;
    likeness: Likeness;
  }) => {
    const own = secondLookKey(key, part, channelId);
    return { lane: timerLane(own), key: own };
  },
);

export interface SecondLookOptions {
  store: Store;
  rest: REST;
  logger: Logger;
  readBack: ReadBack;
  /** After how long nothing that was asked of Discord can still happen, in milliseconds. */
  secondLookMs: number;
}

/** How long it waits for a lane that is busy, in milliseconds. */
const BUSY_WAIT_MS = 2_000;
/** Outcomes of a lane since the entry that are asked whose a message is; where there are more, nothing is removed. */
const MAX_OUTCOMES = 1_000;

export function createSecondLook({ store, rest, logger, readBack, secondLookMs }: SecondLookOptions) {
  async function run({
    key,
    lane,
    channelId,
    after,
    likeness,
  }: PayloadOf<typeof secondLook>): Promise<Handled> {
    const entry = await findEntry(store.db, key);
    if (!entry || entry.status === 'parked') return undefined;
    const remaining =
      entry.finished_at === null ? secondLookMs : entry.finished_at + secondLookMs - steadyNow();
    if (remaining > 0) return { againInMs: remaining };
    const alike = await readBack.alike(channelId, after, likeness);
    // Whose a message is that was there by then is recorded, unless its entry is still pending.
    if (await hasPending(store.db, lane)) return { againInMs: BUSY_WAIT_MS };
    const outcomes = await outcomesOf(store.db, lane, { since: entry.id, limit: MAX_OUTCOMES });
    if (outcomes.length === MAX_OUTCOMES) return undefined;
    const recorded = new Set(outcomes.flatMap((outcome) => sentIn(outcome).map(({ id }) => id)));
    const linked = await linkedDiscordIds(store.db, alike);
    for (const id of alike) {
      if (recorded.has(id) || linked.has(id)) continue;
      logger.warn({ key, channelId, id }, 'a message arrived twice; removing the second');
      await removeOnce(channelId, id);
    }
    return undefined;
  }

  async function removeOnce(channelId: string, id: string): Promise<void> {
    try {
      await callDiscord('delete a message', () => rest.delete(Routes.channelMessage(channelId, id)));
    } catch (error) {
      if (!(error instanceof Refused) || error.reason !== 'gone') throw error;
    }
  }

  return secondLook.handledBy({ run });
}
