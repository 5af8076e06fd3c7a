import { setTimeout as sleep } from 'node:timers/promises';
import type { APIMessage, REST } from 'discord.js';
import { compareSnowflakes, snowflakeTime } from '../../messages/snowflake.ts';
import { steadyNow } from '../../store/clock.ts';
import { MAX_PAGE_SIZE, readPage } from '../history.ts';
import type { Brought } from './in-order.ts';

/**
 * What was written so little before it is read may still be on its way by the gateway, together with older words that are
 * deleted already; and how long that is waited for. In milliseconds.
 */
const RECENT_MS = 2_000;
const GATEWAY_DELAY_MS = 250;

/**
 * Hears what a channel holds after the message `after`, oldest first, as far as the oldest message that the gateway has
 * brought of it and that waits for this. Discord no longer lists what was deleted meanwhile, so that what is newer would
 * overtake a deleted message that waits. Returns the id of the newest that was seen, and the message that ended it.
 */
export async function hearBeyond(options: {
  rest: REST;
  /** Names the request where it fails. */
  what: string;
  channelId: string;
  after: string;
  waitsFrom(channelId: string): Brought | undefined;
  hear(message: APIMessage): Promise<void>;
}): Promise<{ newest: string | undefined; endedBy: Brought | undefined }> {
  const { rest, what, channelId, waitsFrom, hear } = options;
  let newest: string | undefined;
  for (;;) {
    const page = await readPage(rest, what, channelId, { after: newest ?? options.after });
    const last = page.at(-1);
    if (last && steadyNow() - snowflakeTime(last.id) < RECENT_MS) await sleep(GATEWAY_DELAY_MS);
    for (const message of page) {
      // Asked for anew, since the gateway brings more meanwhile.
      const waiting = waitsFrom(channelId);
      if (waiting && compareSnowflakes(message.id, waiting.messageId) >= 0)
        return { newest, endedBy: waiting };
      newest = message.id;
      await hear(message);
    }
    if (page.length < MAX_PAGE_SIZE) return { newest, endedBy: waitsFrom(channelId) };
  }
}
