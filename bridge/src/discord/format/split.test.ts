import { describe, expect, test } from 'bun:test';
import { splitMarkdown } from '@flexcord/shared/messages/split';
import fc from 'fast-check';
import { lookOnDiscord } from '../../../testing/shown-on-discord.ts';

describe('where a text is cut', () => {
  const rows: [name: string, text: string, limit: number, parts: string[]][] = [
    ['nothing', ' \n ', 10, []],
    ['a text that fits', 'aaaa bbbb', 10, ['aaaa bbbb']],
    ['between paragraphs', 'aaaa aaaa\n\nbbbb bbbb', 12, ['aaaa aaaa', 'bbbb bbbb']],
    ['else between lines', 'aaaa\nbbbb cccc', 10, ['aaaa', 'bbbb cccc']],
    ['else behind a sentence', 'One two. Three four', 12, ['One two.', 'Three four']],
    ['else between words', 'aaaa bbbb cccc', 10, ['aaaa bbbb', 'cccc']],
    ['between words of a language without spaces', '東京都に住んでいます', 8, ['東京都に住んで', 'います']],
    ['never inside an emoji', '👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 12, ['👨‍👩‍👧‍👦', '👨‍👩‍👧‍👦']],
    [
      'a code block is closed and opened again with its language',
      '```js\none();\ntwo();\nthree();\n```',
      24,
      ['```js\none();\ntwo();\n\n```', '```js\nthree();\n```'].map((part) => part.replace('\n\n', '\n')),
    ],
    [
      'the indentation of code stays',
      '```\nif (a)\n  b();\n```',
      16,
      ['```\nif (a)\n```', '```\n  b();\n```'],
    ],
    [
      'a link stays whole',
      'word word [the title](https://example.com/path)',
      40,
      ['word word', '[the title](https://example.com/path)'],
    ],
    ['an address stays whole', 'word https://example.com/a/b/c', 26, ['word', 'https://example.com/a/b/c']],
    ['what is marked stays whole', 'word word **not this**', 20, ['word word', '**not this**']],
    [
      'unless it is too long: then it is marked on both sides',
      '**aaaa bbbb cccc**',
      14,
      ['**aaaa bbbb**', '**cccc**'],
    ],
    ['inline code too', '`aaaa bbbb cccc`', 12, ['`aaaa bbbb`', '`cccc`']],
    ['a quote goes on', '> aaaa bbbb cccc', 12, ['> aaaa bbbb', '> cccc']],
    ['a quote to the end goes on', '>>> aaaa\nbbbb cccc', 14, ['>>> aaaa', '>>> bbbb cccc']],
    ['a number sign does not become a heading', 'we are in # 5', 10, ['we are in', '\\# 5']],
  ];
  test.each(rows)('%s', (_, text, limit, parts) => {
    expect(splitMarkdown(text, limit)).toEqual(parts);
  });
});

describe('whatever the text', () => {
  const word = fc.constantFrom(
    'word',
    'longer-word',
    '漢字',
    'カタカナ。',
    'ひらがなとかんじ',
    'مرحبا',
    'بالعالم',
    '👨‍👩‍👧‍👦',
    '🇯🇵',
    'e\u0301\u0323',
    'z\u0335\u0321\u0353',
    'नमस्ते',
    'end.',
    'x'.repeat(90),
    '😀'.repeat(30),
  );
  // At the beginning of a line these are more than words.
  const trap = fc.constantFrom('# 5', '- 6', '3.', '> 7', '-# 8');
  const words = (most: number) =>
    fc.array(word, { minLength: 1, maxLength: most }).map((pieces) => pieces.join(' '));
  const inline = fc.oneof(
    { weight: 6, arbitrary: words(12) },
    fc.tuple(word, trap, word).map((pieces) => pieces.join(' ')),
    words(3).map((text) => `**${text}**`),
    words(40).map((text) => `**${text}**`),
    fc.tuple(words(20), words(4), words(20)).map(([a, b, c]) => `**${a} *${b}* ${c}**`),
    words(40).map((text) => `__${text}__`),
    words(40).map((text) => `||${text}||`),
    words(3).map((text) => `~~${text}~~`),
    words(3).map((text) => `||${text}||`),
    words(3).map((text) => `\`${text}\``),
    fc
      .constantFrom('a title', '題名', '👨‍👩‍👧‍👦')
      .map((text) => `[${text}](https://example.com/a_b/c?d=*e*)`),
    fc.constant('https://example.com/one_two/three'),
    fc.constant('<t:1700000000:R>'),
  );
  const paragraph = fc.array(inline, { minLength: 1, maxLength: 8 }).map((pieces) => pieces.join(' '));
  const block = fc
    .record({
      language: fc.constantFrom('', 'ts', 'c++'),
      lines: fc.array(fc.constantFrom('line();', '  x * y * z;', 'x'.repeat(120), '漢字'), {
        minLength: 1,
        maxLength: 30,
      }),
    })
    .map(({ language, lines }) => `\`\`\`${language}\n${lines.join('\n')}\n\`\`\``);
  const piece = fc.oneof(
    { weight: 4, arbitrary: paragraph },
    { weight: 2, arbitrary: block },
    paragraph.map((text) => `> ${text}`),
    words(6).map((text) => `## ${text}`),
    fc
      .array(words(5), { minLength: 1, maxLength: 5 })
      .map((items) => items.map((item) => `- ${item}`).join('\n')),
  );
  const document = (most: number) =>
    fc.array(piece, { minLength: 1, maxLength: most }).map((pieces) => pieces.join('\n\n'));

  function holds(text: string, limit: number) {
    const parts = splitMarkdown(text, limit);
    for (const part of parts) {
      expect(part.length).toBeLessThanOrEqual(limit);
      expect(part.trim()).not.toBe('');
      expect(part.isWellFormed()).toBe(true);
      expect((part.match(/```/g) ?? []).length % 2).toBe(0);
    }
    expect(parts.flatMap(lookOnDiscord)).toEqual(lookOnDiscord(text));
    return parts;
  }

  test('its parts fit, and together show the same text', () => {
    fc.assert(
      fc.property(document(8), fc.integer({ min: 150, max: 600 }), (text, limit) => {
        holds(text, limit);
      }),
      { numRuns: 150 },
    );
  });

  test('also as large as Twilio allows, in messages as large as Discord’s', () => {
    fc.assert(
      fc.property(document(12), (text) => {
        let large = text;
        while (Buffer.byteLength(`${large}\n\n${text}`) <= 32 * 1024) large = `${large}\n\n${text}`;
        expect(holds(large, 2000).length).toBeGreaterThan(1);
      }),
      { numRuns: 15 },
    );
  });

  test('any characters at all: parts fit, are whole, and lose nothing but white space', () => {
    const bare = (text: string) => text.replace(/[\s`*_~|\\#>-]+/g, '');
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 600 }),
        fc.string({
          unit: fc.constantFrom(
            '`',
            '```',
            '*',
            '**',
            '_',
            '|',
            '~',
            '\\',
            '\n',
            ' ',
            '>',
            '[',
            '](',
            ')',
            'a',
          ),
          maxLength: 300,
        }),
        fc.integer({ min: 60, max: 200 }),
        (one, two, limit) => {
          const text = one + two;
          const parts = splitMarkdown(text, limit);
          for (const part of parts) {
            expect(part.length).toBeLessThanOrEqual(limit);
            expect(part.isWellFormed()).toBe(true);
          }
          expect(bare(parts.join('\n'))).toBe(bare(text));
        },
      ),
      { numRuns: 200 },
    );
  });

  test('an emoji or a flag at the edge of a part goes whole into one of the two', () => {
    const clustersOf = (text: string) =>
      [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].map(({ segment }) => segment);
    for (const emoji of ['🇯🇵', '👨‍👩‍👧‍👦', '👍🏽', 'e\u0301']) {
      for (let before = 30; before <= 60; before++) {
        const text = 'a'.repeat(before) + emoji.repeat(20);
        const parts = splitMarkdown(text, 60);
        expect(parts.flatMap(clustersOf)).toEqual(clustersOf(text));
      }
    }
  });

  test('a text without a place to cut is cut in time that grows with its length', () => {
    for (const text of [
      '**'.repeat(16_000),
      '*a '.repeat(10_000),
      '[('.repeat(16_000),
      '`'.repeat(32_000),
      '<'.repeat(32_000),
      '||a'.repeat(10_000),
    ]) {
      const parts = splitMarkdown(text);
      expect(parts.every((part) => part.length <= 2000)).toBe(true);
    }
  });
});
