import { describe, expect, test } from 'bun:test';
import fc from 'fast-check';
import { splitText, type TextUnit, truncate, truncateStart } from './truncate.ts';

const FAMILY = '👨‍👩‍👧‍👦';
const FLAG = '🇯🇵';
const ELLIPSIS = '…';

const clusters = (text: string) =>
  [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].map(({ segment }) => segment);
const sizeOf: Record<TextUnit, (text: string) => number> = {
  utf16: (text) => text.length,
  characters: (text) => clusters(text).length,
  bytes: (text) => Buffer.byteLength(text),
};

const cluster = fc.constantFrom(
  'a',
  'é',
  ' ',
  '帆',
  'が',
  '😀',
  '👍🏽',
  '🏴‍☠️',
  FAMILY,
  FLAG,
  '🇩🇪',
  'e\u0301\u0323',
  '\r\n',
);
/** Also half pairs, controls and whatever else JSON can bring. */
const anyText = fc.oneof(
  fc.array(cluster, { maxLength: 40 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(fc.integer({ min: 0xd7f0, max: 0xe010 })).map((units) => String.fromCharCode(...units)),
);
const options = fc.record({
  unit: fc.constantFrom<TextUnit>('utf16', 'characters', 'bytes'),
  ellipsis: fc.constantFrom('', ELLIPSIS),
});
const limit = fc.nat(120);

describe('truncate', () => {
  test('keeps a text that fits as it is, and takes the ellipsis into the limit of one that does not', () => {
    expect(truncate('sails', 5, { ellipsis: ELLIPSIS })).toBe('sails');
    expect(truncate('sails', 4, { ellipsis: ELLIPSIS })).toBe('sai…');
    expect(truncate('sails', 3)).toBe('sai');
    expect(truncate('sails', 0, { ellipsis: ELLIPSIS })).toBe('');
    expect(truncate('帆船帆船', 8, { unit: 'bytes', ellipsis: ELLIPSIS })).toBe('帆…');
    expect(truncate(`${FLAG}${FAMILY}a`, 1, { unit: 'characters' })).toBe(FLAG);
  });

  test.each([FAMILY, FLAG, '👍🏽', 'e\u0301'])(
    'leaves %s whole or leaves it out, wherever the limit falls',
    (emoji) => {
      for (const unit of ['utf16', 'characters', 'bytes'] as const) {
        for (let most = 0; most <= 2 + sizeOf[unit](emoji); most++) {
          const fits = 1 + sizeOf[unit](emoji) <= most;
          const both = 2 + sizeOf[unit](emoji) <= most;
          const kept = most === 0 ? '' : `a${fits ? emoji : ''}${both ? 'b' : ''}`;
          expect(truncate(`a${emoji}b`, most, { unit })).toBe(kept);
        }
      }
      for (let most = 0; most <= emoji.length; most++)
        expect(truncateStart(`a${emoji}b`, most)).toBe(most === 0 ? '' : 'b');
      expect(truncateStart(`a${emoji}b`, emoji.length + 1)).toBe(`${emoji}b`);
    },
  );

  test('is never over the limit and never leaves half of a surrogate pair', () => {
    fc.assert(
      fc.property(anyText, limit, options, (text, most, how) => {
        const short = truncate(text, most, how);
        expect(short.isWellFormed()).toBe(true);
        expect(sizeOf[how.unit](short)).toBeLessThanOrEqual(most);
      }),
      { numRuns: 2_000 },
    );
  });

  test('keeps as many whole grapheme clusters as fit', () => {
    fc.assert(
      fc.property(anyText, limit, options, (text, most, { unit, ellipsis }) => {
        const whole = text.toWellFormed();
        const short = truncate(text, most, { unit, ellipsis });
        if (sizeOf[unit](whole) <= most) return expect(short).toBe(whole);
        const room = most - sizeOf[unit](ellipsis);
        if (room < 0) return expect(short).toBe('');
        let kept = '';
        for (const next of clusters(whole)) {
          if (sizeOf[unit](kept + next) > room) break;
          kept += next;
        }
        expect(short).toBe(kept + ellipsis);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('truncateStart', () => {
  test('keeps the end, as many whole grapheme clusters as fit', () => {
    expect(truncateStart('sails', 4, { ellipsis: ELLIPSIS })).toBe('…ils');
    fc.assert(
      fc.property(anyText, limit, fc.constantFrom('', ELLIPSIS), (text, most, ellipsis) => {
        const whole = text.toWellFormed();
        const short = truncateStart(text, most, { ellipsis });
        if (whole.length <= most) return expect(short).toBe(whole);
        if (most < ellipsis.length) return expect(short).toBe('');
        let kept = '';
        for (const next of clusters(whole).reverse()) {
          if (kept.length + next.length > most - ellipsis.length) break;
          kept = next + kept;
        }
        expect(short).toBe(ellipsis + kept);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('splitText', () => {
  test('loses nothing, keeps to the limit and cuts no cluster that fits into a part', () => {
    fc.assert(
      fc.property(
        anyText,
        fc.integer({ min: 4, max: 120 }),
        fc.constantFrom<TextUnit>('utf16', 'characters', 'bytes'),
        (text, most, unit) => {
          const parts = splitText(text, most, { unit });
          expect(parts.join('')).toBe(text.toWellFormed());
          for (const part of parts) {
            expect(part).not.toBe('');
            expect(part.isWellFormed()).toBe(true);
            expect(sizeOf[unit](part)).toBeLessThanOrEqual(most);
          }
          const whole = clusters(text.toWellFormed());
          if (whole.every((each) => sizeOf[unit](each) <= most))
            expect(parts.flatMap(clusters)).toEqual(whole);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test.each(['bytes', 'utf16'] as const)(
    'cuts a cluster with more %s than a part between code points',
    (unit) => {
      const heap = `e${'\u{1D165}'.repeat(50)}`;
      const parts = splitText(heap, 10, { unit });
      expect(parts.join('')).toBe(heap);
      for (const part of parts) {
        expect(part.isWellFormed()).toBe(true);
        expect(sizeOf[unit](part)).toBeLessThanOrEqual(10);
      }
    },
  );
});
