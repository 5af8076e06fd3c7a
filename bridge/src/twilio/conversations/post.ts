import type { Store } from '../../store/open.ts';
import { callTwilio, paceConversation, type Twilio } from '../client.ts';
import { type OwnAttributes, ownMark } from './identity.ts';
import { READ_BACK } from './read-back.ts';

export interface PosterOptions {
  store: Store;
  twilio: Twilio;
  /** Waits until Twilio takes one more message of a conversation. Default: Twilio's own limit. */
  pace?(conversationSid: string): Promise<void>;
}

export type Content = { body: string } | { mediaSid: string };
interface Written {
  sid: string;
  index: number;
}

/** Puts single messages into Twilio conversations. */
export function createPoster({ store, twilio, pace = paceConversation }: PosterOptions) {
  const api = twilio.conversations.v1;

  /** Posts one message once: after an attempt that may have taken effect, the transcript is read back first. */
  async function post(
    sid: string,
    message: {
      author: string;
      content: () => Promise<Content>;
      key: string;
      part: number;
      webhook: boolean;
      attributes: object;
    },
    uncertain: boolean,
  ): Promise<Written> {
    if (uncertain) {
      const recent = await callTwilio('read back', () =>
        api.conversations(sid).messages.list({ order: 'desc', limit: READ_BACK, pageSize: READ_BACK }),
      );
      const mine = recent.find(({ attributes }) => {
        const mark = ownMark(attributes);
        return mark?.key === message.key && mark.part === message.part;
      });
      if (mine) return mine;
    }
    const attributes: OwnAttributes = {
      ...message.attributes,
      flexcord: { key: message.key, part: message.part },
    };
    const content = await message.content();
    await pace(sid);
    return callTwilio('message', () =>
      api.conversations(sid).messages.create({
        author: message.author,
        ...content,
        attributes: JSON.stringify(attributes),
        ...(message.webhook ? { xTwilioWebhookEnabled: 'true' as const } : {}),
      }),
    );
  }

  /** Where everything up to the new message was known before, it is known up to the new one. */
  async function advance(id: string, index: number): Promise<void> {
    await store.db
      .updateTable('conversations')
      .set({ twilio_cursor: index })
      .where('id', '=', id)
      .where('twilio_cursor', '=', index - 1)
      .execute();
  }

  return { post, advance };
}
