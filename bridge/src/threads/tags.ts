import type { PublicChannel } from './channels.ts';

/** https://docs.discord.com/developers/resources/channel#channel-object: a post has at most five of a forum's twenty tags. */
export const MAX_APPLIED_TAGS = 5;

/**
 * The tags that a post should have, by their ids. What is added is always there, before what others chose; where there would be
 * too many, the last of those go. A post that must have a tag keeps the last that would go. Tags that the forum has no more are left out.
 */
export function nextTags(
  { tags, requiresTag }: Pick<PublicChannel, 'tags' | 'requiresTag'>,
  now: readonly string[],
  { add = [], remove = [] }: { add?: readonly string[]; remove?: readonly string[] },
): string[] {
  const known = new Set(tags.map(({ id }) => id));
  const present = [...new Set(now)].filter((id) => known.has(id));
  const added = [...new Set(add)].filter((id) => known.has(id)).slice(0, MAX_APPLIED_TAGS);
  const kept = present.filter((id) => !remove.includes(id) && !added.includes(id));
  const next = [...kept.slice(0, MAX_APPLIED_TAGS - added.length), ...added];
  const last = present.at(-1);
  return next.length === 0 && requiresTag && last !== undefined ? [last] : next;
}
