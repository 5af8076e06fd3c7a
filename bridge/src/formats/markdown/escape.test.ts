import { describe, expect, test } from 'bun:test';
import { truncateMarkdown } from '@flexcord/shared/messages/truncate-markdown';
import fc from 'fast-check';
import { lookOnDiscord } from '../../../testing/shown-on-discord.ts';
import { escapeLine, escapeLines } from './escape.ts';

const signs = (text: string) => [...text.replace(/\s+/g, '')];
/** Everything in which Discord reads more than its characters. */
const written = fc
  .array(
    fc.constantFrom(
      ...[
        'a',
        'b',
        ' ',
        '\n',
        '*',
        '**',
        '_',
        '__',
        '~',
        '~~',
        '`',
        '```',
        '|',
        '||',
        '漢',
        '5',
        '.',
        '-',
        '#',
      ],
      ...[
        '>',
        '<',
        '@',
        '@everyone',
        '<@12>',
        '<:a:1>',
        '<t:12>',
        '<#3>',
        '[',
        ']',
        '(',
        ')',
        '\\',
        '1. ',
        '- ',
      ],
      ...['[a](https://x.y)', '# ', '-# ', '> ', '>>> ', ':', '!', '+ ', '👩‍🚀', 'https://x.y/a_b_'],
    ),
    { maxLength: 16 },
  )
  .map((pieces) => pieces.join(''));

describe('what is escaped looks on Discord as it was written', () => {
  const rows = [
    ['an identifier', '__init__ of MAX_CARGO_SIZE=20*1024', '\\_\\_init\\_\\_ of MAX_CARGO_SIZE=20\\*1024'],
    ['a price', '4.99 was charged', '4.99 was charged'],
    ['a number that would be a list', '4. 99', '4\\. 99'],
    ['a day', '2026-11-24 (~5 minutes)', '2026-11-24 (~5 minutes)'],
    ['small print', '-# no', '\\-# no'],
    ['a heading', '# no', '\\# no'],
    ['a hash', '#5 of C#', '#5 of C#'],
    ['a mention', '<@1> @everyone', '\\<@1> \\@everyone'],
    ['an address', 'https://x.example', 'https:\\//x.example'],
    ['a link', '[x](https://x.example)', '\\[x\\](https:\\//x.example)'],
  ] as const;
  test.each(rows)('%s', (_, text, escaped) => expect(escapeLine(text)).toBe(escaped));

  test('whatever it is, on one line', () => {
    fc.assert(
      fc.property(written, (text) => {
        expect(lookOnDiscord(escapeLine(text))).toEqual(signs(text).length > 0 ? signs(text) : ['–']);
      }),
      { numRuns: 1000 },
    );
  });

  test('whatever it is, over lines', () => {
    fc.assert(
      fc.property(written, (text) => {
        expect(lookOnDiscord(escapeLines(text))).toEqual(signs(text));
      }),
      { numRuns: 1000 },
    );
  });

  test('lines, indentation and addresses stay', () => {
    expect(escapeLines('a:\r\n  b_c_  \n\n\n\nhttps://x.example/a_b?c=*d (e_f)')).toBe(
      'a:\n  b_c\\_\n\nhttps://x.example/a_b?c=*d (e_f)',
    );
  });
});

describe('where a text in Markdown is cut', () => {
  const rows: [name: string, text: string, limit: number, cut: string][] = [
    ['a text that fits', '**a**', 5, '**a**'],
    ['words', 'one two', 6, 'one t…'],
    ['in bold', '**one two**', 9, '**one…**'],
    ['in a block', '```js\none\ntwo\n```', 14, '```js\none…\n```'],
    ['in a link', 'see [a page](https://x.example)', 20, 'see…'],
    ['behind an address', 'https://x.example and more', 19, 'https://x.example …'],
    ['in an escape', 'a\\*b', 3, 'a…'],
    ['in an emoji', 'ab👩‍🚀', 5, 'ab…'],
    ['where nothing fits', '[a page](https://x.example)', 5, '…'],
  ];
  test.each(rows)('%s', (_, text, limit, cut) => expect(truncateMarkdown(text, limit)).toBe(cut));

  test('whatever the text: within the limit, whole, and what is left looks as it did', () => {
    const piece = fc.constantFrom(
      ...[
        'word ',
        '**bold words** ',
        '*it* ',
        '~~gone~~ ',
        '`code it` ',
        '||secret|| ',
        '\\* ',
        '👩‍🚀',
        '漢字',
      ],
      ...['[a page](https://x.example/a_b) ', 'https://x.example/a_b ', '\n', '```js\none();\ntwo();\n```\n'],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.integer({ min: 12, max: 80 }), (pieces, limit) => {
        const text = pieces.join('');
        const short = truncateMarkdown(text, limit);
        expect(short.length).toBeLessThanOrEqual(limit);
        expect(short.isWellFormed()).toBe(true);
        const left = lookOnDiscord(short).filter((look) => !look.startsWith('…'));
        expect(left).toEqual(lookOnDiscord(text).slice(0, left.length));
      }),
      { numRuns: 500 },
    );
  });
});
