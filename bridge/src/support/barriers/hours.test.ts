import { describe, expect, test } from 'bun:test';
import fc from 'fast-check';
import { openingAt, parseWeek, type Week } from './hours.ts';

const hours = (week: string, timeZone = 'Asia/Tokyo', closedOn: string[] = []) => ({
  week: parseWeek(week) as Week,
  timeZone,
  closedOn: new Set(closedOn),
});
const at = (text: string) => Date.parse(text);
const next = (week: ReturnType<typeof hours>, text: string) => {
  const opening = openingAt(week, at(text));
  return opening.open ? 'open' : new Date(opening.opensAt ?? 0).toISOString();
};

describe('business hours', () => {
  const office = hours('Mon-Fri 09:00-18:00; Sat 10:00-12:00,13:00-16:00');

  test.each([
    ['2026-11-24T08:59:59+09:00', '2026-11-24T00:00:00.000Z'],
    ['2026-11-24T09:00:00+09:00', 'open'],
    ['2026-11-24T17:59:59+09:00', 'open'],
    ['2026-11-24T18:00:00+09:00', '2026-11-25T00:00:00.000Z'],
    ['2026-11-28T12:30:00+09:00', '2026-11-28T04:00:00.000Z'],
    ['2026-11-28T16:00:00+09:00', '2026-11-30T00:00:00.000Z'],
    // Monday in Tokyo, still Sunday in UTC.
    ['2026-11-29T23:30:00Z', '2026-11-30T00:00:00.000Z'],
  ])('%s: %s', (time, expected) => expect(next(office, time)).toBe(expected));

  test('a night shift runs into the next day', () => {
    const night = hours('Fri 22:00-04:00', 'UTC');
    expect(next(night, '2026-11-28T03:59:00Z')).toBe('open');
    expect(next(night, '2026-11-28T04:00:00Z')).toBe('2026-12-04T22:00:00.000Z');
  });

  test('the clock on the wall decides when summer time begins and ends', () => {
    const berlin = hours('Sat-Mon 09:00-17:00', 'Europe/Berlin');
    expect(next(berlin, '2026-03-29T06:59:00Z')).toBe('2026-03-29T07:00:00.000Z');
    expect(next(berlin, '2026-03-28T07:59:00Z')).toBe('2026-03-28T08:00:00.000Z');
  });

  test('closed days are skipped, and a calendar without openings says so', () => {
    expect(next(hours('Fri 09:00-17:00', 'UTC', ['2026-12-25']), '2026-12-24T00:00:00Z')).toBe(
      '2027-01-01T09:00:00.000Z',
    );
    const never = hours('Fri 09:00-17:00', 'UTC', []);
    const all = new Set(
      Array.from({ length: 90 }, (_, day) =>
        new Date(at('2026-11-01') + day * 86_400_000).toISOString().slice(0, 10),
      ),
    );
    expect(openingAt({ ...never, closedOn: all }, at('2026-11-02'))).toEqual({ open: false, opensAt: null });
  });

  test.each([
    '',
    'Mon',
    'Mon 9:00-17:00',
    'Mon 09:00-25:00',
    'Mon 09:60-17:00',
    'Day 09:00-17:00',
    'Mon 09:00-17:00;',
  ])('%p is not understood', (text) => expect(parseWeek(text)).toBeUndefined());

  test('at the time that is named it is open, and the moment before it is not', () => {
    const zone = fc.constantFrom(
      'UTC',
      'Asia/Tokyo',
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
    );
    const week = fc.constantFrom(
      'Mon-Sun 08:00-20:00',
      'Tue,Thu 22:00-02:00',
      'Sun 00:00-24:00',
      'Wed 02:30-03:10',
    );
    fc.assert(
      fc.property(
        week,
        zone,
        fc.integer({ min: at('2026-01-01'), max: at('2028-01-01') }),
        (text, timeZone, time) => {
          const calendar = hours(text, timeZone);
          const opening = openingAt(calendar, time);
          if (opening.open) return;
          expect(opening.opensAt).toBeGreaterThan(time);
          expect(openingAt(calendar, opening.opensAt as number).open).toBe(true);
          expect(openingAt(calendar, (opening.opensAt as number) - 1).open).toBe(false);
        },
      ),
      { numRuns: 200 },
    );
  });
});
