import type { TwilioMessage } from '../../support/entries.ts';
import { callTwilio, hasStatus, type Twilio } from '../client.ts';

/** Messages read at once. */
export const READ_BACK = 50;

/** Reads what Twilio holds. */
export function createTranscript(twilio: Twilio) {
  const api = twilio.conversations.v1;

  /** Messages above `index` in their order, and whether the conversation is over. */
  async function transcriptAfter(conversationSid: string, index: number) {
    const messages: TwilioMessage[] = [];
    let closed = false;
    try {
      closed = (await api.conversations(conversationSid).fetch()).state === 'closed';
      // Newest first, so that a short gap in a long conversation costs one page.
      await new Promise<void>((resolve, reject) => {
        api.conversations(conversationSid).messages.each({
          order: 'desc',
          pageSize: READ_BACK,
          callback: (message, done) => {
            if (message.index <= index) done();
            else messages.push(fromRest(message));
          },
          done: (error?: Error) => (error ? reject(error) : resolve()),
        });
      });
    } catch (error) {
      if (hasStatus(error, 404)) return { messages: [], closed: true };
      await callTwilio('transcript', () => Promise.reject(error));
    }
    return { messages: messages.reverse(), closed };
  }

  return { transcriptAfter };
}

function fromRest(message: {
  sid: string;
  index: number;
  author: string;
  body: string | null;
  attributes: string;
  media: unknown;
}): TwilioMessage {
  const media = Array.isArray(message.media) ? (message.media as Record<string, unknown>[]) : [];
  return {
    sid: message.sid,
    index: message.index,
    author: message.author,
    body: message.body,
    attributes: message.attributes,
    media: media.map((item) => ({
      sid: String(item.sid ?? item.Sid ?? ''),
      contentType: String(item.content_type ?? item.ContentType ?? 'application/octet-stream'),
      filename: (item.filename ?? item.Filename ?? null) as string | null,
      size: Number(item.size ?? item.Size ?? 0),
    })),
  };
}
