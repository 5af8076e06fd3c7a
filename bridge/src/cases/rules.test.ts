import { expect, test } from 'bun:test';
import { checkTags, plainTitle } from './rules.ts';

test.each([
  ['4.99 was charged twice', '4.99 was charged twice'],
  ['__init__ of MAX_CARGO_SIZE=20*1024', '__init__ of MAX_CARGO_SIZE=20*1024'],
  ['[wiki](https://x.example/A_(b)) end', 'wiki end'],
  ['[a [b](https://x.example) c](https://y.example)', 'a b c'],
  ['<@1> <:wave:2> [](https://x.example) the\nsails @everyone', 'the sails'],
  ['[<@1>](x)', ''],
  ['[$& $1](x) b', '$& $1 b'],
])('the title of %j', (text, title) => {
  expect(plainTitle(text)).toBe(title);
});

test('tags that differ in width and case alone are one', () => {
  expect(checkTags(['Straße', 'STRASSE', 'ＡＢ', 'ab', 'schon', 'schön'])).toEqual({
    is: 'done',
    value: ['STRASSE', 'ab', 'schon', 'schön'],
  });
});
