import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { eventually } from '../testing/panel-bridge.ts';
import { storeKinds, type TestPlace } from '../testing/stores.ts';
import { syncArticles } from './knowledge/articles/sync.ts';
import { createKnowledge } from './knowledge/knowledge.ts';
import { nextRevision } from './knowledge/revision.ts';
import type { Store } from './store/open.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flexcord-kb-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function kb(place: TestPlace | null, ...args: string[]) {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, 'kb.ts'), ...args], {
    cwd: folder,
    env: {
      PATH: process.env.PATH ?? '',
      DATA_DIR: place?.options.dataDir,
      ...(place?.options.databaseUrl ? { DATABASE_URL: place.options.databaseUrl } : {}),
    },
    stdout: 'pipe',
    stderr: 'pipe',
  });
  const [out, err, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return { out, err, code };
}

for (const kind of storeKinds) {
  describe(`bun run kb on ${kind.name}`, () => {
    let place: TestPlace;
    let store: Store;
    beforeAll(async () => {
      place = await kind.make();
      store = await place.open();
    });
    afterAll(() => place?.drop());

    test('imports while a bridge is running, which finds the articles soon after; exits with 1 for a broken row', async () => {
      const rows = Array.from({ length: 60 }, (_, n) => `sail-${n},Sail number ${n},Mend it.`);
      await Bun.write(join(folder, 'a.csv'), `id,title,text\n${rows.join('\n')}\nbad,,No title\n`);
      const knowledge = createKnowledge();
      let heard = 0;
      const following = await syncArticles({
        store,
        knowledge,
        logger: pino({ level: 'silent' }),
        onChange: () => {
          heard += 1;
        },
        everyMs: 20,
      });
      let over = false;
      let written = 0;
      const writing = (async () => {
        while (!over) {
          await store.transact(async (tx) => {
            await tx.selectFrom('knowledge_state').selectAll().execute();
            await nextRevision(tx);
          });
          written += 1;
          await Bun.sleep(1);
        }
      })();
      const { out, err, code } = await kb(place, 'import', 'a.csv');
      over = true;
      await writing;
      expect(out).toBe(
        'broken   a.csv, row 62: field "title" is missing.\n60 new, 0 changed, 0 unchanged, 0 skipped, 1 broken, 0 withdrawn, 0 gone\n',
      );
      expect(err).toContain('articles looked at');
      expect(code).toBe(1);
      expect(written).toBeGreaterThan(0);
      await eventually(
        () => knowledge.search('sail number 59', { language: 'en', limit: 100 }).length,
        (found) => found === 60,
      );
      expect(heard).toBeGreaterThan(0);
      await following.stop();
    });

    test('tests questions of the operator, and says what is better or worse than before', async () => {
      await Bun.write(
        join(folder, 'questions.csv'),
        'question,articles\nsail number 7,sail-7\nwhere is the anchor,anchor\nbake a cake,\n',
      );
      const saved = `${kind.name}.json`;
      const first = await kb(place, 'test', 'questions.csv', '--save', saved);
      expect(first.code).toBe(0);
      expect(first.out).toContain('unknown  anchor is no published article\n');
      expect(first.out).toContain('missed         where is the anchor\t\n');
      expect(first.out).toMatch(/3 questions: . right with certainty, . right among those shown, 1 without/);
      await Bun.write(join(folder, 'anchor.csv'), 'id,title,text\nanchor,Where is the anchor,At the bow.\n');
      await kb(place, 'import', 'anchor.csv');
      const better = await kb(place, 'test', 'questions.csv', '--before', saved, '--save', `now-${saved}`);
      expect(better.out).toContain('better   where is the anchor\tmissed -> ');
      expect(better.code).toBe(0);
      await kb(place, 'import', 'anchor.csv', '--draft');
      const worse = await kb(place, 'test', 'questions.csv', '--before', `now-${saved}`);
      expect(worse.out).toMatch(/^worse {4}where is the anchor\t.* -> missed$/m);
      expect(worse.code).toBe(1);
    });

    test('imports what it exported without a change', async () => {
      const name = `${kind.name}.xlsx`;
      expect(await kb(place, 'export', name)).toMatchObject({
        code: 0,
        out: `61 articles written to ${name}\n`,
      });
      const again = await kb(place, 'import', name);
      expect(again).toMatchObject({
        code: 0,
        out: '0 new, 0 changed, 61 unchanged, 0 skipped, 0 broken, 0 withdrawn, 0 gone\n',
      });
    });
  });
}

test('adds, reads and lists a source, and withdraws what is gone when told to', async () => {
  const place = await storeKinds[0].make();
  try {
    const docs = join(folder, 'docs');
    await Bun.write(join(docs, 'moor.md'), '# Moor the boat\n\nTwo ropes.');
    const added = await kb(place, 'source', 'add', docs, '--every', '2h', '--publish', '--language', 'en');
    expect(added).toMatchObject({ code: 0, out: `1\tfolder\t${docs}\tevery 2h\tpublish\n` });
    expect((await kb(place, 'source', 'read', '1')).out).toContain('1 new, 0 changed, 0 unchanged,');
    await rm(join(docs, 'moor.md'));
    await Bun.write(join(docs, 'row.md'), '# Row the boat\n\nTwo oars.');
    const dry = await kb(place, 'source', 'read', '1', '--dry-run');
    expect(dry.out).toContain('new      row\tpublished\ten\tRow the boat\n');
    expect(dry.out).toContain('0 withdrawn, 0 gone, 1 proposed. Nothing was written (--dry-run).\n');
    expect(dry.out).toContain('so nothing was withdrawn. If that is right: --withdraw.');
    expect((await kb(place, 'source', 'read', '1', '--withdraw')).out).toContain('1 withdrawn, as asked for');
    expect((await kb(place, 'source', 'list')).out).toMatch(
      /^1\tworking\tfolder\t.*\t1 published, 0 waiting\t/,
    );
  } finally {
    await place.drop();
  }
});

test('prints its usage and exits with 2 when used wrongly', async () => {
  const wrong = [
    ['import', 'a.csv', '--publish', '--draft'],
    ['dance'],
    ['test', 'nothing.csv'],
    ['source'],
    ['source', 'add', 'x', '--every', '1s'],
  ];
  for (const { code, err } of await Promise.all(wrong.map((args) => kb(null, ...args)))) {
    expect(code).toBe(2);
    expect(err).toContain('Usage:');
  }
});
