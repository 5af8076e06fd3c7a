import type { CanonicalMessage } from './canonical.ts';

export interface AgentMessage {
  sid: string;
  author: string;
  authorName: string;
  body: string | null;
  media: { sid: string; contentType: string; filename: string | null; size: number }[];
}

/** An agent's message as it comes out of Twilio Conversations. */
export function fromTwilio({ sid, author, authorName, body, media }: AgentMessage): CanonicalMessage {
  return {
    id: sid,
    author: { id: author, name: authorName },
    text: body ?? '',
    files: media.map(({ filename, contentType, size }) => ({
      name: filename ?? 'file',
      contentType,
      size,
      url: null,
    })),
    notes: [],
  };
}
