export type ChannelPurpose = 'announcements' | 'bugs' | 'features' | 'support';

/** A channel that a server needs. */
export interface WantedChannel {
  place: ChannelPurpose;
  name: string;
  /** Other servers can follow it. */
  news: boolean;
  membersWrite: boolean;
}

export const wantedChannels: readonly WantedChannel[] = [
  { place: 'announcements', name: 'announcements', news: true, membersWrite: false },
  { place: 'bugs', name: 'bug-report', news: false, membersWrite: true },
  { place: 'features', name: 'feature-request', news: false, membersWrite: true },
  { place: 'support', name: 'support', news: false, membersWrite: true },
];

/** A channel that the server has. */
export interface PresentChannel {
  id: string;
  name: string;
  kind: 'text' | 'news' | 'other';
  membersWrite: boolean;
}

export type ChannelPlan =
  | { is: 'make'; news: boolean }
  | { is: 'repair'; id: string; toNews: boolean; closeToMembers: boolean }
  | { is: 'keep'; id: string };

/**
 * What is to be done so that a server has a channel. The one of the last set-up counts before one that only has the
 * name. Carried out and planned again, it says `keep`.
 */
export function planChannel(
  wanted: WantedChannel,
  present: readonly PresentChannel[],
  options: { knownId: string | null; newsPossible: boolean },
): ChannelPlan {
  const news = wanted.news && options.newsPossible;
  const usable = present.filter(({ kind }) => kind !== 'other');
  const found =
    usable.find(({ id }) => id === options.knownId) ?? usable.find(({ name }) => name === wanted.name);
  if (!found) return { is: 'make', news };
  const toNews = news && found.kind === 'text';
  const closeToMembers = !wanted.membersWrite && found.membersWrite;
  return toNews || closeToMembers
    ? { is: 'repair', id: found.id, toNews, closeToMembers }
    : { is: 'keep', id: found.id };
}
