import { describe, expect, test } from 'bun:test';
import { layOut } from '@flexcord/shared/messages/layout';
import { type APIMessage, MessageType } from 'discord.js';
import { describeEvent, fromDiscord } from '../../discord/format/from-discord.ts';
import type { ReaderContext } from '../../discord/format/readable.ts';
import { en, ja } from '../../texts/languages.ts';
import { deletedForTwilio, editedForTwilio, toTwilio } from './to-twilio.ts';

const ada = { id: '1', username: 'ada', global_name: 'Ada' };
const texts = en.message;
const reading: ReaderContext = {
  texts,
  language: en.locale,
  timeZone: 'UTC',
  names: {
    role: (id) => ({ 3: 'helpers' })[id],
    channel: (id) => ({ 4: 'support' })[id],
  },
};
/** A message as Discord's API has it, with what the row gives. */
const discord = (given: object) =>
  ({
    id: '9',
    type: 0,
    channel_id: '8',
    author: ada,
    content: '',
    timestamp: '2026-11-24T01:30:00.000Z',
    edited_timestamp: null,
    flags: 0,
    mentions: [],
    attachments: [],
    embeds: [],
    components: [],
    ...given,
  }) as unknown as APIMessage;
const said = (given: object, by = reading, transcript?: string) =>
  toTwilio(fromDiscord(discord(given), by), {
    texts: by.texts,
    fileLimit: 16 * 1024 * 1024,
    transcript,
  }).map((part) => ('body' in part ? part.body : `<${part.file.name}>`));

const png = { id: '1', filename: 'a.png', content_type: 'image/png', size: 9, url: 'https://cdn/a.png' };
const voice = {
  ...{ id: '2', filename: 'v.ogg', content_type: 'audio/ogg', size: 9, url: 'https://cdn/v.ogg' },
  duration_secs: 64.6,
};
const signed = `https://cdn.discordapp.com/attachments/1/2/a.png?ex=${'6'.repeat(8)}&is=${'7'.repeat(8)}&hm=${'a'.repeat(64)}&`;
const reply = (original: object | null) => ({
  content: 'this one',
  message_reference: { message_id: '7' },
  referenced_message: original && discord(original),
});
const forward = (snapshot: object) => ({ message_snapshots: [{ message: { content: '', ...snapshot } }] });

