import type { AgentMessage } from '../../messages/canonical.ts';
import { Transient } from '../../relay/errors.ts';
import type { LookBack } from '../../support/options.ts';
import { callTwilio, isNotFound, type Twilio } from '../client.ts';
import { fromTwilio } from '../format/from-twilio.ts';
import type { Authored, OwnMessages } from './own-messages.ts';

/** The most that Twilio gives in one page. */
const PAGE_SIZE = 100;
/** How far down what was heard before is read again, in messages: at most five pages. */
const MAX_REVIEWED = 500;

/** Reads what Twilio holds. */
export function createTranscript(twilio: Twilio, { isOurs }: OwnMessages) {
  const api = twilio.conversations.v1;

  /**
   * Reads a conversation from its newest message down to `index`, and what is below it as far as its pages reach; down
   * to `reviewDownTo`, where that is given, within MAX_REVIEWED messages. Two requests for up to a hundred messages, then
   * one for each further hundred.
   */
  async function lookBack(
    conversationSid: string,
    index: number,
    reviewDownTo = Number.POSITIVE_INFINITY,
  ): Promise<LookBack> {
    const conversation = await read('conversation', () => api.conversations(conversationSid).fetch());
    if (!conversation)
      return { messages: [], upTo: -1, heard: [], from: Number.POSITIVE_INFINITY, closed: true };
    const found: { message: AgentMessage; authored: Authored }[] = [];
    let [seen, upTo, from] = [0, -1, Number.POSITIVE_INFINITY];
    const everything = await read('transcript', async () => {
      let broken = false;
      await new Promise<void>((resolve, reject) => {
        // Newest first, so that a short gap in a long conversation costs one page.
        api.conversations(conversationSid).messages.each({
          order: 'desc',
          pageSize: PAGE_SIZE,
          callback: (message, done) => {
            seen += 1;
            upTo = Math.max(upTo, message.index);
            from = message.index;
            const { sid, author, attributes } = message;
            found.push({
              message: fromTwilio(message),
              authored: { sid, conversationSid, author, attributes },
            });
            const reviewed = message.index <= reviewDownTo || seen >= MAX_REVIEWED;
            if (message.index <= index && seen % PAGE_SIZE === 0 && reviewed) {
              broken = true;
              done();
            }
          },
          done: (error?: Error) => (error ? reject(error) : resolve()),
        });
      });
      return !broken;
    });
    const inOrder: AgentMessage[] = [];
    for (const { message, authored } of found) if (!(await isOurs(authored))) inOrder.push(message);
    inOrder.sort((one, other) => one.index - other.index);
    return {
      messages: inOrder.filter((message) => message.index > index),
      upTo: upTo > index ? upTo : -1,
      heard: inOrder.filter((message) => message.index <= index),
      from: everything ? Number.NEGATIVE_INFINITY : from,
      closed: conversation.state === 'closed',
    };
  }

  /** A message as it is now; null where it, or its whole conversation, is not there any more. */
  async function fetchMessage(conversationSid: string, messageSid: string): Promise<AgentMessage | null> {
    const message = await read('one message', () =>
      api.conversations(conversationSid).messages(messageSid).fetch(),
    );
    return message && fromTwilio(message);
  }

  return { lookBack, fetchMessage };
}

/**
 * Null where Twilio says that it is not there. Any other refusal says nothing about what was asked for: it is asked again
 * for as long as it takes, since what waits for the answer would else be lost.
 */
async function read<T>(what: string, request: () => Promise<T>): Promise<T | null> {
  try {
    return await callTwilio(what, request);
  } catch (error) {
    const { message, cause } = error as Error;
    if (isNotFound(cause)) return null;
    if (error instanceof Transient && !error.suspects) throw error;
    throw new Transient(message, { ambiguous: false, cause });
  }
}
