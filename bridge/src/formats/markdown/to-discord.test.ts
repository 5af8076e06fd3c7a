import { expect, test } from 'bun:test';
import fc from 'fast-check';
import type { Token } from 'marked';
import { lookOnDiscord, shownOnDiscord } from '../../../testing/shown-on-discord.ts';
import { parse } from './parse.ts';
import { toDiscordMarkdown } from './to-discord.ts';

const rows: [name: string, flex: string, discord: string][] = [
  ['plain words', 'hello there', 'hello there'],
  ['bold', '**a** and __b__', '**a** and **b**'],
  ['italics', '*a* and _b_', '*a* and *b*'],
  ['struck out', '~~b~~', '~~b~~'],
  ['approximations', '~5–~10 minutes', '~5–~10 minutes'],
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
  [
    'a link to the host that it names',
    '[a.example](https://a.example/b)',
    '[a.example](https://a.example/b)',
  ],
  ['a link to another host', '[a.example](https://b.example/)', 'a.example (https://b.example/)'],
  ['the same in bold', '[**a**.example](https://b.example/)', '**a**.example (https://b.example/)'],
  [
    'the same as HTML calls its signs',
    '[a&#46;example](https://b.example/)',
    'a.example (https://b.example/)',
  ],
  [
    'the same with what is not seen',
    '[a\u200b.example](https://b.example/)',
    'a\u200b.example (https://b.example/)',
  ],
  ['the same with another dot', '[a。example](https://b.example/)', 'a。example (https://b.example/)'],
  ['the same as a picture', '![a.example](https://b.example/)', 'a.example (https://b.example/)'],
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
  ['bold in bold', '**a **b** c**', '**a b c**'],
  ['italics in italics', '*_a_*', '*a*'],
  ['italics at the end of bold', '**a *b***', '**a *b***'],
  ['marks that touch', '*a***b**', '*a*\u200b**b**'],
  ['ticks without a partner', 'a `` b\n\nc `` d', 'a \\`\\` b\n\nc \\`\\` d'],
  ['code with ticks', '```` a``b`c ````', '`` a`\u200b`b`c ``'],
  ['stars of code in bold', '**a `**` b**', '**a** `**` **b**'],
  [
    'a link with brackets in bold',
    '**[wiki](https://x.example/A_(b)) end**',
    '**[wiki](https://x.example/A_%28b%29) end**',
  ],
  ['what HTML calls its signs', 'AT&amp;T &lt;b&gt;', 'AT&T <b>'],
  ['numbers', 'from 4.99 to 5.49', 'from 4.99 to 5.49'],
  ['a word before an address', 'my_ship https://x.example/_/', 'my\\_ship https://x.example/_/'],
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
  expect(toDiscordMarkdown(flex)).toBe(discord);
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
      expect(shownOnDiscord(toDiscordMarkdown(`say ${text}`) ?? '')).toBe(`say${text.replace(/\s+/g, '')}`);
    }),
    { numRuns: 300 },
  );
});

/** What a text looks like where it was written, as `lookOnDiscord` says it. */
function lookInFlex(tokens: readonly Token[], own: readonly string[] = []): string[] {
  const names: Record<string, string> = {
    strong: 'strong',
    em: 'em',
    del: 'strikethrough',
    codespan: 'inlineCode',
  };
  return tokens.flatMap((token): string[] => {
    const name = names[token.type];
    const looks = name ? [...new Set([...own, name])].sort() : own;
    if ('tokens' in token && token.tokens) return lookInFlex(token.tokens, looks);
    const text = 'text' in token ? token.text : token.raw;
    return [...text].filter((sign) => /\S/.test(sign)).map((sign) => [sign, ...looks].join(' '));
  });
}

test('whatever the marks, nested, touching and without a partner: they look on Discord as in Flex', () => {
  const piece = fc.constantFrom(
    ...['a', 'b', ' ', '*', '**', '***', '_', '__', '~~', '`', '``', 'x_y', '.', '|', '||', '漢', '~', '5'],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
      const text = `s${pieces.join('')}e`;
      const discord = toDiscordMarkdown(text) ?? '';
      const looks = lookInFlex(parse(text, 'chat') ?? []);
      // Code cannot be escaped: with such signs in it, it is left out of the marks around it.
      if (/`[^`]*[*~][^`]*`/.test(text))
        expect(shownOnDiscord(discord)).toBe(looks.map((look) => look.split(' ')[0]).join(''));
      else expect(lookOnDiscord(discord)).toEqual(looks);
    }),
    { numRuns: 1000 },
  );
});
