import { afterAll, beforeAll, expect, test } from 'bun:test';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { $ } from 'bun';
import { eventually, startPanelBridge } from '../../../testing/panel-bridge.ts';
import { fillDataDir } from '../../../testing/templates.ts';
import { describeError } from '../errors.ts';
import { writeFault } from '../health.ts';
import { openStore, type Store } from '../open.ts';

const folder = mkdtempSync(join(tmpdir(), 'flexcord-full-'));
/** Only who may mount has a disk that can be filled. */
const isMounted =
  (await $`mount -t tmpfs -o size=48m flexcord-full ${folder}`.quiet().nothrow()).exitCode === 0;
const ballast = join(folder, 'ballast');
let store: Store;

beforeAll(async () => {
  if (isMounted) store = await openStore({ dataDir: join(folder, 'data') });
});
afterAll(async () => {
  await store?.close().catch(() => {});
  if (isMounted) await $`umount -l ${folder}`.quiet().nothrow();
  rmSync(folder, { recursive: true, force: true });
});

function fill(): void {
  for (let size = 1 << 20; size >= 1; size /= 2) {
    try {
      for (;;) writeFileSync(ballast, Buffer.alloc(size), { flag: 'a' });
    } catch {
      // No more of this size fit.
    }
  }
  expect(statfsSync(folder).bavail).toBe(0);
}

test.skipIf(!isMounted)(
  'a full disk is named as the cause, is seen by a look, and harms nothing that was kept',
  async () => {
    const write = (name: string) =>
      store.transact((tx) =>
        tx
          .insertInto('marks')
          .values({ name, value: JSON.stringify('x'.repeat(200_000)) })
          .execute(),
      );
    await write('before');
    expect(await writeFault(store)).toBeNull();
    fill();
    const causes = await Promise.all(
      ['a', 'b', 'c'].map((name) => write(name).then(() => '', describeError)),
    );
    for (const cause of causes) expect(cause).toContain('full');
    // What is still free in the files takes small writes for a while.
    let fault: Error | null = null;
    for (let tries = 0; tries < 2_000 && !fault; tries += 1) fault = await writeFault(store);
    expect(fault?.message).toContain('full');
    rmSync(ballast);
    expect(await writeFault(store)).toBeNull();
    await write('after');
    const kept = await store.db
      .selectFrom('marks')
      .select('name')
      .where('name', 'in', ['before', 'after'])
      .execute();
    expect(kept).toHaveLength(2);
  },
);

test.skipIf(!isMounted)(
  '/ready says that the disk of a bridge is full, its log why, and both when it no longer is',
  async () => {
    const dataDir = join(folder, 'bridge');
    fillDataDir(dataDir);
    const { call, lines, stop } = await startPanelBridge({ options: { dataDir } }, { LOG_LEVEL: 'info' });
    const ready = () => call('/ready');
    const said = (words: string) =>
      lines.map(({ msg }) => String(msg)).filter((line) => line.includes(words));
    expect(await ready()).toMatchObject({ status: 200, body: { store: true } });
    fill();
    // As above, the first looks find room in the files.
    const away = await eventually(ready, ({ status }) => status !== 200);
    expect(away).toMatchObject({ status: 503, body: { store: false, gateway: true, twilio: true } });
    await ready();
    const [reason, ...more] = said('the store cannot be written');
    expect(reason).toContain('full');
    expect(more).toEqual([]);
    rmSync(ballast);
    expect(await eventually(ready, ({ status }) => status === 200)).toMatchObject({ body: { store: true } });
    expect(said('the store can be written again')).toHaveLength(1);
    await stop();
  },
);
