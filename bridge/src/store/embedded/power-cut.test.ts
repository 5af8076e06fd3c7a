import { Database } from 'bun:sqlite';
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { $ } from 'bun';

const COMMITTER = join(import.meta.dir, '../../../testing/commit-forever.ts');
const DISK_BYTES = 64 * 2 ** 20;

const folder = mkdtempSync(join(tmpdir(), 'flexcord-power-'));
/** The disk: a file system in a file. What was written but never synced is in the memory of the kernel, not in the file. */
const disk = () => join(folder, 'disk');
const mounted = () => join(folder, 'mounted');

/** The kernel writes back by itself every five seconds; here never within a test. */
const mount = () => $`mount -o loop,commit=300 ${disk()} ${mounted()}`.quiet();
const unmount = () => $`umount ${mounted()}`.quiet();

const canMount = await (async () => {
  for (const name of ['mounted', 'after']) mkdirSync(join(folder, name));
  writeFileSync(disk(), '');
  truncateSync(disk(), DISK_BYTES);
  try {
    await $`mkfs.ext4 -q -F ${disk()}`.quiet();
    // Where none of the tests is wanted, nothing below this runs, so nothing stays mounted.
    await mount();
    await unmount();
    return true;
  } catch {
    console.warn(
      '\n*** The power cut is SKIPPED: it needs the right to mount a file as a disk (root on Linux). ***\n',
    );
    return false;
  }
})();

beforeAll(async () => {
  if (canMount) await mount();
});
afterAll(async () => {
  if (canMount) await unmount().nothrow();
  rmSync(folder, { recursive: true, force: true });
});

/** Commits until `enough` rows were acknowledged, cuts the power, and returns the acknowledged rows that are gone. */
async function lostAfterPowerCut(kind: 'durable' | 'lazy', enough: number): Promise<number[]> {
  const data = join(mounted(), kind);
  const child = Bun.spawn([process.execPath, COMMITTER, data, kind], { stdout: 'pipe', stderr: 'inherit' });
  const acknowledged: number[] = [];
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of child.stdout) {
    text += decoder.decode(chunk, { stream: true });
    const lines = text.split('\n');
    text = lines.pop() ?? '';
    acknowledged.push(...lines.map(Number));
    if (acknowledged.length >= enough) break;
  }
  child.kill('SIGSTOP');
  const after = join(folder, 'disk-after');
  copyFileSync(disk(), after);
  child.kill('SIGKILL');
  await child.exited;
  await $`mount -o loop ${after} ${join(folder, 'after')}`.quiet();
  try {
    const path = join(folder, 'after', kind, 'flexcord.sqlite');
    const store = new Database(path);
    const integrity = store.query('pragma integrity_check').get() as { integrity_check: string };
    expect(integrity.integrity_check).toBe('ok');
    const kept = new Set(
      (store.query('select lease_until as number from leases').all() as { number: number }[]).map(
        ({ number }) => number,
      ),
    );
    store.close();
    return acknowledged.filter((number) => !kept.has(number));
  } finally {
    await $`umount ${join(folder, 'after')}`.quiet();
  }
}

test.skipIf(!canMount)('keeps every acknowledged commit when the power is cut', async () => {
  expect(await lostAfterPowerCut('durable', 300)).toEqual([]);
});

test.skipIf(!canMount)(
  'the power cut loses commits that were not synced, so the test above can fail',
  async () => {
    expect((await lostAfterPowerCut('lazy', 300)).length).toBeGreaterThan(0);
  },
);
