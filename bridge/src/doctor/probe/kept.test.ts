import { afterEach, describe, expect, test } from 'bun:test';
import { storeKinds, type TestPlace } from '../../../testing/stores.ts';
import { keepAnswers } from '../../twilio/probe/kept-answers.ts';
import { alone } from './alone.ts';
import { keptFindings } from './kept.ts';

const places: TestPlace[] = [];
afterEach(async () => {
  for (const place of places.splice(0)) await place.drop();
});

describe.each(storeKinds.map((kind) => [kind.name, kind] as const))('on %s', (_name, kind) => {
  test('what a probe could not settle leaves what an earlier one has settled', async () => {
    const place = await kind.make();
    places.push(place);
    const store = await place.open();
    await keepAnswers(store, 'AC1', {
      indexGaps: { value: true, note: 'in one of two' },
      webhookRetries: { value: null, note: 'no webhook arrives here' },
    });
    await keepAnswers(store, 'AC1', {
      indexGaps: { value: null, note: 'not reached' },
      webhookRetries: { value: null, note: 'not tried' },
      inactiveIsTold: { value: false },
    });
    await keepAnswers(store, 'AC2', { indexGaps: { value: false } });
    const found = await keptFindings(store, 'AC1');
    expect(found[0]?.says).toStartWith('2 of 3 questions settled by ');
    const says = Object.fromEntries(found.map(({ check, says }) => [check, says]));
    expect(says['Probe: indexGaps']).toMatch(/^true: .*\(in one of two\)$/);
    expect(says['Probe: webhookRetries']).toEndWith(': not tried');
    expect(says['Probe: inactiveIsTold']).toStartWith('false: ');
    expect(await keptFindings(store, 'AC3')).toEqual([]);
  });

  test('one probe of an account runs at a time, and one that is dead does not hold up the next', async () => {
    const place = await kind.make();
    places.push(place);
    const store = await place.open();
    const over = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const first = alone(store, 'AC1', async () => {
      begun.resolve();
      await over.promise;
    });
    await begun.promise;
    await expect(alone(store, 'AC1', async () => {})).rejects.toThrow(
      'Another probe of this account is running',
    );
    expect(await alone(store, 'AC2', async () => 'another account')).toBe('another account');
    over.resolve();
    await first;
    await store.db
      .insertInto('probe_runs')
      .values({ account_sid: 'AC1', run: 'killed', beat: 7, started_at: 1 })
      .execute();
    expect(await alone(store, 'AC1', async () => 'the next')).toBe('the next');
    expect(await store.db.selectFrom('probe_runs').selectAll().execute()).toEqual([]);
  });
});
