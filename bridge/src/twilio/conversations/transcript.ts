import type { TranscriptMessage } from '@flexcord/shared/panel/member';
import type { Static } from '@sinclair/typebox';
import { callTwilio, isNotFound, type Twilio } from '../client.ts';
import { readFiles } from '../format/from-twilio.ts';
import { memberIdentity } from '../format/to-twilio.ts';
import type { OwnMessages } from './own-messages.ts';

/** A message as an agent reads it; the name is missing for agents, whom the caller knows better. */
export type TranscriptLine = Omit<Static<typeof TranscriptMessage>, 'authorName'> & { author: string };

/** What is read at most of one conversation: its newest messages. */
const MAX_TRANSCRIPT_LENGTH = 500;

/** Reads a conversation back from Twilio, oldest message first; null where Twilio no longer has it. */
export function createTranscriptReader(twilio: Twilio, { isBot, isOurs }: OwnMessages) {
  return async (conversationSid: string, memberId: string): Promise<TranscriptLine[] | null> => {
    try {
      const messages = await callTwilio('transcript', () =>
        twilio.conversations.v1
          .conversations(conversationSid)
          .messages.list({ order: 'desc', limit: MAX_TRANSCRIPT_LENGTH, pageSize: 100 }),
      );
      const lines: TranscriptLine[] = [];
      for (const message of messages.reverse()) {
        const { sid, author, attributes } = message;
        const isMember = author === memberIdentity(memberId);
        // What the bridge writes for an agent, such as an article, is the agent's.
        const isBridge = isBot(author) && (await isOurs({ sid, conversationSid, author, attributes }));
        lines.push({
          id: sid,
          from: isMember ? 'member' : isBridge ? 'virtual-agent' : 'agent',
          author,
          // A message of files alone is read by their names.
          text: message.body ?? namesOf(message.media),
          sentAt: message.dateCreated.toISOString(),
        });
      }
      return lines;
    } catch (error) {
      const cause = error instanceof Error ? error.cause : undefined;
      if (isNotFound(cause)) return null;
      throw error;
    }
  };
}

const namesOf = (media: unknown): string =>
  readFiles(media)
    .map(({ name }) => `[${name}]`)
    .join(' ');
