import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { shownOnDiscord } from '../../../testing/shown-on-discord.ts';
import { flexToDiscord } from './flex-markdown.ts';

const rows: [name: string, flex: string, discord: string][] = [
  ['plain words', 'hello there', 'hello there'],
  ['bold', '**a** and __b__', '**a** and **b**'],
  ['italics', '*a* and _b_', '*a* and *b*'],
  ['struck out', '~a~ ~~b~~', '~~a~~ ~~b~~'],
  ['headings', '# one\n### three', '# one\n### three'],
  ['a fourth heading', '#### four', '**four**'],
  ['code', 'run `a*b`', 'run `a*b`'],
  ['code with three ticks', 'run ```a```', 'run `a`'],
  ['a block', '```js\nx || y\n```', '```js\nx || y\n```'],
  ['a block of tildes', '~~~py\nx\n~~~', '```py\nx\n```'],
  ['a block that is not closed', '```\nx', '```\nx\n```'],
  ['a link', '[the page](https://a.example/b "title")', '[the page](https://a.example/b)'],
  ['a link with brackets', '[x](https://a.example/b_(c))', '[x](https://a.example/b_%28c%29)'],
  ['a link that Discord does not know', '[write](mailto:a@b.example)', 'write (mailto:a@b.example)'],
  ['an address', 'https://a.example/x_y_z', 'https://a.example/x_y_z'],
  ['a picture', '![a map](https://a.example/m.png)', '[a map](https://a.example/m.png)'],
  ['a list', '* a\n* b', '- a\n- b'],
  ['a list within a list', '- a\n    - b', '- a\n  - b'],
  ['numbers', '3. a\n4. b', '3. a\n4. b'],
  ['tasks', '- [x] a\n- [ ] b', '- ☑ a\n- ☐ b'],
  ['a quote', '>a\n>b', '> a\n> b'],
  ['a quote in a quote', '> a\n>> b', '> a\n> b'],
  ['a rule', 'a\n\n---\n\nb', 'a\n\n⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯\n\nb'],
  ['a table', '| a | 漢 |\n|---|---|\n| **bb** | c |', '```\na  | 漢\n---|---\nbb | c\n```'],
  ['a line break', 'a<br>b  \nc', 'a\nb\nc'],
  ['no spoiler', 'a || b || c', 'a \\|\\| b \\|\\| c'],
  ['no underline', 'my__file__name', 'my\\_\\_file\\_\\_name'],
  ['no small print', '-# 1 is best', '\\-# 1 is best'],
  ['no emphasis', '2 * 3 * 4 = 24', '2 \\* 3 \\* 4 = 24'],
  ['names with underscores', 'snake_case_name', 'snake_case_name'],
  ['what looks like a definition', '[note]: call back', '[note]: call back'],
  ['what looks like HTML', '<b>not bold</b>', '<b>not bold</b>'],
  ['an escaped sign', '\\*not bold\\*', '\\*not bold\\*'],
];
test.each(rows)('%s', (_, flex, discord) => {
  expect(flexToDiscord(flex)).toBe(discord);
});

test('whatever the words: those that mean nothing in Flex mean nothing on Discord', () => {
  const piece = fc.constantFrom(
    'a',
    'word',
    ' ',
    ' ',
    '||',
    ' ** ',
    '漢字',
    '😀',
    ' * ',
    '__',
    ' _ ',
    '-# ',
    '.',
    '!',
    'x_y',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      // An end that stands alone keeps the signs from being Markdown in Flex.
      const text = pieces.map((sign) => (sign === '__' ? ' __ ' : sign)).join('');
      if (/^\s*[*-] /.test(text) || /^[\s*_-]+$/.test(text)) return;
      expect(shownOnDiscord(flexToDiscord(`say ${text}`) ?? '')).toBe(`say${text.replace(/\s+/g, '')}`);
    }),
    { numRuns: 300 },
  );
});
