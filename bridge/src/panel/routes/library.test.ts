import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { ArticleMatches } from '@flexcord/shared/panel/knowledge';
import {
  ArticleConflict,
  type ArticleContent,
  ArticlePreview,
  ArticleTrial,
  ArticleVersions,
  ImportReport,
  LibraryArticle,
  LibraryCounts,
  LibraryGaps,
  LibraryLessons,
  LibraryPage,
} from '@flexcord/shared/panel/library';
import { LibrarySource, LibrarySources } from '@flexcord/shared/panel/library-sources';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { startChangingSite } from '../../../testing/changing-site.ts';
import { as, type Chat, eventually, startChat } from '../../../testing/panel-bridge.ts';
import { storeKinds, type TestPlace } from '../../../testing/stores.ts';
import { recordLesson } from '../../knowledge/feedback/lessons.ts';
import { openStore, type Store } from '../../store/open.ts';

const site = startChangingSite();
afterAll(() => void site.stop());

const sails: ArticleContent = {
  title: 'Dye your sails',
  questions: ['how do I dye my sails', ' how do I dye  my sails '],
  text: 'Open **Harbour › Sails** and choose a colour.',
  url: null,
  language: 'en',
  labels: ['ship', 'colour'],
  responseTemplate:
    'Hi {{member.name|there}}, I am {{ agent.name }}. See "{{article.title}}" ({{case.number|no case}}).',
};

