import type { AgentMessage } from '../../messages/canonical.ts';
import { callTwilio, isNotFound, type Twilio } from '../client.ts';
import { fromTwilio, isOurs } from '../format/from-twilio.ts';

/** Messages read at once. */
export const READ_BACK = 50;

/** Reads what Twilio holds. */
export function createTranscript(twilio: Twilio) {
  const api = twilio.conversations.v1;

  /** Messages of others above `index` in their order, how far was read, and whether the conversation is over. */
  async function transcriptAfter(conversationSid: string, index: number) {
    const messages: AgentMessage[] = [];
    let upTo = -1;
    let closed = false;
    try {
      closed = (await api.conversations(conversationSid).fetch()).state === 'closed';
      // Newest first, so that a short gap in a long conversation costs one page.
      await new Promise<void>((resolve, reject) => {
        api.conversations(conversationSid).messages.each({
          order: 'desc',
          pageSize: READ_BACK,
          callback: (message, done) => {
            if (message.index <= index) return done();
            upTo = Math.max(upTo, message.index);
            if (!isOurs(message.attributes)) messages.push(fromTwilio(message));
          },
          done: (error?: Error) => (error ? reject(error) : resolve()),
        });
      });
    } catch (error) {
      if (isNotFound(error)) return { messages: [], upTo: -1, closed: true };
      await callTwilio('transcript', () => Promise.reject(error));
    }
    return { messages: messages.reverse(), upTo, closed };
  }

  return { transcriptAfter };
}
