import type { Transcript } from '@flexcord/shared/panel/member';
import { findMember } from '../members/members.ts';
import type { Store } from '../store/open.ts';
import type { Conversation, ConversationQueries } from '../support/conversations.ts';

type Line = Omit<Transcript['messages'][number], 'authorName'> & { author: string };

export interface NamedTranscriptOptions {
  store: Store;
  conversations: ConversationQueries;
  /** Reads from Twilio; null where it no longer has the conversation. */
  read(conversationSid: string, memberId: string): Promise<Line[] | null>;
}

/** Transcripts with display names instead of identities. */
export function createNamedTranscripts({ store, conversations, read }: NamedTranscriptOptions) {
  return async (conversation: Conversation): Promise<Transcript['messages'] | null> => {
    if (!conversation.twilio_sid) return null;
    const [lines, member, agents] = await Promise.all([
      read(conversation.twilio_sid, conversation.member_id),
      findMember(store.db, conversation.member_id),
      conversations.agentsOf(store.db, conversation.id),
    ]);
    if (!lines) return null;
    const names = new Map(agents.map(({ identity, name }) => [identity, name]));
    return lines.map(({ author, ...line }) => ({
      ...line,
      authorName: line.from === 'member' ? (member?.name ?? author) : (names.get(author) ?? author),
    }));
  };
}
