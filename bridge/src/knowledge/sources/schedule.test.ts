import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { startChangingSite } from '../../../testing/changing-site.ts';
import { eventually } from '../../../testing/panel-bridge.ts';
import { storeKinds, type TestPlace } from '../../../testing/stores.ts';
import type { Store } from '../../store/open.ts';
import { collect } from './collect.ts';
import { collectAside } from './collect-aside.ts';
import { sourcesWithHealth } from './health.ts';
import { readSource } from './read-source.ts';
import { startSourceSchedule } from './schedule.ts';
import { settingsOf } from './source.ts';
import { sourceStore } from './source-store.ts';

const logins = { zendesk: '', intercom: '' };
const site = startChangingSite();
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flexcord-schedule-'));
});
afterAll(async () => {
  site.stop();
  await rm(folder, { recursive: true });
});

for (const kind of storeKinds) {
  describe(`the schedule of sources on ${kind.name}`, () => {
    let place: TestPlace;
    let store: Store;
    beforeAll(async () => {
      place = await kind.make();
      store = await place.open();
    });
    afterAll(async () => {
      await store?.close();
      await place?.drop();
    });

    const add = async (given: Parameters<typeof settingsOf>[0]) =>
      (await sourceStore(store).add(settingsOf(given), 'test')).id;
    const read = (id: number) =>
      readSource(id, { store, collect, paceMs: 0, logins }, {}, new AbortController().signal);
    const health = async (id: number) => (await sourcesWithHealth(store)).find((one) => one.id === id);

    test('two bridges read a source once when it is due, and operators are told when it fails again and again', async () => {
      const lines: { level: number; msg: string }[] = [];
      const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
      const heard: number[] = [];
      const options = {
        ...{ store, collect: collectAside, paceMs: 0, logins, logger, everyMs: 10 },
        onRead: () => void heard.push(Date.now()),
      };
      site.others.set('/slow.xml', 503);
      site.asked();
      const id = await add({ place: `${site.origin}/slow.xml` });
      const bridges = [startSourceSchedule(options), startSourceSchedule(options)];
      for (let failures = 1; failures <= 3; failures += 1) {
        await eventually(
          () => health(id),
          (one) => one?.failures === failures && one.state === 'failing',
        );
        if (failures < 3) await sourceStore(store).makeDue(id);
      }
      for (const bridge of bridges) await bridge.stop();
      expect(site.asked().filter(({ path }) => path === '/slow.xml')).toHaveLength(3);
      expect(heard).toHaveLength(3);
      expect(lines.map(({ level }) => level)).toEqual([40, 40, 50]);
      expect(lines[2]?.msg).toContain('answers with status 503.');
      const { nextAt = 0, triedAt } = (await sourceStore(store).find(id)) ?? {};
      expect(nextAt - (triedAt ?? 0)).toBeGreaterThan(15 * 60_000);
    });

    test('a reader that is killed in the middle leaves whole articles, and another one does the rest', async () => {
      const own = join(folder, `${kind.name}-killed`);
      const count = 1_000;
      for (let n = 0; n < count; n += 1) await Bun.write(join(own, `${n}.md`), `# Rope ${n}\n\nPull.`);
      const id = await add({ place: own, language: 'en', rule: 'publish' });
      const script = join(import.meta.dir, '../../../testing/read-source.ts');
      const options = JSON.stringify(place.options);
      const child = Bun.spawn([process.execPath, script, String(id), '1000', options]);
      const ropes = () =>
        store.db.selectFrom('articles').select(['id', 'version']).where('import_origin', '=', own).execute();
      while ((await ropes()).length === 0) await Bun.sleep(2);
      child.kill('SIGKILL');
      await child.exited;
      const done = (await ropes()).length;
      expect(done).toBeLessThan(count);
      // It is the dead one's until its time is over.
      expect(await read(id)).toEqual({ is: 'busy' });
      let rest = await read(id);
      while (rest.is === 'busy') {
        await Bun.sleep(20);
        rest = await read(id);
      }
      expect(rest).toMatchObject({ is: 'read', report: { created: count - done, unchanged: done } });
      expect((await ropes()).filter(({ version }) => version !== 1)).toEqual([]);
      expect(await health(id)).toMatchObject({ state: 'working', articles: count });
    });
  });
}
