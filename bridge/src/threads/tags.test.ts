import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { MAX_APPLIED_TAGS, nextTags } from './tags.ts';

const ids = Array.from({ length: 20 }, (_, index) => `tag-${index}`);
const tags = ids.map((id) => ({ id, name: id, moderated: false }));
const some = fc.uniqueArray(fc.constantFrom(...ids, 'gone'), { maxLength: 8 });

test('what is added is there, what is removed is not, and never too many or too few', () => {
  fc.assert(
    fc.property(some, some, some, fc.boolean(), (now, add, remove, requiresTag) => {
      const next = nextTags({ tags, requiresTag }, now.slice(0, MAX_APPLIED_TAGS), { add, remove });
      expect(new Set(next).size).toBe(next.length);
      expect(next.length).toBeLessThanOrEqual(MAX_APPLIED_TAGS);
      expect(next).not.toContain('gone');
      const known = add.filter((id) => id !== 'gone').slice(0, MAX_APPLIED_TAGS);
      for (const id of known) expect(next).toContain(id);
      const before = now.slice(0, MAX_APPLIED_TAGS).filter((id) => id !== 'gone');
      if (requiresTag && before.length > 0) expect(next.length).toBeGreaterThan(0);
      const left = next.filter((id) => remove.includes(id) && !known.includes(id));
      // Only the one that a post must keep.
      expect(left.length).toBeLessThanOrEqual(requiresTag && next.length === 1 ? 1 : 0);
    }),
  );
});

test('tags keep their order, and the last chosen makes room', () => {
  const forum = { tags, requiresTag: true };
  expect(nextTags(forum, ['tag-1', 'tag-2'], { add: ['tag-9'], remove: ['tag-1'] })).toEqual([
    'tag-2',
    'tag-9',
  ]);
  const five = ['tag-0', 'tag-1', 'tag-2', 'tag-3', 'tag-4'];
  expect(nextTags(forum, five, { add: ['tag-9'] })).toEqual(['tag-0', 'tag-1', 'tag-2', 'tag-3', 'tag-9']);
  expect(nextTags(forum, ['tag-1'], { remove: ['tag-1'] })).toEqual(['tag-1']);
  expect(nextTags({ tags, requiresTag: false }, ['tag-1'], { remove: ['tag-1'] })).toEqual([]);
});
