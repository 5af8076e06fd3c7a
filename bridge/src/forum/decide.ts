import { foldCase } from '@flexcord/shared/messages/fold';
import type { ArticleCard } from '../messages/notices.ts';
import type { PublicRule } from '../store/schema.ts';
import { languages } from '../texts/index.ts';
import type { ForumTag } from '../threads/channels.ts';
import { nextTags } from '../threads/tags.ts';
import type { ForumCard, PostLink } from './cards.ts';

/** Articles and posts that are shown at once. */
export const MAX_SHOWN = 3;

/** Whether posts are answered by a rule, brought to the team where it helps, or always. */
export const answers = (rule: PublicRule): boolean => rule === 'answer' || rule === 'answer-and-escalate';
export const mayEscalate = (rule: PublicRule): boolean => rule === 'answer-and-escalate' || rule === 'person';

/** A solved post that was found for a question. */
export interface FoundPost extends PostLink {
  threadId: string;
  /** Whether it answers the question, by the same measure as articles; else it is only alike. */
  isSure: boolean;
}

/** What was found for a question. */
export interface Found {
  /** Only what is certain. */
  articles: ArticleCard[];
  posts: FoundPost[];
}

export const offersOf = ({ articles, posts }: Found): string[] => [
  ...articles.map(({ id }) => `article:${id}`),
  ...posts.map(({ threadId }) => `post:${threadId}`),
];

/** What of it was not shown before. */
export const unseen = ({ articles, posts }: Found, offers: readonly string[]): Found => ({
  articles: articles.filter(({ id }) => !offers.includes(`article:${id}`)),
  posts: posts.filter(({ threadId }) => !offers.includes(`post:${threadId}`)),
});

/**
 * What of what was found is shown: what is certain with what is alike beside it, or what is alike, or nothing. Returned with it
 * is what of it counts as shown.
 */
export function cardFor(
  found: Found,
  { again, mayAskTeam }: { again: boolean; mayAskTeam: boolean },
): { card: ForumCard; shown: Found } | null {
  // After a no, one at a time: what comes next is what is best of the rest.
  const most = found.posts.length > 0 ? MAX_SHOWN - 1 : MAX_SHOWN;
  const articles = found.articles.slice(0, again ? 1 : most);
  const left = articles.length > 0 && again ? 0 : MAX_SHOWN - articles.length;
  const posts = found.posts.slice(0, left);
  const isSure = articles.length > 0 || posts.some((post) => post.isSure && post.extract !== undefined);
  const shown = { articles, posts };
  const links = posts.map(({ title, url, extract, isSure: sure }) => ({
    ...{ title, url },
    ...(sure && extract !== undefined ? { extract } : {}),
  }));
  if (isSure) return { card: { is: 'answer', articles, posts: links, again, mayAskTeam }, shown };
  if (posts.length > 0) return { card: { is: 'similar', posts: links, mayAskTeam }, shown };
  return null;
}

/** Letters and digits only: people put signs and pictures around the names of tags. */
const bare = (name: string) => foldCase(name).replace(/[^\p{L}\p{N}]+/gu, '');

/** The tag of a forum that says that a post is solved: of the operator's name, else of a name that says so in some language. */
export function solvedTagIn(tags: readonly ForumTag[], named: string): ForumTag | undefined {
  const names = named === '' ? languages.flatMap(({ forum }) => forum.solvedTagNames) : [named];
  for (const name of names) {
    const found = tags.find((tag) => bare(tag.name) === bare(name) && bare(name) !== '');
    if (found) return found;
  }
  return undefined;
}

/**
 * The tags of a post with the solved tag, or without it; null where they stay; see nextTags.
 */
export function tagsWith(
  applied: readonly string[],
  forum: { tags: ForumTag[]; requiresTag: boolean },
  tag: ForumTag,
  solved: boolean,
): string[] | null {
  if (applied.includes(tag.id) === solved) return null;
  const next = nextTags(forum, applied, solved ? { add: [tag.id] } : { remove: [tag.id] });
  return String(next) === String(applied) ? null : next;
}

/** Who may decide on a thread, and as whom. */
export function roleOf(
  userId: string,
  thread: { author_id: string | null },
  {
    isModerator,
    roleIds,
    helperRoles,
  }: { isModerator: boolean; roleIds: readonly string[]; helperRoles: readonly string[] },
): 'author' | 'moderator' | null {
  if (userId === thread.author_id) return 'author';
  return isModerator || roleIds.some((id) => helperRoles.includes(id)) ? 'moderator' : null;
}

/** What a thread that nobody writes in waits for, and how long until then. */
export function staleness(
  { spokeAt, remindedAt }: { spokeAt: number; remindedAt: number | null },
  { reminderMs, closeMs }: { reminderMs: number; closeMs: number },
  now: number,
): { act: 'remind' | 'close'; inMs: number } | null {
  if (reminderMs === 0) return null;
  if (remindedAt === null) return { act: 'remind', inMs: Math.max(0, spokeAt + reminderMs - now) };
  return closeMs === 0 ? null : { act: 'close', inMs: Math.max(0, remindedAt + closeMs - now) };
}