for (const kind of storeKinds) {
  describe(`the library on ${kind.name}`, () => {
    let place: TestPlace;
    let chat: Chat;
    let store: Store;
    let supervisor: string;

    beforeAll(async () => {
      place = await kind.make();
      chat = await startChat(place, {
        KNOWLEDGE_SAMPLE: 'true',
        KNOWLEDGE_SOURCE_HOSTS: new URL(site.origin).host,
        KNOWLEDGE_SOURCE_PACE_MS: '0',
      });
      supervisor = chat.twilio.issueToken(
        chat.twilio.createAgent({ identity: 'sue', fullName: 'Sue', roles: ['supervisor'] }),
      );
      store = await openStore({ ...place.options, beside: true });
    });
    afterAll(async () => {
      await store?.close();
      await chat?.stop();
      await place?.drop();
    });

    const get = (path: string) => chat.call(path, { token: supervisor });
    const post = (path: string, body: unknown) => chat.call(path, { token: supervisor, body });
    const list = async (query: string) =>
      as(LibraryPage, (await get(`${panelRoutes.library}?${query}`)).body);
    const article = async (path: string, body: unknown) => {
      const answer = await post(path, body);
      expect(answer).toMatchObject({ status: 200 });
      return as(LibraryArticle, answer.body);
    };
    const finds = async (question: string) =>
      as(
        ArticleMatches,
        (
          await chat.get(
            `${panelRoutes.knowledgeSearch}?q=${encodeURIComponent(question)}&conversation=${chat.conversationSid}`,
          )
        ).body,
      ).matches;

    test('lists, filters and counts the sample articles', async () => {
      expect(await list('')).toMatchObject({ total: 60, page: 1, pageSize: 50 });
      expect((await list('page=2')).articles).toHaveLength(10);
      expect((await list('q=REFUND&language=en')).articles.map(({ id }) => id)).toContain('en-refund');
      expect((await list('q=返金')).articles[0]?.language).toBe('ja');
      expect((await list('q=ＲＥＦＵＮＤ&language=en')).articles.map(({ id }) => id)).toContain('en-refund');
      expect((await list('q=ﾊﾟｽﾜｰﾄﾞ')).total).toBeGreaterThan(0);
      expect((await list('q=ﾊﾟｽﾜｰﾄﾞ')).total).toBe((await list('q=ぱすわーど')).total);
      expect((await list('label=purchases&sort=title')).articles[0]?.labels).toContain('purchases');
      expect((await list('q=%25q')).total).toBe(0);
      expect((await list('status=draft')).total).toBe(0);
      expect((await get(`${panelRoutes.library}?status=perhaps`)).status).toBe(422);
      const counts = as(LibraryCounts, (await get(panelRoutes.libraryCounts)).body);
      expect(counts).toMatchObject({
        published: 60,
        draft: 0,
        languages: { en: 30, ja: 30 },
        sources: { sample: 60 },
      });
    });

    test('creates, tries, publishes, edits, rolls back and deletes an article, and finds it only while published', async () => {
      const draft = await article(panelRoutes.library, { content: sails, status: 'draft' });
      expect(draft).toMatchObject({ version: 1, source: 'panel', changedBy: 'Sue' });
      expect(draft.content.questions).toEqual(['how do I dye my sails']);
      const { id } = draft;
      expect((await finds('dye my sails')).map((match) => match.id)).not.toContain(id);
      const tried = as(
        ArticleTrial,
        (await post(panelRoutes.libraryTrial, { question: 'dye my sails', content: sails, articleId: id }))
          .body,
      );
      expect(tried).toMatchObject({ rank: 1, shown: true });
      expect(tried.best[0]).toMatchObject({ id, own: true });

      await article(panelRoutes.libraryPublication(id), { status: 'published', version: 1 });
      // Found at once, and first when the model has learned it.
      const [found] = await eventually(
        () => finds('dye my sails'),
        ([first]) => first?.id === id,
      );
      expect(found).toMatchObject({
        id,
        responseTemplate: expect.stringMatching(
          /^Hi Ada.*, I am Kim\. See "Dye your sails" \(\d+\)\.$/,
        ) as never,
      });
      const rival = as(
        ArticleTrial,
        (
          await post(panelRoutes.libraryTrial, {
            question: 'I want my money back',
            content: sails,
            articleId: id,
          })
        ).body,
      );
      expect(rival.best[0]).toMatchObject({ id: 'en-refund', own: false });
      expect(rival.shown).toBe(false);

      const edited = await article(panelRoutes.libraryArticle(id), {
        content: { ...sails, title: 'Paint your hull' },
        version: 2,
      });
      const stale = await post(panelRoutes.libraryArticle(id), { content: sails, version: 2 });
      expect(stale.status).toBe(409);
      expect(as(ArticleConflict, stale.body).article).toMatchObject({ version: 3, title: 'Paint your hull' });
      const { versions } = as(ArticleVersions, (await get(panelRoutes.libraryVersions(id))).body);
      expect(versions.map(({ version, content }) => [version, content.title])).toEqual([
        [3, 'Paint your hull'],
        [1, 'Dye your sails'],
      ]);
      const back = await article(panelRoutes.libraryVersions(id), { from: 1, version: edited.version });
      expect(back).toMatchObject({ version: 4, title: 'Dye your sails', status: 'published' });
      expect((await post(panelRoutes.libraryVersions(id), { from: 2, version: 4 })).status).toBe(422);

      await article(panelRoutes.libraryDeletion(id), { deleted: true, version: 4 });
      expect((await finds('dye my sails')).map((match) => match.id)).not.toContain(id);
      expect((await list('deleted=true')).articles.map((entry) => entry.id)).toEqual([id]);
      expect((await post(panelRoutes.libraryArticle(id), { content: sails, version: 5 })).status).toBe(422);
      expect(await article(panelRoutes.libraryDeletion(id), { deleted: false, version: 5 })).toMatchObject({
        status: 'draft',
        deleted: false,
      });
      expect((await get(panelRoutes.libraryArticle('nowhere'))).status).toBe(404);
    });

    test('names invalid content, and previews what is inserted', async () => {
      const content = { ...sails, responseTemplate: 'Hi {{membr.name}} {{member.name}}' };
      expect(as(ArticlePreview, (await post(panelRoutes.libraryPreview, { content })).body)).toEqual({
        response: 'Hi {{membr.name}} Ada',
        card: {
          title: sails.title,
          words: sails.text,
          url: null,
          buttons: ['That solved it', 'Talk to a person'],
        },
        unknown: ['membr.name'],
      });
      expect(await post(panelRoutes.library, { content, status: 'draft' })).toMatchObject({
        status: 422,
        body: { unknown: ['membr.name'], message: expect.stringContaining('{{membr.name}}') as never },
      });
      const empty = { ...sails, text: ' ' };
      expect((await post(panelRoutes.library, { content: empty, status: 'published' })).status).toBe(422);
      expect(
        (await post(panelRoutes.library, { content: { ...sails, title: ' ' }, status: 'draft' })).status,
      ).toBe(422);
      expect(
        (await post(panelRoutes.library, { content: { ...sails, url: 'javascript:x' }, status: 'draft' }))
          .status,
      ).toBe(422);
    });

    test('lets agents read but not write articles', async () => {
      expect((await chat.get(panelRoutes.library)).status).toBe(200);
      const body = { content: sails, status: 'draft' };
      const version = 1;
      const writes: [string, unknown][] = [
        [panelRoutes.library, body],
        [panelRoutes.libraryArticle('en-refund'), { content: sails, version }],
        [panelRoutes.libraryPublication('en-refund'), { status: 'draft', version }],
        [panelRoutes.libraryDeletion('en-refund'), { deleted: true, version }],
        [panelRoutes.libraryVersions('en-refund'), { from: 1, version }],
        [`${panelRoutes.libraryImport}?name=a.csv&dryRun=true`, 'title\nx'],
        [panelRoutes.libraryGapDismissal, { ids: [1] }],
        [panelRoutes.libraryLesson(1), { undone: true }],
      ];
      for (const [path, given] of writes) expect((await chat.post(path, given)).status).toBe(403);
      expect(await list('')).toMatchObject({ total: 61 });
    });

    test('imports a spreadsheet, after a dry run, and exports it', async () => {
      const path = (dryRun: boolean, name = 'a.csv') =>
        `${panelRoutes.libraryImport}?name=${name}&dryRun=${dryRun}`;
      const csv = 'id,title,text\nhull,Scrub the hull,Use a brush.\nbad,,x\n';
      for (const dryRun of [true, false]) {
        const report = as(ImportReport, (await post(path(dryRun), csv)).body);
        expect(report).toMatchObject({ dryRun, created: 1, broken: [{ where: 'a.csv, row 3' }] });
        expect((await finds('scrub the hull')).some(({ id }) => id === 'hull')).toBe(!dryRun);
      }
      expect(await post(path(true, 'a.exe'), csv)).toMatchObject({ status: 422, body: { code: 'invalid' } });
      for (const format of ['csv', 'xlsx']) {
        const file = await fetch(`${chat.url}${panelRoutes.libraryExport}?format=${format}`, {
          headers: { authorization: `Bearer ${supervisor}` },
        });
        expect(file.headers.get('content-disposition')).toBe(`attachment; filename="articles.${format}"`);
        const again = await fetch(chat.url + path(true, `a.${format}`), {
          method: 'POST',
          headers: { authorization: `Bearer ${supervisor}` },
          body: await file.arrayBuffer(),
        });
        expect(as(ImportReport, await again.json())).toMatchObject({
          created: 0,
          updated: 0,
          unchanged: 62,
          broken: [],
        });
      }
    });

    test('a dry run of an import shows what its columns are taken for and what would change', async () => {
      const csv = 'Thema;Frage;Antwort\nSegel;Wo ist mein Segel?;Im Hafen.\n';
      const asked = (columns?: unknown) =>
        post(
          `${panelRoutes.libraryImport}?name=faq.csv&dryRun=true&language=de${columns === undefined ? '' : `&columns=${encodeURIComponent(JSON.stringify(columns))}`}`,
          csv,
        );
      const guessed = as(ImportReport, (await asked()).body);
      expect(guessed.columns.map(({ name, field }) => [name, field])).toEqual([
        ['Thema', 'title'],
        ['Frage', 'questions'],
        ['Antwort', 'text'],
      ]);
      expect(guessed.changes).toMatchObject([
        { is: 'created', title: 'Segel', language: 'de', status: 'published', where: 'faq.csv, row 2' },
      ]);
      const chosen = as(ImportReport, (await asked({ Frage: 'title', Thema: null })).body);
      expect(chosen.changes).toMatchObject([{ title: 'Wo ist mein Segel?' }]);
      expect(chosen.columns[0]).toEqual({ name: 'Thema', field: null, example: 'Segel' });
      const untitled = await post(
        `${panelRoutes.libraryImport}?name=faq.csv&dryRun=true`,
        'Segel;Antwort\nWo?;Im Hafen.\n',
      );
      expect(untitled).toMatchObject({ status: 422, body: { columns: ['Segel', 'Antwort'] } });
      for (const wrong of [{ Frage: 'colour' }, { Titel: 'title' }, 5])
        expect(await asked(wrong)).toMatchObject({ status: 422, body: { code: 'invalid' } });
    });

    test('describes every address', async () => {
      const { body } = await chat.call<{ paths: Record<string, unknown> }>('/panel/openapi/json');
      const described = Object.keys(body.paths).filter((path) => path.startsWith('/panel/library/'));
      expect(described).toHaveLength(22);
    });

    test('accepts large bodies for imports and nowhere else', async () => {
      const large = 'x'.repeat(1024 * 1024);
      const sent = await post(
        `${panelRoutes.libraryImport}?name=a.csv&dryRun=true`,
        `title,text\na,${large}`,
      );
      expect(sent.body).toMatchObject({ broken: [{ where: 'a.csv, row 2' }] });
      const chunked = await fetch(chat.url + panelRoutes.library, {
        method: 'POST',
        headers: { authorization: `Bearer ${supervisor}` },
        body: new ReadableStream({
          start(controller) {
            controller.enqueue(new TextEncoder().encode(large));
            controller.close();
          },
        }),
      });
      expect(chunked.status).toBe(413);
      expect(
        (await post(panelRoutes.library, { content: { ...sails, text: large }, status: 'draft' })).status,
      ).toBe(413);
    });

    test('lists a failed search as a gap until an article answers it or it is dismissed', async () => {
      const none = (query: string) =>
        chat.post(panelRoutes.knowledgeFeedback, {
          query,
          articleId: null,
          verdict: 'none-fits',
          conversationSid: chat.conversationSid,
        });
      await none('Can I rent out my lighthouse?');
      await none('rent out the lighthouse');
      await none('asdf qwertz');
      const gaps = async () => as(LibraryGaps, (await get(panelRoutes.libraryGaps)).body).gaps;
      const [lighthouse, nonsense] = await gaps();
      expect(lighthouse).toMatchObject({ times: 2, members: 1, sources: ['agent'], language: 'en' });
      expect(lighthouse?.draft).toMatchObject({ title: 'rent out the lighthouse', text: '' });
      const content = { ...sails, ...lighthouse?.draft, text: 'No.' };
      await article(panelRoutes.library, { content, status: 'published', gapIds: lighthouse?.ids });
      await eventually(
        () => finds('rent a lighthouse'),
        ([first]) => first?.id.startsWith('a-') === true,
      );
      expect((await post(panelRoutes.libraryGapDismissal, { ids: nonsense?.ids })).status).toBe(204);
      await none('ASDF qwertz');
      expect(await gaps()).toEqual([]);
    });

    test('a supervisor adds a source of a named host, sees how it fares, and decides what waits', async () => {
      site.pages.set('/tide', { title: 'Read the tide table', words: 'High water first.' });
      const address = `${site.origin}/sitemap.xml`;
      const elsewhere = { place: 'http://127.0.0.1:1/sitemap.xml' };
      const { agent, ...refused } = {
        agent: await chat.post(panelRoutes.librarySources, { place: address }),
        host: await post(panelRoutes.librarySources, elsewhere),
        folder: await post(panelRoutes.librarySources, { place: '/etc' }),
      };
      expect(agent.status).toBe(403);
      for (const { status, body } of Object.values(refused)) {
        expect(status).toBe(422);
        expect(body.message).toContain('KNOWLEDGE_SOURCE_HOSTS');
      }
      const added = as(
        LibrarySource,
        (await post(panelRoutes.librarySources, { place: address, rule: 'publish' })).body,
      );
      const overview = async () => as(LibrarySources, (await get(panelRoutes.librarySources)).body);
      const settled = () =>
        eventually(
          overview,
          ({ sources: [one] }) => one?.readAt !== null && one?.state !== 'reading' && one?.readAt !== before,
        );
      let before: string | null | undefined = null;
      const first = await settled();
      expect(first).toMatchObject({
        sources: [{ id: added.id, kind: 'sitemap', state: 'working', articles: 1, report: { created: 1 } }],
        allowedHosts: [new URL(site.origin).host],
      });
      await eventually(
        () => finds('read the tide table'),
        ([one]) => JSON.stringify(one?.title ?? '').includes('tide'),
      );
      const [entry] = (await list('q=tide')).articles;
      const id = entry?.id ?? '';
      const saved = as(LibraryArticle, (await get(panelRoutes.libraryArticle(id))).body);
      const own = { ...saved.content, text: 'Ask Sue.', owner: 'sue', reviewOn: '2026-02-01' };
      await article(panelRoutes.libraryArticle(id), { content: own, version: saved.version });
      expect((await list('review=due&owner=sue')).articles).toMatchObject([
        { id, owner: 'sue', reviewOn: '2026-02-01' },
      ]);
      expect(as(LibraryCounts, (await get(panelRoutes.libraryCounts)).body)).toMatchObject({
        reviewDue: 1,
        reviewDueOwn: 1,
        owners: { sue: 1 },
      });
      site.pages.set('/tide', { title: 'Read the tide table', words: 'Low water first.' });
      before = first.sources[0]?.readAt;
      expect((await post(panelRoutes.librarySourceReading(added.id), {})).status).toBe(200);
      const { proposals, total } = await settled();
      expect(total).toBe(1);
      expect(proposals).toMatchObject([
        { articleId: id, why: 'edited', article: { content: { text: 'Ask Sue.' } } },
      ]);
      const decision = { articleId: id, accept: true, version: proposals[0]?.article.version };
      expect((await post(panelRoutes.libraryProposals, { ...decision, version: 1 })).status).toBe(409);
      expect((await post(panelRoutes.libraryProposals, decision)).status).toBe(204);
      expect(as(LibraryArticle, (await get(panelRoutes.libraryArticle(id))).body).content).toMatchObject({
        text: expect.stringContaining('Low water first.'),
        owner: 'sue',
      });
      expect((await post(panelRoutes.librarySourceRemoval(added.id), {})).status).toBe(204);
      expect(await overview()).toMatchObject({ sources: [], total: 0 });
    });

    test('reviews and undoes lessons', async () => {
      const lesson = {
        source: 'solved' as const,
        articleId: 'en-refund',
        question: 'give me my coins',
        weight: 1,
      };
      const id = await store.transact((tx) => recordLesson(tx, lesson));
      const lessons = async (query = '') =>
        as(LibraryLessons, (await get(`${panelRoutes.libraryLessons}?articleId=en-refund${query}`)).body)
          .lessons;
      expect(await lessons()).toMatchObject([{ id, articleTitle: 'Ask for a refund', undone: null }]);
      expect(await post(panelRoutes.libraryLesson(id ?? 0), { undone: true })).toMatchObject({
        status: 200,
        body: { undone: { by: 'Sue' } },
      });
      expect(await lessons('&undone=false')).toEqual([]);
      expect((await post(panelRoutes.libraryLesson(id ?? 0), { undone: false })).body).toMatchObject({
        undone: null,
      });
      expect((await post(panelRoutes.libraryLesson(999_999), { undone: true })).status).toBe(404);
    });
  });
}
