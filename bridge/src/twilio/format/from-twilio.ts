import type { CanonicalMessage } from '../../messages/canonical.ts';

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
    files: media.map(({ sid: mediaSid, filename, contentType, size }) => ({
      name: filename || `file.${EXTENSIONS[contentType] ?? 'bin'}`,
      contentType,
      size,
      url: null,
      source: { at: 'twilio' as const, mediaSid },
    })),
    notes: [],
  };
}

/** For media without a name: Discord shows a picture only when its name ends as one. */
const EXTENSIONS: Record<string, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/heic': 'heic',
  'audio/mpeg': 'mp3',
  'audio/ogg': 'ogg',
  'video/mp4': 'mp4',
  'application/pdf': 'pdf',
  'text/plain': 'txt',
};
