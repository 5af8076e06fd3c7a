import { describe, expect, test } from 'bun:test';
import { MessageFlags } from 'discord.js';
import fc from 'fast-check';
import { shownOnDiscord } from '../../../testing/shown-on-discord.ts';
import type { CanonicalFile } from '../../messages/canonical.ts';
import { en, ja } from '../../texts/languages.ts';
import {
  DISCORD_FILE_LIMIT,
  type NameStyle,
  nameWithin,
  type ToDiscordOptions,
  toDiscord,
} from './to-discord.ts';

const send = (text: string, files: CanonicalFile[] = [], options: Partial<ToDiscordOptions> = {}) =>
  toDiscord(
    { id: 'IM1', author: { id: 'kim', name: 'K*im' }, text, files, notes: [] },
    { texts: en.message, nameStyle: 'prefix', fileLimit: DISCORD_FILE_LIMIT, ...options },
  );
/** A picture of so many bytes. */
const file = (size: number): CanonicalFile => ({
  name: 'map.png',
  contentType: 'image/png',
  size,
  url: null,
  source: { at: 'twilio', mediaSid: 'ME1' },
});
const contents = (parts: ReturnType<typeof send>) => parts.map(({ body }) => body.content);

describe('agent to member', () => {
  const rows: [name: string, flex: string, discord: string[]][] = [
    ['plain words', 'hello', ['**K\\*im**: hello']],
    ['nothing', '', ['**K\\*im**: …']],
    ['a block of code on its own line', '```js\nx\n```', ['**K\\*im**:\n```js\nx\n```']],
    ['a list on its own line', '* a\n* b', ['**K\\*im**:\n- a\n- b']],
    ['a heading that Discord lacks', '#### a', ['**K\\*im**: **a**']],
    ['bold as Flex has it', '__a__', ['**K\\*im**: **a**']],
    [
      'long words, the name once',
      `${'a'.repeat(1900)}\n\n${'b'.repeat(1900)}`,
      [`**K\\*im**: ${'a'.repeat(1900)}`, 'b'.repeat(1900)],
    ],
  ];
  test.each(rows)('%s', (_, flex, parts) => expect(contents(send(flex))).toEqual(parts));

  test('nobody is pinged, by no part', () => {
    const parts = send(`@everyone <@1> ${'<@&2> '.repeat(600)}`, [file(1)]);
    expect(parts.length).toBeGreaterThan(2);
    for (const { body } of parts) expect(body.allowed_mentions).toEqual({ parse: [] });
  });

  const styles: [NameStyle, string][] = [
    ['prefix', '**K\\*im**: hello'],
    ['line', '-# K\\*im\nhello'],
    ['none', 'hello'],
  ];
  test.each(styles)('the name as %s', (nameStyle, content) => {
    expect(contents(send('hello', [], { nameStyle }))).toEqual([content]);
    expect(nameWithin(content)).toEqual(nameStyle === 'none' ? null : { name: 'K*im', words: 'hello' });
  });

  const shape = (parts: ReturnType<typeof send>) =>
    parts.map(({ body, upload, link }) => [body.content, upload?.name ?? null, link?.name ?? null]);
  test('files follow the words, one a message, and carry the name when there are no words', () => {
    expect(shape(send('', [file(12)]))).toEqual([['**K\\*im**:', 'map.png', null]]);
    expect(shape(send('look', [file(12), file(11 << 20)]))).toEqual([
      ['**K\\*im**: look', null, null],
      ['**K\\*im**:', 'map.png', null],
      ['**K\\*im**: [File: map.png, 11.5 MB]', null, 'map.png'],
    ]);
  });
  test('where a server takes larger files, they are uploaded', () => {
    expect(shape(send('', [file(11 << 20)], { fileLimit: 50 << 20 }))).toEqual([
      ['**K\\*im**:', 'map.png', null],
    ]);
  });
  test('in the member’s language', () => {
    expect(contents(send('', [file(11 << 20)], { texts: ja.message }))).toEqual([
      '**K\\*im**: [ファイル：map.png、11.5 MB]',
    ]);
  });

  test('a link that comes twice is unfurled once', () => {
    const filler = 'word '.repeat(390);
    const parts = send(`https://a.example ${filler}\n\nhttps://a.example ${filler}\n\nhttps://b.example`);
    expect(parts.map(({ body }) => body.flags)).toEqual([undefined, MessageFlags.SuppressEmbeds, undefined]);
  });
});

