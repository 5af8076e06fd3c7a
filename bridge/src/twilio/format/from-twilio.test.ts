import { describe, expect, test } from 'bun:test';
import type { AgentMessage } from '../../messages/canonical.ts';
import { fromTwilio, readKept } from './from-twilio.ts';

const message = { sid: 'IM1', index: 4, author: 'kim', body: 'look' };
const canonical: AgentMessage = {
  id: 'IM1',
  index: 4,
  author: { id: 'kim', name: 'kim' },
  text: 'look',
  files: [
    {
      name: 'map.png',
      contentType: 'image/png',
      size: 12,
      url: null,
      source: { at: 'twilio', mediaSid: 'ME1' },
    },
  ],
  notes: [],
};

describe('a message of an agent', () => {
  const media: [from: string, media: unknown][] = [
    ['REST', [{ sid: 'ME1', content_type: 'image/png', filename: 'map.png', size: 12 }]],
    ['a webhook', '[{"Sid":"ME1","ContentType":"image/png","Filename":"map.png","Size":12}]'],
    [
      'the journal of an earlier version',
      [{ sid: 'ME1', contentType: 'image/png', filename: 'map.png', size: 12 }],
    ],
  ];
  test.each(media)('reads media as %s has it', (_, given) => {
    expect(fromTwilio({ ...message, media: given })).toEqual(canonical);
  });

  test.each([undefined, null, '', 'null', '{}', '[]'])('reads %p as no media', (given) => {
    expect(fromTwilio({ ...message, media: given }).files).toEqual([]);
  });

  test('gives media without a name one that Discord shows as a picture', () => {
    const [file] = fromTwilio({ ...message, media: [{ sid: 'ME1', content_type: 'image/png' }] }).files;
    expect(file?.name).toBe('file.png');
  });

  test('cuts no emoji in a long name in two', () => {
    const media = [{ sid: 'ME1', content_type: 'image/png', filename: `${'a'.repeat(254)}👩‍🚀.png` }];
    const { author, files } = fromTwilio({ ...message, author: `${'a'.repeat(255)}😀`, media });
    expect(author.name).toBe('a'.repeat(255));
    expect(files[0]?.name).toBe('a'.repeat(254));
  });

  test('reads an entry of the journal in its present and in its earlier form', () => {
    const media = [{ sid: 'ME1', contentType: 'image/png', filename: 'map.png', size: 12 }];
    expect(readKept({ ...message, attributes: '{}', media } as never)).toEqual(canonical);
    expect(readKept(canonical)).toEqual(canonical);
  });
});
