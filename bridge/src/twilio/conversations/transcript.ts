import type { TranscriptMessage } from '@flexcord/shared/panel/member';
import type { Static } from '@sinclair/typebox';
import { callTwilio, isNotFound, type Twilio } from '../client.ts';
import { isOurs, readFiles } from '../format/from-twilio.ts';
import { memberIdentity } from '../format/to-twilio.ts';

/** A message as an agent reads it; the name is missing for agents, whom the caller knows better. */
export type TranscriptLine = Omit<Static<typeof TranscriptMessage>, 'authorName'> & { author: string };

/** What is read at most of one conversation: its newest messages. */
const MAX_TRANSCRIPT_LENGTH = 500;

/** Reads a conversation back from Twilio, oldest message first; null where Twilio no longer has it. */
export function createTranscriptReader(twilio: Twilio) {
  return async (conversationSid: string, memberId: string): Promise<TranscriptLine[] | null> => {
    try {
      const messages = await callTwilio('transcript', () =>
        twilio.conversations.v1
          .conversations(conversationSid)
          .messages.list({ order: 'desc', limit: MAX_TRANSCRIPT_LENGTH, pageSize: 100 }),
      );
      return messages.reverse().map((message) => ({
        id: message.sid,
        from:
          message.author === memberIdentity(memberId)
            ? 'member'
            : isOurs(message.attributes)
              ? 'virtual-agent'
              : 'agent',
        author: message.author,
        // A message of files alone is read by their names.
        text: message.body ?? namesOf(message.media),
        sentAt: message.dateCreated.toISOString(),
      }));
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
