import { expect, test } from 'bun:test';
import { decodeText, UndecodableText } from './decode.ts';

const bytes = (...parts: (string | number[])[]) =>
  new Uint8Array(
    parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part, 'latin1')] : part)),
  );
/** "Привет" */
const cyrillic = [0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2];
/** "日本" */
const sjis = [0x93, 0xfa, 0x96, 0x7b];
const utf16 = (text: string, swap = false) => {
  const buffer = Buffer.from(text, 'utf16le');
  return new Uint8Array(swap ? buffer.swap16() : buffer);
};

test.each([
  [
    'the header',
    bytes(cyrillic),
    { kind: 'plain', contentType: 'text/csv; charset="windows-1251"' },
    'Привет',
  ],
  [
    'UTF-8, which its server calls something else',
    new TextEncoder().encode('Grüße'),
    { kind: 'plain', contentType: 'text/plain; charset=ISO-8859-1' },
    'Grüße',
  ],
  [
    'the header, of a text that is no UTF-8',
    bytes('Gr\xfc\xdfe'),
    { kind: 'plain', contentType: 'text/plain; charset=ISO-8859-1' },
    'Grüße',
  ],
  [
    'an XML declaration',
    bytes('<?xml version="1.0" encoding="windows-1251"?>', cyrillic),
    { kind: 'xml' },
    '<?xml version="1.0" encoding="windows-1251"?>Привет',
  ],
  [
    'a meta element',
    bytes('<meta charset=shift_jis>', sjis),
    { kind: 'html' },
    '<meta charset=shift_jis>日本',
  ],
  [
    'a meta element of the old kind',
    bytes('<meta http-equiv="Content-Type" content="text/html; charset=EUC-JP">', [0xc6, 0xfc]),
    { kind: 'html' },
    '<meta http-equiv="Content-Type" content="text/html; charset=EUC-JP">日',
  ],
  [
    'a byte order mark, whatever the header says',
    bytes([0xef, 0xbb, 0xbf], 'a'),
    { kind: 'plain', contentType: 'text/csv; charset=utf-16' },
    'a',
  ],
  [
    'the byte order mark of UTF-16',
    new Uint8Array([0xff, 0xfe, ...utf16('ä;日')]),
    { kind: 'plain' },
    'ä;日',
  ],
  ['UTF-16 without a mark', utf16('Frage;Antwort ä\n'), { kind: 'plain' }, 'Frage;Antwort ä\n'],
  [
    'UTF-16 without a mark, the other way round',
    utf16('Frage;Antwort ä\n', true),
    { kind: 'plain' },
    'Frage;Antwort ä\n',
  ],
  [
    'the document where the header does not fit',
    bytes('<?xml version="1.0" encoding="windows-1251"?>', cyrillic),
    { kind: 'xml', contentType: 'text/xml; charset=utf-8' },
    '<?xml version="1.0" encoding="windows-1251"?>Привет',
  ],
  [
    'UTF-8 where a name is unknown',
    new TextEncoder().encode('日本'),
    { kind: 'plain', contentType: 'text/csv; charset=none' },
    '日本',
  ],
  [
    'detection: Windows-1252',
    bytes(
      'Passwort ',
      [0xe4],
      'ndern;',
      [0xd6],
      'ffne die Einstellungen und w',
      [0xe4],
      'hle ',
      [0x84],
      'Konto',
      [0x93],
    ),
    { kind: 'plain' },
    'Passwort ändern;Öffne die Einstellungen und wähle „Konto“',
  ],
  [
    'UTF-8 where one character is damaged',
    bytes([...new TextEncoder().encode('日本日本日本日本日本日本'), 0xe6]),
    { kind: 'plain' },
    '日本日本日本日本日本日本\uFFFD',
  ],
  [
    'detection: ISO-2022-JP',
    bytes([0x1b, 0x24, 0x42, 0x46, 0x7c, 0x4b, 0x5c, 0x1b, 0x28, 0x42]),
    { kind: 'plain' },
    '日本',
  ],
] as const)('text is read by %s', (_, given, how, text) => {
  expect(decodeText(given, how)).toBe(text);
});

test('bytes in no encoding are refused', () => {
  expect(() => decodeText(new Uint8Array([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0]), { kind: 'plain' })).toThrow(
    'UTF-32',
  );
  expect(() => decodeText(new Uint8Array([0x83, 0x5e, 0xff, 0, 0xff, 0xfd]), { kind: 'plain' })).toThrow(
    UndecodableText,
  );
});
