import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { startChangingSite } from '../../../testing/changing-site.ts';
import { storeKinds, type TestPlace } from '../../../testing/stores.ts';
import type { Store } from '../../store/open.ts';
import { contentOf } from '../articles/content.ts';
import { findingsOf } from '../articles/findings.ts';
import { createLibrary, insertArticles } from '../articles/library.ts';
import { recordLesson } from '../feedback/lessons.ts';
import { nextRevision } from '../revision.ts';
import { collect } from './collect.ts';
import { sourcesWithHealth } from './health.ts';
import { decideProposal, decideWithdrawals, listProposals } from './proposals.ts';
import { type ReadingRequest, readSource } from './read-source.ts';
import { settingsOf } from './source.ts';
import { sourceStore } from './source-store.ts';

const content = {
  ...{ title: 'x', questions: [], text: 'x', url: null, language: 'en', labels: [], responseTemplate: null },
};
const KIM = { identity: 'kim', name: 'Kim' };
const logins = { zendesk: 'ada@example.com/token:z', intercom: 'i-token' };
let folder = '';
const site = startChangingSite();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flexcord-sources-'));
});
afterAll(async () => {
  site.stop();
  await rm(folder, { recursive: true });
});

for (const kind of storeKinds) {
  describe(`sources of articles on ${kind.name}`, () => {
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

    const library = () => createLibrary({ store, changed: async () => {} });
    const add = async (given: Parameters<typeof settingsOf>[0]) =>
      (await sourceStore(store).add(settingsOf(given), 'test')).id;
    const read = (id: number, request: ReadingRequest = {}) =>
      readSource(id, { store, collect, paceMs: 0, logins }, request, new AbortController().signal);
    /** What a reading did, or would do. */
    const reading = async (id: number, request?: ReadingRequest) => {
      const done = await read(id, request);
      if (done.is !== 'read') throw new Error(JSON.stringify(done));
      const { created, updated, unchanged, withdrawn, broken, skipped, proposed } = done.report;
      return {
        ...{ created, updated, unchanged, withdrawn: withdrawn.length, proposed: proposed.length },
        refused: [...broken, ...skipped].map(
          ({ where, reason }) => `${where.replace(site.origin, '')} ${reason}`,
        ),
      };
    };
    const nothing = { created: 0, updated: 0, unchanged: 0, withdrawn: 0, proposed: 0, refused: [] };
    const article = (title: string) =>
      store.db.selectFrom('articles').selectAll().where('title', '=', title).executeTakeFirstOrThrow();
    const health = async (id: number) => (await sourcesWithHealth(store)).find((one) => one.id === id);

    test('follows a site: new, changed, unchanged by its entity tag, gone, and back again', async () => {
      site.pages.clear();
      site.others.clear();
      for (const name of ['a', 'b', 'c', 'd', 'e'])
        site.pages.set(`/${name}`, { title: `Sail ${name}`, words: 'Old.' });
      const id = await add({ place: `${site.origin}/sitemap.xml`, rule: 'publish', labels: ['ship'] });
      expect(await health(id)).toMatchObject({ state: 'new', readAt: null, articles: 0 });
      expect(await reading(id, { dryRun: true })).toEqual({ ...nothing, created: 5 });
      expect(await store.db.selectFrom('articles').select('id').execute()).toEqual([]);
      expect(await reading(id)).toEqual({ ...nothing, created: 5 });
      expect(await article('Sail a')).toMatchObject({ status: 'published', labels: '["ship"]' });
      expect(await health(id)).toMatchObject({ state: 'working', articles: 5, report: { created: 5 } });

      site.asked();
      expect(await reading(id)).toEqual({ ...nothing, unchanged: 5 });
      expect(site.asked().filter(({ status }) => status === 304)).toHaveLength(5);

      site.pages.set('/b', { title: 'Sail b', words: 'New.' });
      site.pages.set('/f', { title: 'Sail f', words: 'Old.' });
      site.pages.delete('/c');
      const change = { ...nothing, created: 1, updated: 1, unchanged: 3, withdrawn: 1 };
      expect(await reading(id, { dryRun: true })).toEqual(change);
      expect(await reading(id)).toEqual(change);
      expect((await article('Sail b')).text).toContain('New.');
      expect(await article('Sail c')).toMatchObject({ status: 'draft', deleted_at: null });

      site.pages.set('/c', { title: 'Sail c', words: 'Old.' });
      expect(await reading(id)).toEqual({ ...nothing, updated: 1, unchanged: 5 });
      expect(await article('Sail c')).toMatchObject({ status: 'published', withdrawn_at: null });
    });

    test('pages that the sitemap says are older are not asked for; other settings read all of them', async () => {
      for (const path of site.pages.keys()) site.changed.set(path, '2026-01-02');
      const of = (labels: string[]) => ({
        place: `${site.origin}/sitemap.xml`,
        rule: 'publish' as const,
        labels,
      });
      const id = await add(of(['ship']));
      await reading(id);
      site.asked();
      expect(await reading(id)).toEqual({ ...nothing, unchanged: 6 });
      expect(site.asked().map(({ path }) => path)).toEqual(['/sitemap.xml', '/robots.txt']);
      expect(await add(of(['boat']))).toBe(id);
      expect(await reading(id)).toEqual({ ...nothing, updated: 6 });
      expect((await article('Sail a')).labels).toBe('["boat"]');
      await add(of(['ship']));
      await reading(id);
      site.changed.clear();
    });

    test('what a person changed here is not written over, but put before somebody, who decides once', async () => {
      const id = await add({ place: `${site.origin}/sitemap.xml`, rule: 'publish', labels: ['ship'] });
      await reading(id);
      for (const name of ['a', 'b']) {
        const row = await article(`Sail ${name}`);
        const content = { ...contentOf(row), text: 'What Kim wrote.', owner: 'kim', reviewOn: '2026-01-01' };
        await library().edit(row.id, { content, version: row.version }, KIM);
        site.pages.set(`/${name}`, { title: `Sail ${name}`, words: 'Newer.' });
      }
      // Whoever answers for an article has not written another one.
      const owned = await article('Sail f');
      await library().edit(
        owned.id,
        { content: { ...contentOf(owned), owner: 'kim' }, version: owned.version },
        KIM,
      );
      site.pages.set('/f', { title: 'Sail f', words: 'Newer.' });
      expect(await reading(id)).toMatchObject({ updated: 1, proposed: 2 });
      expect(await article('Sail f')).toMatchObject({
        owner: 'kim',
        text: expect.stringContaining('Newer.'),
      });
      expect((await article('Sail a')).text).toBe('What Kim wrote.');
      expect(await health(id)).toMatchObject({ state: 'working', proposals: 2 });
      // Its page is not read again, and what it said still waits.
      expect(await reading(id)).toMatchObject({ unchanged: 6, proposed: 0 });
      const { proposals, total } = await listProposals(store);
      expect(total).toBe(2);
      expect(proposals.map(({ kind, why }) => `${kind} ${why}`)).toEqual([
        'changed edited',
        'changed edited',
      ]);
      const [a, b] = proposals.toSorted((one, other) =>
        one.article.content.title.localeCompare(other.article.content.title),
      ) as [(typeof proposals)[0], (typeof proposals)[0]];
      expect(a.content?.text).toContain('Newer.');

      const decide = (one: typeof a, accept: boolean, version = one.article.version) =>
        decideProposal(store, { articleId: one.articleId, accept, version }, KIM);
      expect(await decide(a, true, a.article.version + 1)).toBe('conflict');
      expect(await decide(a, true)).toBe('done');
      expect(await decide(a, true)).toBe('missing');
      expect(await article('Sail a')).toMatchObject({
        text: expect.stringContaining('Newer.'),
        owner: 'kim',
      });
      expect(await decide(b, false)).toBe('done');
      expect(await reading(id, { all: true })).toEqual({ ...nothing, unchanged: 6 });
      expect((await article('Sail b')).text).toBe('What Kim wrote.');
      // The next change is followed where the source was taken, and proposed where it was not.
      for (const name of ['a', 'b']) site.pages.set(`/${name}`, { title: `Sail ${name}`, words: 'Newest.' });
      expect(await reading(id)).toMatchObject({ updated: 1, proposed: 1 });
      // What the source takes back is not put before anybody.
      site.pages.set('/b', { title: 'Sail b', words: 'Newer.' });
      expect(await reading(id)).toMatchObject({ unchanged: 6, proposed: 0 });
      expect((await listProposals(store)).total).toBe(0);
    });

    test('nothing is withdrawn while more than a third is gone, until somebody says so; an outage withdraws nothing', async () => {
      const id = await add({ place: `${site.origin}/sitemap.xml`, rule: 'publish', labels: ['ship'] });
      await reading(id);
      site.others.set('/sitemap.xml', 503);
      expect(await read(id)).toMatchObject({
        is: 'failed',
        failures: 1,
        reason: expect.stringContaining('503'),
      });
      expect(await read(id)).toMatchObject({ is: 'failed', failures: 2 });
      expect(await health(id)).toMatchObject({ state: 'failing', failures: 2, articles: 6 });
      site.others.delete('/sitemap.xml');
      // A page that is down is not gone.
      site.others.set('/a', 500);
      expect(await reading(id)).toMatchObject({
        unchanged: 5,
        withdrawn: 0,
        refused: ['/a answers with status 500.'],
      });
      site.others.delete('/a');

      const kept = new Map(site.pages);
      for (const name of ['c', 'd', 'e']) site.pages.delete(`/${name}`);
      expect(await reading(id, { dryRun: true })).toMatchObject({ withdrawn: 0, proposed: 3 });
      expect(await reading(id)).toMatchObject({ withdrawn: 0, proposed: 3 });
      expect(await reading(id)).toMatchObject({ withdrawn: 0, proposed: 3 });
      expect(await health(id)).toMatchObject({ state: 'held', proposals: 3, articles: 6 });
      for (const [path, page] of kept) site.pages.set(path, page);
      await reading(id);
      expect(await health(id)).toMatchObject({ state: 'working', proposals: 0, articles: 6 });
      for (const name of ['c', 'd', 'e']) site.pages.delete(`/${name}`);
      await reading(id);
      expect(await decideWithdrawals(store, id, true, KIM)).toBe(3);
      expect(await article('Sail c')).toMatchObject({ status: 'draft', deleted_at: null });
      expect(await reading(id)).toMatchObject({ unchanged: 3, proposed: 0 });
      // Published here all the same: it stays so.
      const { id: articleId, version } = await article('Sail c');
      await library().publish(articleId, { status: 'published', version }, KIM);
      expect(await reading(id)).toMatchObject({ unchanged: 3, withdrawn: 0, proposed: 0 });
      expect((await article('Sail c')).status).toBe('published');
      expect(await sourceStore(store).remove(id)).toBe(true);
      expect((await article('Sail a')).status).toBe('published');
    });

    test('no other host is asked, whatever a sitemap or a redirect says, and robots.txt is obeyed', async () => {
      const other = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: () => new Response('x') });
      const foreign = `http://127.0.0.1:${other.port}`;
      let wasAsked = false;
      other.reload({
        fetch() {
          wasAsked = true;
          return new Response('x');
        },
      });
      site.listed.push(`${foreign}/x`, '/hop', '/closed/x');
      site.others.set('/hop', `${foreign}/y`);
      const id = await add({ place: `${site.origin}/sitemap.xml`, rule: 'publish', labels: ['ship'] });
      const { refused } = await reading(id);
      site.listed.length = 0;
      expect(refused.map((line) => line.replaceAll(foreign, 'http://other'))).toEqual([
        '/hop redirects to http://other/y, which is on a host that was not named for this source.',
        `http://other/x is on another host than ${new URL(site.origin).host}.`,
        '/closed/x is closed by robots.txt.',
      ]);
      expect(wasAsked).toBe(false);
      await other.stop(true);
      await sourceStore(store).remove(id);
    });

    test('a folder whose rule is to propose: new articles are drafts, and changes wait', async () => {
      const own = join(folder, kind.name);
      await Bun.write(join(own, 'one.md'), '---\ntitle: Anchor\nstatus: published\n---\nOld.');
      await Bun.write(join(own, 'two.mdx'), '# Rudder\n\nOld.');
      await Bun.write(join(own, 'three.md'), '# Oar\n\nOld.');
      await Bun.write(join(own, 'four.md'), '# Keel\n\nOld.');
      const id = await add({ place: own, language: 'en' });
      expect(await reading(id)).toEqual({ ...nothing, created: 4 });
      const { id: articleId, version, status } = await article('Anchor');
      expect(status).toBe('draft');
      await library().publish(articleId, { status: 'published', version }, KIM);
      await Bun.write(join(own, 'one.md'), '---\ntitle: Anchor\n---\nNew.');
      await Bun.write(join(own, 'two.mdx'), '# Rudder\n\nNew.');
      expect(await reading(id)).toEqual({ ...nothing, updated: 1, unchanged: 2, proposed: 1 });
      expect(await article('Anchor')).toMatchObject({ text: 'Old.', status: 'published' });
      expect((await article('Rudder')).text).toContain('New.');
      expect((await listProposals(store)).proposals).toMatchObject([{ kind: 'changed', why: 'rule' }]);
      await decideProposal(store, { articleId, accept: true, version: version + 1 }, KIM);
      expect(await article('Anchor')).toMatchObject({ text: 'New.', status: 'published' });
      await rm(own, { recursive: true });
      expect(await read(id)).toMatchObject({ is: 'failed' });
      expect((await article('Anchor')).status).toBe('published');
    });

    test('Zendesk and Intercom are read page by page, with the token that each wants', async () => {
      const page = (request: Request) => Number(new URL(request.url).searchParams.get('page') ?? 1);
      const tokens = new Set<string | null>();
      const heard = (request: Request) => tokens.add(request.headers.get('authorization'));
      site.others.set('/api/v2/help_center/articles.json', (request) => {
        heard(request);
        const n = page(request);
        const next = n < 3 ? `${site.origin}/api/v2/help_center/articles.json?page=${n + 1}` : null;
        return { articles: [{ id: n, title: `Zen ${n}`, body: '<p>x</p>', locale: 'en' }], next_page: next };
      });
      site.others.set('/articles', (request) => {
        heard(request);
        const n = page(request);
        const data = [
          { type: 'article', id: `${n}`, title: `Inter ${n}`, body: '<p>x</p>', state: 'published' },
        ];
        return { type: 'list', data, pages: { type: 'pages', page: n, per_page: 1, total_pages: 2 } };
      });
      const zendesk = await add({ place: site.origin, kind: 'zendesk', rule: 'publish' });
      expect(await reading(zendesk)).toEqual({ ...nothing, created: 3 });
      expect(await reading(await add({ place: `${site.origin}/articles`, kind: 'intercom' }))).toEqual({
        ...nothing,
        created: 2,
      });
      expect([...tokens]).toEqual([`Basic ${btoa(logins.zendesk)}`, 'Bearer i-token']);
      expect(await article('Zen 3')).toMatchObject({ status: 'published' });
      expect(await article('Inter 2')).toMatchObject({ status: 'draft' });
      expect(await reading(zendesk)).toEqual({ ...nothing, unchanged: 3 });
      // One of another kind is not read as if it were this one.
      site.others.set('/api/v2/help_center/articles.json', () => ({
        data: [{ type: 'article', id: '1', title: 'x', body: 'x', state: 'published' }],
      }));
      expect(await read(zendesk)).toMatchObject({ is: 'failed' });
    });

    test('names links that lead nowhere, on the hosts and in the folders of sources alone', async () => {
      const own = join(folder, `${kind.name}-links`);
      await Bun.write(
        join(own, 'deep/map.md'),
        '# Map\n\n[here](../chart.md), [there](./lost.md), [away](http://127.0.0.1:1/x), [site](/map), ![p](no.png)',
      );
      await Bun.write(join(own, 'chart.md'), '# Chart\n\nSee the map.');
      const docs = await add({ place: own, language: 'en', rule: 'publish' });
      await reading(docs);
      site.pages.clear();
      site.others.clear();
      const link = (path: string) => `<a href="${site.origin}${path}">x</a>`;
      site.pages.set('/lights', {
        title: 'Lights',
        words: `${link('/lights')} ${link('/gone')} ${link('/away')} <a href="http://127.0.0.1:1/y">x</a>`,
      });
      site.others.set('/away', 'http://127.0.0.1:1/z');
      const web = await add({ place: `${site.origin}/sitemap.xml`, rule: 'publish' });
      await reading(web);
      const findings = async () =>
        (await findingsOf(store)).broken
          .map(
            ({ url, reason, articles }) => `${url.replace(site.origin, '')} ${reason} ${articles[0]?.title}`,
          )
          .sort();
      expect(await findings()).toEqual([
        './lost.md names a file that is not there. Map',
        '/gone answers with status 404. Lights',
      ]);
      await Bun.write(join(own, 'deep/lost.md'), '# Found\n\nIt was never gone.');
      site.pages.set('/gone', { title: 'Back', words: 'Again.' });
      await reading(docs);
      await reading(web);
      expect(await findings()).toEqual([]);
    });

    test('names articles that nobody is shown, and those that members say no to', async () => {
      const now = Date.now();
      await store.transact(async (tx) => {
        const of = (id: string) => ({
          ...{ id, content: { ...content, title: id }, status: 'published' as const, source: 'panel' },
          ...{ sourceId: null, importHash: null },
        });
        await insertArticles(
          tx,
          await nextRevision(tx),
          KIM,
          ['dusty', 'fresh', 'useless', 'useful'].map(of),
        );
        await sql`update articles set created_at = ${now - 100 * 86_400_000} where id <> 'fresh'`.execute(tx);
        await tx
          .insertInto('members')
          .values({ id: 'm', name: 'Mo', created_at: now, seen_at: now })
          .execute();
        for (let n = 0; n < 6; n += 1) {
          const turn = { question: 'x', said: 'answer' as const, at: now };
          await tx
            .insertInto('conversations')
            .values({ id: `c${n}`, member_id: 'm', phase: 'closed', opened_at: now, changed_at: now })
            .execute();
          await tx
            .insertInto('bot_turns')
            .values({
              ...turn,
              conversation_id: `c${n}`,
              articles: '["useless","useful"]',
              refused: '["useless"]',
            })
            .execute();
        }
        await recordLesson(tx, { source: 'solved', articleId: 'useful', question: 'x', weight: 1 });
      });
      const { unread, unhelpful } = await findingsOf(store);
      const own = unread.filter(({ id }) => ['dusty', 'fresh', 'useless', 'useful'].includes(id));
      expect(own).toEqual([{ id: 'dusty', title: 'dusty' }]);
      expect(unhelpful).toEqual([{ id: 'useless', title: 'useless', shown: 6, refused: 6, helped: 0 }]);
    });
  });
}
