import type { Attempt, Handled } from '../../relay/entries.ts';
import type { Tx } from '../../store/open.ts';
import { prepared } from '../../store/prepared.ts';
import { callTwilio, isNotFound, paceConversation, type Twilio } from '../client.ts';
import { type OwnAttributes, ownMark } from '../format/from-twilio.ts';
import type { Authored, OwnMessages } from './own-messages.ts';

export interface PosterOptions {
  twilio: Twilio;
  ownMessages: OwnMessages;
  /** Waits until Twilio takes one more message of a conversation. Default: Twilio's own limit. */
  pace?(conversationSid: string): Promise<void>;
}

/** What a message holds. */
export type Content = { body: string } | { mediaSid: string };

export interface OwnMessage {
  author: string;
  content: () => Promise<Content>;
  part: number;
  /** Whether the flow and the webhooks of the conversation hear of it. */
  webhook: boolean;
  attributes: object;
}

/** A message as it stands in a conversation. */
export interface Written {
  sid: string;
  index: number;
}

/** A message that the bridge wrote, as it stands there now. */
export interface OwnWritten extends Written {
  /** Of the entry that wrote it. */
  key: string;
  part: number;
  author: string;
  /** Null for a file. */
  body: string | null;
  /** JSON. */
  attributes: string;
}

/** The largest page of messages (https://www.twilio.com/docs/conversations-classic/api/conversation-message-resource). */
const MAX_PAGE_SIZE = 100;

/** Puts single messages into Twilio conversations, and finds those that were put there without an answer. */
export function createPoster({ twilio, ownMessages, pace = paceConversation }: PosterOptions) {
  const api = twilio.conversations.v1;

  return {
    /**
     * The bridge's own messages above the index `after`, newest first, back to there however many others were written
     * meanwhile. None where Twilio no longer has the conversation. `since`: back to that time as well, in milliseconds
     * since the epoch, for what an earlier life of a restored store may have written.
     */
    async ownSince(sid: string, after: number, since: number | null = null): Promise<OwnWritten[]> {
      const found: (Authored & Written & { body: string | null })[] = [];
      try {
        await new Promise<void>((resolve, reject) => {
          api.conversations(sid).messages.each({
            order: 'desc',
            pageSize: MAX_PAGE_SIZE,
            callback: (message, done) => {
              const isBefore = since === null || message.dateCreated.getTime() < since;
              if (message.index <= after && isBefore) return done();
              const { sid: messageSid, index, author, attributes, body } = message;
              found.push({ sid: messageSid, index, author, attributes, body, conversationSid: sid });
            },
            done: (error?: Error) => (error ? reject(error) : resolve()),
          });
        });
      } catch (error) {
        if (isNotFound(error)) return [];
        await callTwilio('read back', () => Promise.reject(error));
      }
      const own: OwnWritten[] = [];
      for (const message of found) {
        const mark = ownMark(message.attributes);
        if (mark && (await ownMessages.isOurs(message)))
          own.push({ ...message, key: mark.key, part: mark.part });
      }
      return own;
    },

    /** What an entry is known to have written above the index `after`, by part; of a part that is there twice, the first. */
    async readBack(
      sid: string,
      { key, forgottenSince }: Pick<Attempt, 'key' | 'forgottenSince'>,
      after: number,
    ): Promise<Map<number, OwnWritten>> {
      const parts = new Map<number, OwnWritten>();
      for (const message of await this.ownSince(sid, after, forgottenSince))
        if (message.key === key) parts.set(message.part, message);
      return parts;
    },

    /** Writes one message. Whoever is not sure that it is the first time looks before. */
    async write(
      sid: string,
      message: OwnMessage,
      { key, assertOwned }: Pick<Attempt, 'key' | 'assertOwned'>,
    ): Promise<Written> {
      const attributes: OwnAttributes = {
        ...message.attributes,
        flexcord: ownMessages.mark(sid, message.author, key, message.part),
      };
      const content = await message.content();
      await pace(sid);
      assertOwned();
      return callTwilio('message', () =>
        api.conversations(sid).messages.create({
          author: message.author,
          ...content,
          attributes: JSON.stringify(attributes),
          ...(message.webhook ? { xTwilioWebhookEnabled: 'true' as const } : {}),
        }),
      );
    },

    /** Whether a conversation takes no more messages. */
    async isOver(sid: string): Promise<boolean> {
      try {
        return (await api.conversations(sid).fetch()).state === 'closed';
      } catch (error) {
        if (isNotFound(error)) return true;
        return callTwilio('conversation', () => Promise.reject(error));
      }
    },
  };
}

export type Poster = ReturnType<typeof createPoster>;

/** What becomes of an entry that writes one message, or none where the conversation is over. */
export const settled = (conversationId: string, written: Written | null): Handled =>
  written
    ? { outcome: [written.sid], commit: (tx) => advance(tx, conversationId, [written]) }
    : { outcome: 'the conversation is over' };

const moveCursor = prepared<{ id: string; from: number; to: number }>((db, value) =>
  db
    .updateTable('conversations')
    .set({ twilio_cursor: value('to') })
    .where('id', '=', value('id'))
    .where('twilio_cursor', '=', value('from')),
);

/** Where everything up to a new message was known before, it is known up to the new one. */
export async function advance(tx: Tx, id: string, written: readonly Written[]): Promise<void> {
  for (const { index } of written) await moveCursor(tx, { id, from: index - 1, to: index });
}
