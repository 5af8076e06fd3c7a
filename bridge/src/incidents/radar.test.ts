import { describe, expect, test } from 'bun:test';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@flexcord/shared/time';
import fc from 'fast-check';
import { asked as sample } from '../../testing/sample-questions.ts';
import { runToEnd } from '../knowledge/learning/time-slices.ts';
import { likenessTo, MIN_KNOWN, termsOf } from './likeness.ts';
import { inLanguage, isWritten, suggestions } from './notice.ts';
import { type Asked, countMembers, createRadar, MAX_ASKED } from './radar.ts';

const NOW = 1_000 * DAY_MS;
const SETTINGS = { members: 5, windowMs: HOUR_MS, rise: 4 };
const LOGIN = [
  "I can't log in since the update",
  'login broken?',
  'Login does not work for me today',
  'anyone else unable to login',
  'logging in fails with error 503',
  'Sign in error',
];
const JAPANESE_LOGIN = [
  'ログインできません',
  'アップデート後にログインできない',
  '今日からログインできなくなりました',
  'ログインエラーになる',
  'ログインしようとするとエラー503が出ます',
];
/** Ninety questions about thirty matters, as members write them. */
const USUAL = sample.en
  .trim()
  .split('\n')
  .flatMap((line) => line.slice(line.indexOf(':') + 1).split(';'));

let made = 0;
const ask = (text: string, change: Partial<Asked> = {}): Asked => {
  made += 1;
  return {
    ...{
      id: `q${made}`,
      memberId: `m${made}`,
      at: NOW - MINUTE_MS,
      terms: termsOf(text),
      isNewAccount: false,
    },
    ...change,
  };
};
/** The same matters day after day, of others each time. */
const daysBefore = (days: number) =>
  Array.from({ length: days }, (_, day) =>
    USUAL.map((text) => ask(text, { at: NOW - (day + 2) * DAY_MS + (made % 600) * MINUTE_MS })),
  ).flat();

function risesOf(questions: readonly Asked[], settings = SETTINGS) {
  const radar = createRadar(settings);
  radar.hear(questions);
  return runToEnd(radar.rises(NOW));
}

