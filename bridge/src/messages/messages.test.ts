import { describe, expect, test } from 'bun:test';
import type { APIMessage } from 'discord.js';
import { fromDiscord } from './from-discord.ts';
import { fromTwilio } from './from-twilio.ts';
import { toDiscord } from './to-discord.ts';
import { deletedForTwilio, editedForTwilio, toTwilio } from './to-twilio.ts';

const ada = { id: '1', username: 'ada', global_name: 'Ada' };
const said = (message: object) =>
  toTwilio(
    fromDiscord({
      id: '9',
      author: ada,
      content: '',
      mentions: [],
      attachments: [],
      embeds: [],
      ...message,
    } as unknown as APIMessage),
  ).map((part) => ('body' in part ? part.body : `<${part.file.name}>`));

describe('member to agent', () => {
  const rows: [name: string, message: object, body: string][] = [
    ['text', { content: 'my **key** is gone' }, 'my **key** is gone'],
    [
      'user mention',
      { content: 'ask <@2>', mentions: [{ id: '2', username: 'bo', global_name: 'Bo' }] },
      'ask @Bo',
    ],
    ['role and channel', { content: '<@&3> in <#4>' }, '@role in #channel'],
    ['custom emoji', { content: 'hi <a:wave:55> <:ok:56>' }, 'hi :wave: :ok:'],
    ['timestamp', { content: 'since <t:0:R>' }, 'since 1970-01-01 00:00 UTC'],
    ['spoiler', { content: 'it is ||the butler||' }, 'it is [spoiler: the butler]'],
    [
      'reply',
      {
        content: 'this one',
        message_reference: { message_id: '7' },
        referenced_message: { author: ada, content: 'two\nlines', mentions: [], embeds: [] },
      },
      '> Ada: two lines\nthis one',
    ],
    [
      'reply to an agent',
      {
        content: 'this one',
        message_reference: { message_id: '7' },
        referenced_message: {
          author: { id: '5', username: 'flexcord', bot: true },
          content: '**K\\*im**: which **one**?',
          mentions: [],
          embeds: [],
        },
      },
      '> K*im: which **one**?\nthis one',
    ],
    [
      'reply to a deleted message',
      { content: 'eh', message_reference: { message_id: '7' }, referenced_message: null },
      '> (the original message was deleted)\neh',
    ],
    [
      'file',
      { attachments: [{ filename: 'a.png', size: 1_400_000, url: 'https://cdn/a.png' }] },
      '[File: a.png, 1.4 MB] https://cdn/a.png',
    ],
    [
      'sticker',
      { sticker_items: [{ id: '5', name: 'Wave', format_type: 1 }] },
      '[Sticker: Wave https://cdn.discordapp.com/stickers/5.png]',
    ],
    [
      'poll',
      {
        poll: {
          question: { text: 'Tea?' },
          answers: [{ poll_media: { text: 'yes' } }, { poll_media: { text: 'no' } }],
        },
      },
      '[Poll: Tea? (yes / no)]',
    ],
    [
      'forward',
      { message_snapshots: [{ message: { content: 'look', attachments: [] } }] },
      '[Forwarded message: look]',
    ],
    ['embed', { embeds: [{ type: 'rich', title: 'T', description: 'D' }] }, '[Embed: T – D]'],
    [
      'a link and its preview',
      { content: 'see https://x.y', embeds: [{ type: 'link', url: 'https://x.y', title: 'X' }] },
      'see https://x.y',
    ],
    ['nothing at all', {}, '[A message without content]'],
  ];
  test.each(rows)('%s', (_, message, body) => expect(said(message)).toEqual([body]));

  const png = { id: '1', filename: 'a.png', content_type: 'image/png', size: 9, url: 'https://cdn/a.png' };
  const voice = {
    id: '2',
    filename: 'v.ogg',
    content_type: 'audio/ogg',
    size: 9,
    url: 'u',
    duration_secs: 64.6,
  };
  const several: [name: string, message: object, parts: string[]][] = [
    ['words and a file', { content: 'look', attachments: [png] }, ['look', '<a.png>']],
    ['only files', { attachments: [png, { ...png, filename: 'b.png' }] }, ['<a.png>', '<b.png>']],
    [
      'a file too large',
      { attachments: [{ ...png, size: 17 << 20 }] },
      ['[File: a.png, 17.8 MB] https://cdn/a.png'],
    ],
    [
      'a kind that Flex does not show',
      { attachments: [png, { ...png, filename: 'x.exe', content_type: 'application/x-msdownload' }] },
      ['[File: x.exe, 9 B] https://cdn/a.png', '<a.png>'],
    ],
    ['voice message', { flags: 1 << 13, attachments: [voice] }, ['[Voice message, 1:05]', '<v.ogg>']],
    [
      'forwarded file',
      { message_snapshots: [{ message: { content: 'look', attachments: [png] } }] },
      ['[Forwarded message: look]', '<a.png>'],
    ],
  ];
  test.each(several)('%s', (_, message, parts) => expect(said(message)).toEqual(parts));

  test('an edit says what stood there before; a deletion keeps the words, and is marked once', () => {
    const edited = fromDiscord({
      id: '9',
      author: ada,
      content: 'at five',
      mentions: [],
      attachments: [],
      embeds: [],
    } as unknown as APIMessage);
    expect(editedForTwilio(edited, 'at\nfour')).toBe('at five\n[Edited. Before: at four]');
    const gone = deletedForTwilio('at five', 'Ada');
    expect(gone).toBe('[Ada deleted this message]\nat five');
    expect(deletedForTwilio(gone, 'Ada')).toBe(gone);
  });

  test('no part is larger than Twilio takes, and none of it is lost', () => {
    const content = '漢字😀'.repeat(9000);
    const parts = said({ content });
    for (const part of parts) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(32 * 1024);
    expect(parts.join('')).toBe(content);
  });
});

describe('agent to member', () => {
  const send = (
    body: string | null,
    media: { sid: string; contentType: string; filename: string | null; size: number }[] = [],
  ) => toDiscord(fromTwilio({ sid: 'IM1', author: 'kim', authorName: 'K*im', body, media }));

  test('the name stands before the words, and nobody is pinged', () => {
    expect(send('hello @everyone')).toEqual([
      { body: { content: '**K\\*im**: hello @everyone', allowed_mentions: { parse: [] } } },
    ]);
  });
  test('a block keeps its own line', () => {
    expect(send('```js\nx\n```')[0]?.body.content).toBe('**K\\*im**:\n```js\nx\n```');
  });
  test('files follow the words, one a message, and carry the name when there are no words', () => {
    const file = (size: number) => ({ sid: 'ME1', contentType: 'image/png', filename: 'map.png', size });
    const shape = (parts: ReturnType<typeof send>) =>
      parts.map(({ body, upload, link }) => [body.content, upload?.name ?? null, link?.name ?? null]);
    expect(shape(send(null, [file(12)]))).toEqual([['**K\\*im**:', 'map.png', null]]);
    expect(shape(send('look', [file(12), file(11 << 20)]))).toEqual([
      ['**K\\*im**: look', null, null],
      ['**K\\*im**:', 'map.png', null],
      ['**K\\*im**: [File: map.png, 11.5 MB]', null, 'map.png'],
    ]);
  });
  test('media without a name gets one that Discord shows as a picture', () => {
    const [part] = send(null, [{ sid: 'ME1', contentType: 'image/png', filename: null, size: 1 }]);
    expect(part?.upload?.name).toBe('file.png');
  });
});
