import { describe, expect, test } from 'bun:test';
import fc from 'fast-check';
import { findSecrets, kindsIn, passesLuhn, withoutSecrets } from './secrets.ts';

const WORDS = { token: 'token', card: 'card', mail: 'mail', phone: 'phone' };

/** The last digit that makes the others a card's number. */
const withCheck = (digits: string) =>
  [...'0123456789'].map((last) => digits + last).find((number) => passesLuhn(number)) ?? '';

describe('what nobody should tell everybody', () => {
  test.each([
    ['my mail is ada.lovelace+games@post.test-mail.org thanks', ['mail']],
    ['メールは ada@tegami.jp です', ['mail']],
    ['call me at +44 20 7946 0958', ['phone']],
    ['電話は 03-3541-1234 です', ['phone']],
    ['携帯 090-1234-5678', ['phone']],
    ['(415) 555-2671 after six', ['phone']],
    ['I paid with 4111 1111 1111 1111', ['card']],
    ['card 378282246310005 was charged', ['card']],
    ['token ghp_0123456789abcdefghijABCDEFGHIJ012345', ['token']],
    ['AKIAIOSFODNN7EXAMPLE is it', ['token']],
    ['my password: hunter22', ['token']],
    ['パスワードは tako2yaki です', ['token']],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----', ['token']],
  ] as const)('%s', (text, kinds) => {
    expect(kindsIn(text)).toEqual([...kinds]);
  });

  test.each([
    'write to support@lantern.example or to help@lantern-isles.com',
    'order 2026-11-29 number 12345678, error 0x80070057',
    'my id is 112233445566778899 and <@112233445566778899> helped',
    'https://discord.com/channels/112233445566778899/112233445566778899 has it',
    'version 10.15.7-4 of 1234-5678',
    'the password is wrong, how do I reset my password?',
    '4111 1111 1111 1112 is no card',
    'it costs 1,299.00 and runs at 1920-1080',
    '17:30-18:45 on 12-11-2026',
  ])('says nothing of: %s', (text) => {
    expect(kindsIn(text)).toEqual([]);
  });

  test('a number of a card is found wherever it stands, however it is grouped, and nothing of it is left', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^4\d{14}$/).map(withCheck),
        fc.constantFrom('', ' ', '-'),
        fc.constantFrom('', 'I paid with ', '支払い：', '('),
        fc.constantFrom('', ' today', '、です', ')'),
        (number, sign, before, after) => {
          const written = (number.match(/\d{4}/g) ?? []).join(sign);
          const text = `${before}${written}${after}`;
          expect(kindsIn(text)).toEqual(['card']);
          expect(withoutSecrets(text, WORDS)).toBe(`${before}[card]${after}`);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('places are within the text, in order, apart, and what is left holds none of the same kind', () => {
    const part = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.constantFrom(
        ' ada@post.org ',
        ' 4111111111111111 ',
        ' +1 415 555 2671 ',
        ' sk-0123456789abcdefghij01 ',
        '\n',
      ),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const text = parts.join('');
        let last = 0;
        for (const { start, end } of findSecrets(text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          last = end;
        }
        expect(
          kindsIn(withoutSecrets(text, WORDS)).filter((kind) => kind === 'card' || kind === 'mail'),
        ).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test('a long text without any is looked through in little time', () => {
    const long = 'a1-b2_c3.d4@ '.repeat(700) + '1 2-3 '.repeat(500);
    const began = performance.now();
    findSecrets(long);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});
