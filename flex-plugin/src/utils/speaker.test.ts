import { expect, test } from 'bun:test';

import { speakerIn, withoutName } from './speaker.ts';

test('the name of who speaks is taken from the attributes alone', () => {
  expect(speakerIn({ speaker: { id: '1', name: 'Bo', avatar: null } })).toEqual({
    id: '1',
    name: 'Bo',
    avatar: null,
  });
  for (const none of [undefined, {}, { speaker: null }, { speaker: { id: 1, name: 'Bo' } }])
    expect(speakerIn(none)).toBeUndefined();
});

test('words lose the name that leads them, and nothing else', () => {
  expect(withoutName('Bo: hold the button', 'Bo')).toBe('hold the button');
  expect(withoutName('Bo:\n> Ada: it was fine', 'Bo')).toBe('> Ada: it was fine');
  expect(withoutName('[Bo deleted this message]\nBo: wrong thread', 'Bo')).toBe(
    '[Bo deleted this message]\nwrong thread',
  );
  expect(withoutName('Bob: not me', 'Bo')).toBe('Bob: not me');
  expect(withoutName('B.*: x', 'B.*')).toBe('x');
  expect(withoutName('hello', 'Bo')).toBe('hello');
});
