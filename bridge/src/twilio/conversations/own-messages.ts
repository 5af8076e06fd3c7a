import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Store } from '../../store/open.ts';
import { type OwnAttributes, ownMark } from '../format/from-twilio.ts';
import { memberIdentity } from '../format/to-twilio.ts';

/** A message as far as it is needed to tell whose it is. */
export interface Authored {
  sid: string;
  conversationSid: string;
  author: string;
  attributes: string;
}

export interface OwnMessagesOptions {
  store: Store;
  /** Twilio's auth tokens, out of which the keys of the marks are made; new marks are made with the first. */
  authTokens: readonly [string, ...string[]];
  botName: string;
}

const MEMBER = new RegExp(`^${memberIdentity('\\d+')}$`);

/**
 * Knows the bridge's own messages in Twilio. Agents write attributes too, so a mark counts only with a code that needs the
 * auth token and holds for this conversation and author. What an earlier version wrote, or what was written before the
 * token changed, is known by its SID or by its key in the journal, under a name that no agent can have.
 */
export function createOwnMessages({ store, authTokens, botName }: OwnMessagesOptions) {
  const keyOf = (authToken: string) =>
    createHmac('sha256', authToken).update('flexcord message mark').digest();
  const key = keyOf(authTokens[0]);
  const keys = authTokens.map(keyOf);

  const codeOf = (
    key: Buffer,
    conversationSid: string,
    author: string,
    mark: { key: string; part: number },
  ): string =>
    createHmac('sha256', key)
      .update(JSON.stringify([conversationSid, author, mark.key, mark.part]))
      .digest('base64url')
      .slice(0, 22);

  function hasCode({ conversationSid, author }: Authored, mark: OwnAttributes['flexcord']): boolean {
    if (typeof mark.code !== 'string') return false;
    const given = Buffer.from(mark.code);
    return keys.some((key) => {
      const wanted = Buffer.from(codeOf(key, conversationSid, author, mark));
      return given.length === wanted.length && timingSafeEqual(given, wanted);
    });
  }

  async function isRecorded(sid: string, entryKey: string): Promise<boolean> {
    const link = await store.db
      .selectFrom('links')
      .select('twilio_sid')
      .where('twilio_sid', '=', sid)
      .where('direction', '=', 'to-agent')
      .executeTakeFirst();
    if (link) return true;
    const entry = await store.db
      .selectFrom('journal')
      .select('kind')
      .where('key', '=', entryKey)
      .executeTakeFirst();
    return entry?.kind.startsWith('twilio.') ?? false;
  }

  return {
    /** Whether an author is the virtual agent. */
    isBot: (author: string): boolean => author === botName,

    /** The mark of a message that is about to be written. */
    mark: (
      conversationSid: string,
      author: string,
      entryKey: string,
      part: number,
    ): OwnAttributes['flexcord'] => ({
      key: entryKey,
      part,
      code: codeOf(key, conversationSid, author, { key: entryKey, part }),
    }),

    /** Whether the bridge itself wrote a message, for a member or for the virtual agent. */
    async isOurs(message: Authored): Promise<boolean> {
      const mark = ownMark(message.attributes);
      if (!mark) return false;
      if (hasCode(message, mark)) return true;
      if (message.author !== botName && !MEMBER.test(message.author)) return false;
      return isRecorded(message.sid, mark.key);
    },
  };
}

export type OwnMessages = ReturnType<typeof createOwnMessages>;
