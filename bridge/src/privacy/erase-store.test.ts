import { expect, test } from 'bun:test';
import { storeKinds } from '../../testing/stores.ts';
import { placeLane } from '../relay/keys.ts';
import { openStore, type Store } from '../store/open.ts';
import { eraseFromStore } from './erase-store.ts';

const MEMBER = '1234567890123456789';
const LONG_AGO_MS = 3_600_000;

const erase = (store: Store) =>
  eraseFromStore(store, MEMBER, {
    channels: [],
    erasedSids: new Set(),
    words: { member: 'erased', case: 'erased' },
    record: () => '{}',
  });

for (const kind of storeKinds) {
  test(`waits for a bridge that works on something of the member's, however long, on ${kind.name}`, async () => {
    const place = await kind.make();
    const bridge = await place.open();
    const { isShared } = bridge;
    // The one bridge of an embedded store renews nothing.
    const lease_until = isShared ? Date.now() + LONG_AGO_MS : Date.now() - LONG_AGO_MS;
    await bridge.db
      .insertInto('lanes')
      .values({ name: placeLane(MEMBER), owner: 'the bridge', epoch: 1, lease_until, ready_at: 0 })
      .execute();
    const command = await openStore({ ...place.options, beside: true });
    expect(await erase(command)).toEqual({ is: 'busy' });
    expect(await erase(bridge)).toEqual({ is: 'busy' });
    // It was killed.
    if (isShared)
      await bridge.db
        .updateTable('lanes')
        .set({ lease_until: Date.now() - LONG_AGO_MS })
        .execute();
    else await bridge.close();
    expect(await erase(command)).toMatchObject({ is: 'done' });
    await command.close();
    await place.drop();
  });
}
