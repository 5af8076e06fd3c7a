import { describe, expect, test } from 'bun:test';
import { MessageFlags } from 'discord.js';
import { en } from '../texts/en.ts';
import { ja } from '../texts/ja.ts';
import { fromTwilio } from './from-twilio.ts';
import {
  DISCORD_FILE_LIMIT,
  type NameStyle,
  nameWithin,
  type ToDiscordOptions,
  toDiscord,
} from './to-discord.ts';

type Media = { sid: string; contentType: string; filename: string | null; size: number }[];
const send = (body: string | null, media: Media = [], options: Partial<ToDiscordOptions> = {}) =>
  toDiscord(fromTwilio({ sid: 'IM1', author: 'kim', authorName: 'K*im', body, media }), {
    texts: en.message,
    nameStyle: 'prefix',
    fileLimit: DISCORD_FILE_LIMIT,
    ...options,
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
    const parts = send(`@everyone <@1> ${'<@&2> '.repeat(600)}`, [
      { sid: 'ME1', contentType: 'image/png', filename: 'a.png', size: 1 },
    ]);
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

  const file = (size: number) => ({ sid: 'ME1', contentType: 'image/png', filename: 'map.png', size });
  const shape = (parts: ReturnType<typeof send>) =>
    parts.map(({ body, upload, link }) => [body.content, upload?.name ?? null, link?.name ?? null]);
  test('files follow the words, one a message, and carry the name when there are no words', () => {
    expect(shape(send(null, [file(12)]))).toEqual([['**K\\*im**:', 'map.png', null]]);
    expect(shape(send('look', [file(12), file(11 << 20)]))).toEqual([
      ['**K\\*im**: look', null, null],
      ['**K\\*im**:', 'map.png', null],
      ['**K\\*im**: [File: map.png, 11.5 MB]', null, 'map.png'],
    ]);
  });
  test('where a server takes larger files, they are uploaded', () => {
    expect(shape(send(null, [file(11 << 20)], { fileLimit: 50 << 20 }))).toEqual([
      ['**K\\*im**:', 'map.png', null],
    ]);
  });
  test('in the member’s language', () => {
    expect(contents(send(null, [file(11 << 20)], { texts: ja.message }))).toEqual([
      '**K\\*im**: [ファイル：map.png、11.5 MB]',
    ]);
  });
  test('media without a name gets one that Discord shows as a picture', () => {
    const [part] = send(null, [{ sid: 'ME1', contentType: 'image/png', filename: null, size: 1 }]);
    expect(part?.upload?.name).toBe('file.png');
  });

  test('a link that comes twice is unfurled once', () => {
    const filler = 'word '.repeat(390);
    const parts = send(`https://a.example ${filler}\n\nhttps://a.example ${filler}\n\nhttps://b.example`);
    expect(parts.map(({ body }) => body.flags)).toEqual([undefined, MessageFlags.SuppressEmbeds, undefined]);
  });
});
