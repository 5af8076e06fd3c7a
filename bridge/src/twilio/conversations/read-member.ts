import { callTwilio, isNotFound, type Twilio } from '../client.ts';
import { readFiles } from '../format/from-twilio.ts';
import { memberIdentity } from '../format/to-twilio.ts';

interface ReadConversation {
  /** Oldest first. */
  messages: { sid: string; author: string; body: string | null; sentAt: string; files: string[] }[];
  files: { mediaSid: string; messageSid: string; name: string; contentType: string; size: number }[];
}

const MAX_PAGE_SIZE = 100;

/** Reads what Twilio holds about a member; changes nothing. */
export function createMemberReader(twilio: Twilio) {
  const api = twilio.conversations.v1;

  async function orNull<T>(what: string, work: () => Promise<T>): Promise<T | null> {
    try {
      return await callTwilio(what, work);
    } catch (error) {
      if (isNotFound(error instanceof Error ? error.cause : error)) return null;
      throw error;
    }
  }

  return {
    /** SIDs of the conversations that Twilio knows the member in. */
    async conversationsOf(memberId: string): Promise<string[]> {
      const found = await callTwilio('conversations of a member', () =>
        api.participantConversations.list({ identity: memberIdentity(memberId), pageSize: 50 }),
      );
      return found.map(({ conversationSid }) => conversationSid);
    },

    /** A whole conversation, a page at a time; null where Twilio no longer has it. */
    read: (sid: string): Promise<ReadConversation | null> =>
      orNull('read a conversation', () => {
        const read: ReadConversation = { messages: [], files: [] };
        return new Promise<ReadConversation>((resolve, reject) => {
          api.conversations(sid).messages.each({
            order: 'asc',
            pageSize: MAX_PAGE_SIZE,
            callback: ({ sid: messageSid, author, body, dateCreated, media }) => {
              const files = readFiles(media).flatMap(({ source, name, contentType, size }) =>
                source?.at === 'twilio'
                  ? [{ mediaSid: source.mediaSid, messageSid, name, contentType, size }]
                  : [],
              );
              read.files.push(...files);
              read.messages.push({
                ...{ sid: messageSid, author, body: body ?? null, sentAt: dateCreated.toISOString() },
                files: files.map(({ mediaSid }) => mediaSid),
              });
            },
            done: (error?: Error) => (error ? reject(error) : resolve(read)),
          });
        });
      }),

    /** The chat user whose name Flex shows. */
    userOf: (memberId: string): Promise<Record<string, unknown> | null> =>
      orNull('read a user', async () => {
        const { sid, identity, friendlyName, attributes, dateCreated } = await api
          .users(memberIdentity(memberId))
          .fetch();
        return { sid, identity, friendlyName, attributes, dateCreated: dateCreated.toISOString() };
      }),
  };
}

export type MemberReader = ReturnType<typeof createMemberReader>;