type Row = [name: string, discord: object, twilio: string[]];
const rows: Row[] = [
  ['text', { content: 'my **key** is _gone_' }, ['my **key** is _gone_']],
  ['text over lines', { content: '# a\n> b\n- c' }, ['# a\n> b\n- c']],
  [
    'mention of a user',
    { content: 'ask <@2> or <@!5>', mentions: [{ id: '2', username: 'bo', global_name: 'Bo' }] },
    ['ask @Bo or @member'],
  ],
  ['mention of a role', { content: '<@&3> or <@&33>' }, ['@helpers or @role']],
  ['mention of a channel', { content: 'in <#4> or <#44>' }, ['in #support or #channel']],
  ['a command', { content: 'I used </case view:123>' }, ['I used /case view']],
  ['server pages', { content: '<id:browse> <id:linked-roles:12>' }, ['Browse Channels Linked Roles']],
  ['custom emoji', { content: 'hi <a:wave:55> <:ok:56>' }, ['hi :wave: :ok:']],
  ['emoji', { content: '👩‍🚀 👍🏽' }, ['👩‍🚀 👍🏽']],
  ['a sound', { content: '<sound:0:77>' }, ['[sound]']],
  ['a timestamp', { content: 'at <t:1795491000>' }, ['at 24 November 2026 at 03:30 UTC']],
  ['a time of day', { content: 'at <t:1795491000:t>' }, ['at 03:30 UTC']],
  ['a date', { content: 'on <t:1795491000:d>' }, ['on 24 November 2026']],
  ['a timestamp with weekday', { content: '<t:1795491000:F>' }, ['Tuesday, 24 November 2026 at 03:30 UTC']],
  [
    'a relative timestamp, seen from when it was written',
    { content: 'it ends <t:1795491000:R>' },
    ['it ends 24 November 2026 at 03:30 UTC (in 2 hours)'],
  ],
  ['no moment at all', { content: '<t:9999999999999>' }, ['<t:9999999999999>']],
  ['a spoiler', { content: 'it is ||the **butler**||' }, ['it is [spoiler: the **butler**]']],
  ['code is left alone', { content: 'if `a || <@2> || b`' }, ['if `a || <@2> || b`']],
  [
    'a block of code, too',
    { content: 'see ```js\n<t:0> || 1 || 2```\n||x||' },
    ['see ```js\n<t:0> || 1 || 2```\n[spoiler: x]'],
  ],
  ['what is escaped is no mention', { content: '\\<@2>' }, ['\\<@2>']],
  [
    'a GIF from a picker',
    { content: 'https://tenor.com/view/happy-dance-gif-1234567' },
    ['[GIF: happy dance] https://tenor.com/view/happy-dance-gif-1234567'],
  ],
  [
    'a GIF from another',
    { content: 'https://giphy.com/gifs/cat-jump-aB3dE' },
    ['[GIF: cat jump] https://giphy.com/gifs/cat-jump-aB3dE'],
  ],
  [
    'a GIF by its file',
    { content: 'https://media.giphy.com/media/x/giphy.gif' },
    ['[GIF] https://media.giphy.com/media/x/giphy.gif'],
  ],
  ['a reply', reply({ content: 'two\nlines' }), ['> Ada: two lines\nthis one']],
  [
    'a reply to an agent',
    reply({ author: { id: '5', username: 'flexcord', bot: true }, content: '**K\\*im**: which **one**?' }),
    ['> K*im: which **one**?\nthis one'],
  ],
  [
    'a reply to an agent named above the words',
    reply({ author: { id: '5', username: 'flexcord', bot: true }, content: '-# Kim\nwhich one?' }),
    ['> Kim: which one?\nthis one'],
  ],
  ['a reply to a file', reply({ attachments: [png] }), ['> Ada: (attachment)\nthis one']],
  [
    'a reply to a voice message',
    reply({ flags: 1 << 13, attachments: [voice] }),
    ['> Ada: (Voice message, 1:05)\nthis one'],
  ],
  [
    'a reply to a sticker',
    reply({ sticker_items: [{ id: '5', name: 'Wave', format_type: 3 }] }),
    ['> Ada: [Sticker: Wave]\nthis one'],
  ],
  [
    'a reply to a forward',
    reply(forward({ content: 'look' })),
    ['> Ada: [Forwarded message: look]\nthis one'],
  ],
  [
    'a reply to a message that Discord did not look up',
    { content: 'this one', message_reference: { message_id: '7' } },
    ['> (the original message cannot be seen from here)\nthis one'],
  ],
  [
    'a reply to a long message in bold',
    reply({ content: `**${'word '.repeat(40)}end**` }),
    [`> Ada: **${'word '.repeat(23).trim()}…**\nthis one`],
  ],
  ['a reply to a deleted message', reply(null), ['> (the original message was deleted)\nthis one']],
  ['words and a file', { content: 'look', attachments: [png] }, ['look', '<a.png>']],
  [
    'several files, in their order',
    { attachments: [png, { ...png, filename: 'b.pdf', content_type: 'application/pdf' }] },
    ['<a.png>', '<b.pdf>'],
  ],
  ['a file whose name Discord made plain', { attachments: [{ ...png, title: '地図' }] }, ['<地図.png>']],
  [
    'a description of a picture',
    { attachments: [{ ...png, description: 'the harbour' }] },
    ['[a.png: the harbour]', '<a.png>'],
  ],
  [
    'a file too large',
    { attachments: [{ ...png, size: 17 << 20 }] },
    ['[File: [a.png](https://cdn/a.png), 17.8 MB]'],
  ],
  [
    'a kind of file that Flex does not show',
    { attachments: [png, { ...png, filename: 'x.exe', content_type: 'application/x-msdownload' }] },
    ['[File: [x.exe](https://cdn/a.png), 9 B]', '<a.png>'],
  ],
  ['a voice message', { flags: 1 << 13, attachments: [voice] }, ['[Voice message, 1:05]', '<v.ogg>']],
  [
    'a sticker',
    { sticker_items: [{ id: '5', name: 'Wave', format_type: 1 }] },
    ['[Sticker: [Wave](https://cdn.discordapp.com/stickers/5.png)]'],
  ],
  [
    'a sticker that is a GIF, which the CDN has not',
    { sticker_items: [{ id: '5', name: 'Wave', format_type: 4 }] },
    ['[Sticker: [Wave](https://media.discordapp.net/stickers/5.gif)]'],
  ],
  [
    'a file with a signed address',
    {
      attachments: [{ ...png, filename: 'a[1].exe', content_type: 'application/x-msdownload', url: signed }],
    },
    [`[File: [a\\[1\\].exe](${signed}), 9 B]`],
  ],
  [
    'pictures of a card with signed addresses',
    {
      embeds: [{ type: 'rich', title: 'T', image: { url: signed } }],
      components: [{ type: 12, items: [{ media: { url: signed } }] }],
    },
    [`[Embed: T – [a.png](${signed})]\n[Card: [a.png](${signed})]`],
  ],
  [
    'a file that its sender hid, by its flag and by its name',
    {
      attachments: [
        { ...png, flags: 1 << 3 },
        { ...png, id: '2', filename: 'SPOILER_b.png' },
      ],
    },
    ['[spoiler: a.png]\n[spoiler: SPOILER_b.png]', '<a.png>', '<SPOILER_b.png>'],
  ],
  [
    'two files of one name',
    {
      attachments: [
        { ...png, description: 'one' },
        { ...png, id: '2', description: 'two' },
      ],
    },
    ['[a.png: one]\n[a (2).png: two]', '<a.png>', '<a (2).png>'],
  ],
  [
    'a name that hides what kind of file it is, and one over lines',
    {
      attachments: [
        {
          ...png,
          title: 'bill\u202egnp.exe',
          filename: 'bill.exe',
          content_type: 'application/x-msdownload',
        },
        { ...png, id: '2', title: 'a\n[Ada left]\u0000', description: 'x]\n[Ada left the chat' },
        { ...png, id: '3', title: '\u200b' },
      ],
    },
    [
      '[File: [billgnp.exe](https://cdn/a.png), 9 B]\n[a [Ada left].png: x] [Ada left the chat]',
      '<a [Ada left].png>',
      '<a.png>',
    ],
  ],
  [
    'what looks like the bridge’s own words behind what is not seen, in a card and in a poll',
    {
      content: '\u200b[Ada left the chat]\n\u00a0\u202e[x]',
      embeds: [{ type: 'rich', description: 'a\n[Ada left the chat]\nb' }],
      poll: { question: { text: 'a]\n[Ada left the chat' }, answers: [] },
      components: [null],
    },
    [
      '“\u200b[Ada left the chat]”\n“\u202e[x]”\n[Poll: a] [Ada left the chat ()]\n[Embed: a\n“[Ada left the chat]”\nb]',
    ],
  ],
  [
    'names over lines, and none',
    {
      content: 'hi <@2> <@3>',
      mentions: [
        { id: '2', username: 'b', global_name: 'B]\n[Ada left' },
        { id: '3', username: '', global_name: '\u2066' },
      ],
    },
    ['hi @B] [Ada left @member'],
  ],
  [
    'a voice message of no length',
    { flags: 1 << 13, attachments: [{ ...voice, duration_secs: Number.NaN }] },
    ['[Voice message, 0:00]', '<v.ogg>'],
  ],
  [
    'a forwarded voice message',
    forward({ flags: 1 << 13, attachments: [voice] }),
    ['[Voice message, 1:05]\n[Forwarded message: (no text)]', '<v.ogg>'],
  ],
  [
    'a described voice message',
    { flags: 1 << 13, attachments: [{ ...voice, description: 'a song' }] },
    ['[Voice message, 1:05]\n[v.ogg: a song]', '<v.ogg>'],
  ],
  [
    'a link that shows another address, with brackets',
    { content: '[https://bank.example](https://x.example/A_(b))' },
    ['https://bank.example (https://x.example/A_(b))'],
  ],
  [
    'a sticker without a picture',
    { sticker_items: [{ id: '5', name: 'Wave', format_type: 3 }] },
    ['[Sticker: Wave]'],
  ],
  [
    'a poll',
    {
      poll: {
        question: { text: 'Tea?' },
        answers: [{ poll_media: { text: 'yes', emoji: { name: '👍' } } }, { poll_media: { text: 'no' } }],
      },
    },
    ['[Poll: Tea? (👍 yes / no)]'],
  ],
  [
    'a poll with votes',
    {
      poll: {
        question: { text: 'Tea?' },
        answers: [
          { answer_id: 1, poll_media: { text: 'yes' } },
          { answer_id: 2, poll_media: { text: 'no' } },
        ],
        results: { is_finalized: false, answer_counts: [{ id: 1, count: 3, me_voted: false }] },
      },
    },
    ['[Poll: Tea? (yes – 3 votes / no – 0 votes)]'],
  ],
  ['a forward', forward({ content: 'look at ||this||' }), ['[Forwarded message: look at [spoiler: this]]']],
  [
    'a forward with a file',
    forward({ content: 'look', attachments: [png] }),
    ['[Forwarded message: look]', '<a.png>'],
  ],
  [
    'a forward with a card',
    forward({ embeds: [{ type: 'rich', title: 'T', fields: [{ name: 'F', value: 'V' }] }] }),
    ['[Forwarded message: [Embed: T – F: V]]'],
  ],
  [
    'a forward with a sticker',
    forward({ sticker_items: [{ id: '5', name: 'Wave', format_type: 3 }] }),
    ['[Forwarded message: [Sticker: Wave]]'],
  ],
  [
    'components',
    {
      components: [
        {
          type: 17,
          components: [
            { type: 10, content: 'Version 2 is out' },
            { type: 14 },
            {
              type: 9,
              components: [{ type: 10, content: 'More' }],
              accessory: { type: 2, label: 'Read', url: 'https://x.y' },
            },
            { type: 12, items: [{ media: { url: 'https://cdn/z.png' }, description: 'a map' }] },
            { type: 99 },
          ],
        },
      ],
    },
    [
      '[Card: Version 2 is out]\n[Card: More]\n[Card: Read – https://x.y]\n[Card: a map – https://cdn/z.png]\n[Something that cannot be shown here: 99]',
    ],
  ],
  [
    'an embed',
    {
      embeds: [{ type: 'rich', author: { name: 'A' }, title: 'T', description: 'D', footer: { text: 'F' } }],
    },
    ['[Embed: A – T – D – F]'],
  ],
  [
    'a link and its preview',
    { content: 'see https://x.y', embeds: [{ type: 'link', url: 'https://x.y', title: 'X' }] },
    ['see https://x.y'],
  ],
  [
    'an invitation to play',
    { activity: { type: 1 }, application: { name: 'Chess' } },
    ['[Invitation to an activity: Chess]'],
  ],
  ['nothing at all', {}, ['[A message without content]']],
  [
    'what nobody knows yet',
    { hologram: { id: 1 }, tags: [] },
    ['[A message that cannot be shown here (hologram)]'],
  ],
];

