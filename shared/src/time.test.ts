import { describe, expect, test } from 'bun:test';
import { dayFormatter, momentOf, startOfDay, toTimestampOrNull, utcDayOf } from './time.ts';

const at = (timestamp: string) => Date.parse(timestamp);

describe('startOfDay', () => {
  test('is midnight in UTC', () => expect(startOfDay('2026-11-24')).toBe(at('2026-11-24T00:00:00Z')));

  test.each(['2026-02-30', '2026-13-01', '2026-11-24T00:00:00Z', '24.11.2026', '', 'today'])(
    'is null for %p, which is no day',
    (text) => expect(startOfDay(text)).toBeNull(),
  );

  test('undoes utcDayOf', () => {
    expect(utcDayOf(startOfDay('2024-02-29') ?? 0)).toBe('2024-02-29');
  });
});

describe('momentOf', () => {
  test('is in UTC', () => expect(momentOf('2026-11-24T09:30Z')).toBe(at('2026-11-24T09:30:00Z')));

  test.each([
    '2027-13-45T00:00Z',
    '2027-02-31T00:00:00Z',
    '2027-02-01T25:00Z',
    '2027-02-01T00:00',
    '',
    'today',
  ])('is null for %p, which is no moment', (text) => expect(momentOf(text)).toBeNull());
});

describe('dayFormatter', () => {
  test.each([
    ['UTC', '2026-11-24'],
    ['Asia/Tokyo', '2026-11-25'],
    ['America/Los_Angeles', '2026-11-24'],
    ['Pacific/Kiritimati', '2026-11-25'],
  ])('gives the day in %s', (timeZone, day) => {
    expect(dayFormatter(timeZone)?.(at('2026-11-24T15:00:00Z'))).toBe(day);
  });

  test('is null for a time zone that does not exist', () => expect(dayFormatter('Mars/Base')).toBeNull());
});

test('toTimestampOrNull leaves null as it is', () => {
  expect([toTimestampOrNull(null), toTimestampOrNull(0)]).toEqual([null, '1970-01-01T00:00:00.000Z']);
});
