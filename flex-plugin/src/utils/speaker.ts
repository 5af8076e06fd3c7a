import type { SpeakerAttributes } from '@flexcord/shared/public-thread';

import { recordOf } from './parseSettings.ts';

/** Whose words a message of a public thread has; undefined for any other message. */
export function speakerIn(attributes: unknown): SpeakerAttributes | undefined {
  const { id, name, avatar } = recordOf(recordOf(attributes).speaker);
  return typeof id === 'string' && typeof name === 'string'
    ? { id, name, avatar: typeof avatar === 'string' ? avatar : null }
    : undefined;
}

/** The words of a message without the name that leads them in public, for wherever nobody else names who speaks. */
export function withoutName(body: string, name: string): string {
  // The bridge puts a line in brackets before the words of a deleted message.
  const mark = /^\[[^\n]*\]\n/.exec(body)?.[0] ?? '';
  const words = body.slice(mark.length);
  return words.startsWith(`${name}:`) ? mark + words.slice(name.length + 1).replace(/^[ \n]/, '') : body;
}