describe('the radar', () => {
  test('hears one matter in many words, in English and in Japanese, among what is usual', () => {
    for (const asked of [LOGIN, JAPANESE_LOGIN]) {
      const own = asked.map((text) => ask(text));
      const [rise, ...others] = risesOf([
        ...daysBefore(5),
        ...USUAL.slice(0, 20).map((text) => ask(text)),
        ...own,
      ]);
      expect(others).toEqual([]);
      expect(own.filter(({ id }) => rise?.ids.includes(id)).length).toBeGreaterThanOrEqual(5);
      expect(rise?.ids).toContain(rise?.centre ?? '');
    }
  });

  test('is silent where as much is asked as usual, however much that is', () => {
    expect(risesOf([...daysBefore(20), ...USUAL.map((text) => ask(text))])).toEqual([]);
    // Ten ask about logging in every hour: twelve are no news.
    const hours = Array.from({ length: 48 * 10 }, (_, n) =>
      ask(LOGIN[n % LOGIN.length] ?? '', { at: NOW - HOUR_MS - (n + 1) * 6 * MINUTE_MS }),
    );
    const now = (count: number) => Array.from({ length: count }, (_, n) => ask(LOGIN[n % 3] ?? ''));
    const before = [...daysBefore(15), ...hours];
    expect(risesOf([...before, ...now(12)])).toEqual([]);
    expect(risesOf([...before, ...now(60)])[0]?.members).toBe(60);
  });

  test('one member who asks often, or many new accounts with one text, are no crowd', () => {
    expect(risesOf(LOGIN.map((text) => ask(text, { memberId: 'one' })))).toEqual([]);
    const copies = Array.from({ length: 30 }, (_, n) =>
      ask(`login does NOT work!! ${n}`, { isNewAccount: true }),
    );
    expect(risesOf(copies)).toEqual([]);
    // With three others they are four.
    const others = LOGIN.slice(0, 3).map((text) => ask(text));
    expect(risesOf([...copies, ...others])).toEqual([]);
    expect(risesOf([...copies, ...others, ask('Sign in error')])[0]?.members).toBe(5);
  });

  test('what belongs to an incident counts no second time, nor as usual', () => {
    const radar = createRadar(SETTINGS);
    const first = LOGIN.map((text) => ask(text, { at: NOW - 3 * HOUR_MS }));
    radar.hear(first);
    expect(runToEnd(radar.rises(NOW - 3 * HOUR_MS + MINUTE_MS))).toHaveLength(1);
    radar.hear(first);
    expect(runToEnd(radar.rises(NOW - 3 * HOUR_MS + MINUTE_MS))).toEqual([]);
    radar.hear(LOGIN.slice(0, 4).map((text) => ask(text)));
    expect(runToEnd(radar.rises(NOW))).toEqual([]);
    radar.hear([ask('Sign in error')]);
    expect(runToEnd(radar.rises(NOW))[0]).toMatchObject({ members: 5, usual: 0 });
  });

  test('whatever comes in whatever order, a rise has enough members, all of the time, and no question twice', () => {
    const question = fc.record({
      text: fc.constantFrom(...LOGIN, ...JAPANESE_LOGIN, ...USUAL.slice(0, 30), '', '??'),
      memberId: fc.integer({ min: 0, max: 12 }).map((n) => `m${n}`),
      ago: fc.integer({ min: 0, max: 2 * HOUR_MS }),
      isNewAccount: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(question, { maxLength: 60 }), fc.integer({ min: 1, max: 60 }), (all, cut) => {
        const asked = all.map(({ text, memberId, ago, isNewAccount }, n) =>
          ask(text, { id: `q${n}`, memberId, at: NOW - ago, isNewAccount }),
        );
        const radar = createRadar(SETTINGS);
        const found = [asked.slice(0, cut), asked.slice(cut)].flatMap((some) => {
          radar.hear(some);
          return runToEnd(radar.rises(NOW));
        });
        const ids = found.flatMap((rise) => rise.ids);
        expect(new Set(ids).size).toBe(ids.length);
        for (const rise of found) {
          const own = asked.filter(({ id }) => rise.ids.includes(id));
          expect(countMembers(own)).toBe(rise.members);
          expect(rise.members).toBeGreaterThanOrEqual(SETTINGS.members);
          expect(own.every(({ at }) => at > NOW - HOUR_MS)).toBe(true);
        }
      }),
    );
  });

  test('keeps no more than it may, and looks at a raid as one matter', () => {
    const radar = createRadar(SETTINGS);
    for (let n = 0; n < MAX_ASKED + 500; n += 1)
      radar.hear([ask(`${USUAL[n % USUAL.length]}`, { id: `q${n}`, at: NOW - 3 * HOUR_MS + n })]);
    radar.hear(
      Array.from({ length: 500 }, (_, n) => ask(`free gems at this link ${n}`, { isNewAccount: true })),
    );
    let steps = 0;
    for (const look = radar.rises(NOW); !look.next().done; ) steps += 1;
    // A step for each question of before, and a few for the raid, which is one matter.
    expect(steps).toBeGreaterThan(MAX_ASKED - 1_000);
    expect(steps).toBeLessThan(MAX_ASKED);
  });

  test('a signature has no word of one member alone, and tells what is the same from what shares a word', () => {
    const [rise] = risesOf([...LOGIN.map((text) => ask(text)), ask('my login xylograph is broken')]);
    const signature = rise?.signature ?? {};
    expect(Object.keys(signature)).not.toContain('xylograph');
    const like = likenessTo(signature);
    expect(like(termsOf('cannot login'))).toBeGreaterThan(MIN_KNOWN);
    for (const text of ['how do I get a refund', 'where do I change my mail address', 'thanks!'])
      expect(like(termsOf(text))).toBeLessThan(MIN_KNOWN);
  });
});

test('a notice is read in its reader’s language, or in the one that it has', () => {
  const { notice } = suggestions('Login loop');
  expect(notice.en.title).toBe('Known problem: Login loop');
  expect(inLanguage(notice, 'ja').title).toBe('確認済みの問題：Login loop');
  expect(inLanguage(notice, 'de')).toEqual(notice.en);
  const empty = { title: '', text: '' };
  expect(inLanguage({ en: empty, ja: notice.ja }, 'en-US')).toEqual(notice.ja);
  expect(isWritten({ en: { title: 'x', text: ' ' }, ja: empty })).toBe(false);
});
