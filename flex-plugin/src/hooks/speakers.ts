import type { SpeakerAttributes } from '@flexcord/shared/public-thread';

import { createStore, useStore } from './store.ts';

/** Of whom the panel tells, by the SID of a public conversation; of who asked where there is nobody. */
const speakers = createStore<ReadonlyMap<string, SpeakerAttributes>>(new Map());

/** Lets the panel tell of somebody who speaks in a public conversation; of who asked where it is undefined. */
export function selectSpeaker(
  conversationSid: string | undefined,
  speaker: SpeakerAttributes | undefined,
): void {
  if (!conversationSid) return;
  const next = new Map(speakers.get());
  if (speaker) next.set(conversationSid, speaker);
  else next.delete(conversationSid);
  speakers.set(next);
}

export const useSpeaker = (conversationSid: string | undefined): SpeakerAttributes | undefined =>
  useStore(speakers).get(conversationSid ?? '');
