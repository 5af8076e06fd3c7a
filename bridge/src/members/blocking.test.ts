import { describe, expect, test } from 'bun:test';
import { DAY_MS } from '@flexcord/shared/time';
import { storeKinds } from '../../testing/stores.ts';
import { createBarriers } from '../support/barriers/barriers.ts';
import type { Conversation } from '../support/conversations.ts';
import { block, claimBlockNotice, findMember, unblock } from './members.ts';

/** The id of an account that was made then. */
const idFrom = (time: number) => String(BigInt(time - 1_420_070_400_000) << 22n);

for (const { name, make } of storeKinds) {
  test(`${name}: a blocked member is told once, and once more when blocked again`, async () => {
    const place = await make();
    try {
      const store = await place.open();
      await store.db
        .insertInto('members')
        .values({ id: '112233445566778899', name: 'Ada', created_at: 1, seen_at: 1 })
        .execute();
      const turned = () =>
        store.transact(async (tx) => {
          const member = await findMember(tx, '112233445566778899');
          return member && claimBlockNotice(tx, member);
        });
      expect(await turned()).toBe('no');
      expect(await block(store, '112233445566778899', 'Kim', 'threats')).toBe(true);
      expect([await turned(), await turned()]).toEqual(['first', 'again']);
      expect(await unblock(store, '112233445566778899')).toBe(true);
      expect(await turned()).toBe('no');
      await block(store, '112233445566778899', 'Kim', null);
      expect(await turned()).toBe('first');
      expect(await block(store, '998877665544332211', 'Kim', null)).toBe(false);
    } finally {
      await place.drop();
    }
  });
}

describe('an account that is too new', () => {
  const barrierFor = createBarriers({ hours: null, cooldownMs: 0, minimumAgeMs: 7 * DAY_MS });
  const now = Date.parse('2026-11-24');
  const conversation = (age: number) => ({ member_id: idFrom(now - age) }) as Conversation;
  const nothing = undefined as never;

  test('waits until it is old enough', async () => {
    const barrier = await barrierFor(nothing, conversation(6 * DAY_MS), now);
    expect(barrier).toEqual({ is: 'too-new', until: now + DAY_MS });
    expect(await barrierFor(nothing, conversation(7 * DAY_MS), now)).toBeNull();
  });
});
