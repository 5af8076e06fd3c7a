import type { Attempt, Handled, PayloadOf } from '../../relay/entries.ts';
import type { Relay } from '../../relay/relay.ts';
import { steadyNow } from '../../store/clock.ts';
import type { Store, Tx } from '../../store/open.ts';
import { conversationQueries } from '../../support/conversations.ts';
import { secondLook } from '../../support/outgoing.ts';
import { callTwilio, isNotFound, paceConversation, type Twilio } from '../client.ts';
import type { createPoster } from './posting.ts';

export interface SecondLookOptions {
  store: Store;
  relay: Relay;
  twilio: Twilio;
  poster: ReturnType<typeof createPoster>;
}

/**
 * When is looked, in milliseconds after the doubt was settled: soon, since agents read it meanwhile, and once more when no
 * request can be under way any more. We stop waiting after 15 s; how long Twilio goes on is not documented.
 */
const FIRST_LOOK_MS = 10_000;
const LAST_LOOK_MS = 45_000;
/** Doubts of one conversation that fall together share a look. */
const SHARED_MS = 10_000;
/** Keys that are looked up at once. */
const MAX_KEYS = 500;

/** Takes away what Twilio wrote after we stopped waiting for it, because it was sent again meanwhile. */
export function createSecondLook({ store, relay, twilio, poster }: SecondLookOptions) {
  const queries = conversationQueries(store);
  const api = twilio.conversations.v1;

  async function look(
    { conversationId, after = -1 }: PayloadOf<typeof secondLook>,
    attempt: Attempt,
  ): Promise<Handled> {
    const sid = (await queries.find(conversationId))?.twilio_sid;
    if (!sid) return undefined;
    const own = await poster.ownSince(sid, after);
    for (let from = 0; from < own.length; from += MAX_KEYS) {
      const some = own.slice(from, from + MAX_KEYS);
      const written = await writtenBy(some.map(({ key }) => key));
      for (const { key, sid: messageSid } of some) {
        const known = written.get(key);
        if (known && !known.includes(messageSid)) await remove(sid, messageSid);
      }
    }
    if (attempt.progress !== null) return undefined;
    await attempt.save({ looks: 1 });
    return { againInMs: LAST_LOOK_MS - FIRST_LOOK_MS };
  }

  /** What entries that are done are known to have written. */
  async function writtenBy(keys: string[]): Promise<Map<string, unknown[]>> {
    const rows = await store.db
      .selectFrom('journal')
      .select(['key', 'progress'])
      .where('key', 'in', keys)
      .where('status', '=', 'done')
      .execute();
    const written = new Map<string, unknown[]>();
    for (const { key, progress } of rows) {
      const outcome: unknown = progress === null ? null : JSON.parse(progress);
      if (Array.isArray(outcome) && outcome.length > 0) written.set(key, outcome);
    }
    return written;
  }

  async function remove(sid: string, messageSid: string): Promise<void> {
    await paceConversation(sid);
    try {
      await api.conversations(sid).messages(messageSid).remove();
    } catch (error) {
      // A conversation that is over stays as it is.
      if (isNotFound(error) || (await poster.isOver(sid))) return;
      await callTwilio('remove a surplus message', () => Promise.reject(error));
    }
  }

  return {
    /** For the settlement of an attempt that was not the first, and so may not be the last that takes effect. */
    async owe(tx: Tx, to: PayloadOf<typeof secondLook>): Promise<void> {
      const at = Math.ceil((steadyNow() + FIRST_LOOK_MS) / SHARED_MS) * SHARED_MS;
      await relay.append(tx, secondLook(to, at));
    },
    handlers: [secondLook.handledBy({ run: look })] as const,
  };
}