describe('member to agent', () => {
  test.each(rows)('%s', (_, given, parts) => expect(said(given)).toEqual(parts));

  test('a voice message with what is said in it', () => {
    const parts = said({ flags: 1 << 13, attachments: [voice] }, reading, 'my key is gone');
    expect(parts).toEqual(['[Voice message, 1:05: “my key is gone”]', '<v.ogg>']);
    expect(said(forward({ flags: 1 << 13, attachments: [voice] }), reading, 'my key is gone')).toEqual([
      '[Voice message, 1:05: “my key is gone”]\n[Forwarded message: (no text)]',
      '<v.ogg>',
    ]);
  });

  test('in the agents’ language', () => {
    const japanese = { ...reading, texts: ja.message, language: 'ja' };
    expect(said({ content: '<t:1795491000:D> ||x||' }, japanese)).toEqual(['2026年11月24日 [ネタバレ：x]']);
    expect(said({ sticker_items: [{ id: '5', name: '波', format_type: 3 }] }, japanese)).toEqual([
      '[スタンプ：波]',
    ]);
  });

  const events: [name: string, message: object, words: string | null][] = [
    ['something written', { type: MessageType.Reply }, null],
    ['a pin', { type: MessageType.ChannelPinnedMessage }, '[Ada pinned a message]'],
    ['a call', { type: MessageType.Call }, '[Ada started a call]'],
    [
      'the end of a poll',
      {
        type: MessageType.PollResult,
        embeds: [
          {
            type: 'poll_result',
            fields: [
              { name: 'poll_question_text', value: 'Tea?' },
              { name: 'victor_answer_votes', value: '3' },
              { name: 'total_votes', value: '4' },
              { name: 'victor_answer_id', value: '1' },
              { name: 'victor_answer_text', value: 'yes' },
              { name: 'victor_answer_emoji_name', value: '👍' },
            ],
          },
        ],
      },
      '[Poll ended: Tea? – 👍 yes, 3 of 4 votes]',
    ],
    [
      'the end of a poll that nobody won',
      {
        type: MessageType.PollResult,
        embeds: [
          {
            type: 'poll_result',
            fields: [
              { name: 'poll_question_text', value: 'Tea?' },
              { name: 'victor_answer_votes', value: '2' },
              { name: 'total_votes', value: '4' },
            ],
          },
        ],
      },
      '[Poll ended: Tea? – a tie, 4 votes]',
    ],
    ['a kind of the future', { type: 999 }, '[Ada did something that cannot be shown here (999)]'],
  ];
  test.each(events)('%s, which nobody writes', (_, message, words) => {
    expect(describeEvent(discord(message), 'Ada', texts)).toBe(words);
  });

  test('Flex can tell the member’s words from what is said about them, and has them as they were written', () => {
    const written = 'hey <@2> ||look|| :wave: <:wave:555> <t:0:R> `<@2>`\n- one';
    const message = { ...reply({ content: 'at four?' }), content: written, attachments: [voice] };
    const [part] = toTwilio(fromDiscord(discord(message), reading), { texts, fileLimit: 1 });
    if (!part || !('body' in part) || !part.layout) throw new Error('the message has no layout');
    expect(layOut(part.body, part.layout)).toMatchObject({
      quoted: { author: 'Ada', excerpt: 'at four?' },
      written,
      notes: ['File: [v.ogg](https://cdn/v.ogg), 9 B'],
    });
    expect(layOut(part.body, part.layout).words.get('<:wave:555>')).toBe(':wave:');
    const long = fromDiscord(discord({ content: '<:wave:555> '.repeat(300) }), reading);
    const [crowded] = toTwilio(long, { texts, fileLimit: 1 });
    expect(crowded).not.toHaveProperty('layout');
  });

  const edited = fromDiscord(discord({ content: 'at five' }), reading);
  test('an edit says what stood there before', () => {
    expect(editedForTwilio(edited, { text: 'at\nfour' }, texts).body).toBe(
      'at five\n[Edited. Before: at four]',
    );
  });
  test('an edit that took a file away names it', () => {
    expect(editedForTwilio(edited, { text: 'at five', removedFiles: ['a.png'] }, texts).body).toBe(
      'at five\n[File removed: a.png]\n[Edited]',
    );
  });
  test('a deletion keeps the words and is marked once, or erases them', () => {
    const gone = deletedForTwilio('at five', 'Ada', texts);
    expect(gone).toBe('[Ada deleted this message]\nat five');
    expect(deletedForTwilio(gone, 'Ada', texts)).toBe(gone);
    expect(deletedForTwilio(gone, 'Ada', texts, true)).toBe('[Ada deleted this message]');
  });

  test('no part is larger than Twilio takes, and none of it is lost', () => {
    const content = '漢字😀'.repeat(9000);
    const parts = said({ content });
    for (const part of parts) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(32 * 1024);
    expect(parts.join('')).toBe(content);
  });
});

test('moments are written in the zone of the team, also where that is another day', () => {
  const tokyo = { ...reading, timeZone: 'Asia/Tokyo' };
  expect(said({ content: '<t:1795548600:f>' }, tokyo)).toEqual(['25 November 2026 at 04:30 GMT+9']);
});
