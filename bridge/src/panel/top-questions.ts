import { foldForSearch } from '@flexcord/shared/messages/fold';
import type { CommunityStats } from '@flexcord/shared/panel/community';
import { likeness } from '../cases/similarity.ts';

/** From here on two titles ask much the same. */
const MIN_LIKENESS = 0.5;

interface Asked {
  id: string;
  title: string;
  answered_by: string | null;
}

interface Group {
  title: string;
  postId: string;
  isLike(title: string): number;
  count: number;
  unanswered: number;
}

/**
 * Groups titles that are much alike, each by the first of its group that comes: of some hundred titles every one is compared with
 * those of other groups alone. The most asked first, none that was asked once.
 */
export function topQuestions(asked: readonly Asked[], limit: number): CommunityStats['topQuestions'] {
  const groups: Group[] = [];
  const same = new Map<string, Group>();
  for (const { id, title, answered_by } of asked) {
    const folded = foldForSearch(title).trim();
    if (folded === '') continue;
    let group = same.get(folded) ?? groups.find(({ isLike }) => isLike(title) >= MIN_LIKENESS);
    if (!group) {
      group = { title, postId: id, isLike: likeness(title), count: 0, unanswered: 0 };
      groups.push(group);
    }
    same.set(folded, group);
    group.count += 1;
    if (answered_by === null) group.unanswered += 1;
  }
  return groups
    .filter(({ count }) => count > 1)
    .sort((one, other) => other.count - one.count || other.unanswered - one.unanswered)
    .slice(0, limit)
    .map(({ title, count, unanswered, postId }) => ({ title, count, unanswered, postId }));
}