describe('what nests too deeply to be rendered', () => {
  const openers = [
    '>',
    '> ',
    '- ',
    '+ ',
    '1. ',
    '- > ',
    '[',
    '![',
    '(',
    '<',
    '`',
    '\\',
    '*',
    '**',
    '_',
    '__',
    '~~',
  ];
  const more = [
    '||',
    '|',
    '# ',
    '*_a',
    '[a](',
    '**a *b ',
    '  - ',
    '\t',
    '\n',
    '\n> ',
    'https://',
    '&#',
    '<br>',
  ];
  const says = 'shown without its formatting';

  test.each([...openers, ...more])(
    '32 KB of %j are sent, every character that is no mark among them',
    (piece) => {
      const text = `${piece.repeat(Math.floor((32 * 1024 - 12) / piece.length))}\n\nthe words`;
      const parts = contents(send(text));
      for (const part of parts) expect(part.length).toBeLessThanOrEqual(2000);
      expect(parts.join('\n')).toContain('the words');
    },
  );

  test('it is sent as it was written, and says so', () => {
    const text = '>'.repeat(11_000);
    const parts = contents(send(`${text} help`));
    expect(parts.join('').split('>').length - 1).toBe(11_000);
    expect(parts.at(-1)).toContain(says);
    expect(contents(send('> > deep, but not too deep'))).toEqual(['**K\\*im**:\n> deep, but not too deep']);
  });

  test('any nesting at all is sent in messages that Discord takes', () => {
    const run = fc
      .tuple(fc.constantFrom(...openers, ...more), fc.integer({ min: 1, max: 4000 }))
      .map(([piece, times]) => piece.repeat(times));
    fc.assert(
      fc.property(fc.array(run, { minLength: 1, maxLength: 8 }), (runs) => {
        const text = runs.join('').slice(0, 32 * 1024);
        for (const part of contents(send(`${text}x`))) {
          expect(part.length).toBeLessThanOrEqual(2000);
          expect(part.trim()).not.toBe('');
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe('what an agent writes is what a member reads', () => {
  /** A piece of Flex's Markdown, and what it shows. */
  type Piece = { flex: string; shows: string };
  const word = fc.constantFrom(
    ...[
      'word',
      'snake_case',
      '漢字',
      'ひらがな。',
      'مرحبا',
      'שלום',
      '👨‍👩‍👧‍👦',
      '🇯🇵',
      'e\u0301\u0323',
      'नमस्ते',
    ],
    ...['a||b', '2 * 4', 'C#', '~', 'x'.repeat(60)],
  );
  const words = (most: number) =>
    fc.array(word, { minLength: 1, maxLength: most }).map((list): Piece => {
      const text = list.join(' ');
      return { flex: text, shows: text };
    });
  const safe = fc.constantFrom('bold', '太字', 'غامق', '😀 yes', 'two words');
  const around = (open: string, close = open) =>
    safe.map((text): Piece => ({ flex: `${open}${text}${close}`, shows: text }));
  const inline = fc.oneof(
    { weight: 5, arbitrary: words(12) },
    around('**'),
    around('__'),
    around('*'),
    around('~~'),
    around('`'),
    safe.map(
      (text): Piece => ({
        flex: `[${text}](https://a.example/b_c "t")`,
        shows: `<https://a.example/b_c>${text}`,
      }),
    ),
  );
  const join = (pieces: readonly Piece[], by: string): Piece => ({
    flex: pieces.map(({ flex }) => flex).join(by),
    shows: pieces.map(({ shows }) => shows).join(''),
  });
  const line = fc.array(inline, { minLength: 1, maxLength: 8 }).map((pieces) => {
    const { flex, shows } = join(pieces, ' ');
    // What begins a line would mean more there.
    return { flex: `So ${flex}`, shows: `So${shows}` };
  });
  const code = fc
    .array(fc.constantFrom('a || b', '  __x__ **y**', '漢字', '- z'), { minLength: 1, maxLength: 40 })
    .map((lines): Piece => ({ flex: `~~~ts\n${lines.join('\n')}\n~~~`, shows: lines.join('') }));
  const block = fc.oneof(
    { weight: 3, arbitrary: line },
    code,
    line.map(({ flex, shows }): Piece => ({ flex: `> ${flex}`, shows })),
    line.map(({ flex, shows }): Piece => ({ flex: `## ${flex}`, shows })),
    line.map(({ flex, shows }): Piece => ({ flex: `* ${flex}`, shows: `-${shows}` })),
    line.map(({ flex, shows }): Piece => ({ flex: `- [x] ${flex}`, shows: `-☑${shows}` })),
  );
  const bare = (text: string) => text.replace(/\s+/g, '');
  const read = (flex: string) =>
    contents(send(flex, [], { nameStyle: 'none' }))
      .map(shownOnDiscord)
      .join('');

  test('in any script, with code, lists, quotes and links', () => {
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 10 }), (pieces) => {
        const { flex, shows } = join(pieces, '\n\n');
        expect(read(flex)).toBe(bare(shows));
      }),
      { numRuns: 120 },
    );
  });

  test('up to all that Twilio allows', () => {
    fc.assert(
      fc.property(fc.array(block, { minLength: 3, maxLength: 10 }), (pieces) => {
        const one = join(pieces, '\n\n');
        const times = Math.floor((32 * 1024) / (Buffer.byteLength(one.flex) + 2));
        const { flex, shows } = join(Array(times).fill(one), '\n\n');
        expect(Buffer.byteLength(flex)).toBeLessThanOrEqual(32 * 1024);
        expect(read(flex)).toBe(bare(shows));
      }),
      { numRuns: 10 },
    );
  });
});
