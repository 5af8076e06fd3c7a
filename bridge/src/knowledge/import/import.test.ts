import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import writeSheet from 'write-excel-file/node';
import { storeKinds, type TestPlace } from '../../../testing/stores.ts';
import type { Store } from '../../store/open.ts';
import { contentOf } from '../articles/content.ts';
import { createLibrary } from '../articles/library.ts';
import { listArticles } from '../articles/queries.ts';
import { importArticles } from './import-articles.ts';
import { openImportSource } from './import-source.ts';
import type { ImportOptions } from './records.ts';

const KIM = { identity: 'kim', name: 'Kim' };
const COMMAND = { identity: null, name: 'kb import' };

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flexcord-import-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(path: string, content: string | Uint8Array): Promise<string> {
  const whole = join(folder, path);
  await mkdir(dirname(whole), { recursive: true });
  await Bun.write(whole, content);
  return whole;
}

const zendesk = (change: object = {}) => ({
  id: 1,
  title: 'Mend a sail',
  body: '<h2>Needle</h2><p>Take a <b>needle</b>, see <a href="/hc/en-us/x">this</a>.</p><script>alert(1)</script>',
  locale: 'en-us',
  html_url: 'https://help.example/hc/en-us/articles/1',
  draft: false,
  label_names: ['ship'],
  user_segment_id: null,
  ...change,
});
const intercom = (change: object = {}) => ({
  type: 'article',
  id: '77',
  title: 'Drop the anchor',
  body: '<p>Slowly.</p>',
  state: 'published',
  url: 'https://help.example/77',
  default_locale: 'en',
  ...change,
});

for (const kind of storeKinds) {
  describe(`importing into ${kind.name}`, () => {
    let place: TestPlace;
    let store: Store;
    beforeAll(async () => {
      place = await kind.make();
      store = await place.open();
    });
    afterAll(() => place?.drop());
    beforeEach(async () => {
      await store.db.deleteFrom('article_versions').execute();
      await store.db.deleteFrom('articles').execute();
    });

    const run = async (what: string, options: ImportOptions = {}) =>
      importArticles(store, await openImportSource(what, {}), options, COMMAND);
    const kept = async () => {
      const rows = await store.db.selectFrom('articles').selectAll().orderBy('id').execute();
      return rows.map((row) => ({ ...row, content: contentOf(row) }));
    };

    /** Imports, and imports again: what is broken is named both times, the rest is there and not written twice. */
    async function twice(what: string, expected: { created: number; skipped?: string[]; broken?: string[] }) {
      for (const round of [1, 2]) {
        const report = await run(what);
        expect(report.skipped.map(({ where, reason }) => `${where}: ${reason}`)).toEqual(
          expected.skipped ?? [],
        );
        expect(report.broken.map(({ where, reason }) => `${where}: ${reason}`)).toEqual(
          expected.broken ?? [],
        );
        expect(report).toMatchObject({
          created: round === 1 ? expected.created : 0,
          updated: 0,
          unchanged: round === 1 ? 0 : expected.created,
        });
      }
      const articles = await kept();
      expect(articles).toHaveLength(expected.created);
      expect(articles.every(({ version }) => version === 1)).toBe(true);
      return articles;
    }

    test('imports a folder of Markdown', async () => {
      await file(
        'md/en/sail.md',
        '---\ntitle: Sail\nlanguage: en\nresponse_template: Hi {{member.name}}\n---\nMend it.',
      );
      await file('md/ja/sail.md', '---\ntitle: 帆\nlanguage: ja\nstatus: draft\n---\n縫う。');
      await file('md/none.md', 'no front matter');
      await file('md/empty.md', '---\ntitle: A\n---\n');
      await file('md/what.md', '---\ntitle: A\nresponse_template: Hi {{membr.name}}\n---\ntext');
      await file('md/link.md', '---\ntitle: A\nurl: javascript:alert(1)\n---\ntext');
      const articles = await twice(join(folder, 'md'), {
        created: 3,
        skipped: [`${join(folder, 'md/empty.md')}: has nothing to read.`],
        broken: [
          `${join(folder, 'md/link.md')}: field "url" is not right: it should be a web address.`,
          `${join(folder, 'md/what.md')}: field "response_template" has {{membr.name}}, for which nothing can be put in.`,
        ],
      });
      expect(articles.map(({ id, status, source }) => [id, status, source])).toEqual([
        ['en-sail', 'published', 'markdown'],
        ['ja-sail', 'draft', 'markdown'],
        ['none', 'published', 'markdown'],
      ]);
    });

    test('imports CSV, and reports a broken quote, extra cells, what is no language and a duplicate id', async () => {
      const what = await file(
        'a.csv',
        [
          'id;Title;language;Sample questions;body;tags;colour',
          'a;Sail;en;"where is my sail\nsail gone";Mend it.;ship, sea;',
          'b;"Bad" quote;en;;x;;',
          'c;Anchor;en;;Drop it.;;',
          'd;Too many;en;;x;;;;9',
          'e;Deutsch;de-!;;x;;',
          ';帆;;;縫う。;;',
          'a;Again;en;;x;;',
          'f;Nothing to read;en;;;;',
          'g;"never closed;en;;x;;',
          "h;'=1+1;en;;'-5;;",
        ].join('\r\n'),
      );
      const articles = await twice(what, {
        created: 4,
        broken: [
          expect.stringMatching(/^a\.csv, row 3: has quotes that do not fit/) as never,
          'a.csv, row 5: has 9 cells, and the heading has 7.',
          'a.csv, row 6: field "language" is not right: it should be a BCP 47 language tag, such as en or pt-BR.',
          'a.csv, row 8: field "id" is "a", which a.csv, row 2 has too.',
          'a.csv, row 9: field "text" is missing, and there is no link either.',
          expect.stringMatching(/^a\.csv, row 10: has quotes that do not fit/) as never,
        ],
      });
      const [sail, , formula, japanese] = articles;
      expect(sail?.content).toMatchObject({
        questions: ['where is my sail', 'sail gone'],
        labels: ['ship', 'sea'],
        text: 'Mend it.',
      });
      expect(formula?.content).toMatchObject({ title: '=1+1', text: '-5' });
      expect(japanese?.content).toMatchObject({ title: '帆', language: 'ja' });
    });

    test('articles are listed by their titles, whatever their case, width, accents and kana', async () => {
      const titles = [
        'Äpfel',
        'apple',
        'Ｂanana',
        'éclair',
        'Sail',
        'sail: red',
        'Zebra',
        'さくら',
        'サクラの木',
        'さけ',
      ];
      const rows = titles.toReversed().map((title) => `${title},Text,en`);
      await run(await file('titles.csv', `title,text,language\n${rows.join('\n')}\n`));
      const { articles } = await listArticles(store, { sort: 'title' });
      expect(articles.map(({ title }) => title)).toEqual(titles);
    });

    test('imports XLSX, and reports a broken row among good ones', async () => {
      const bytes = await writeSheet([
        ['title', 'text', 'status', 'language'],
        ['Sail', 'Mend it.', 'draft', 'en'],
        ['', 'No title', null, 'en'],
        ['Anchor', 42, 'perhaps', 'en'],
        ['Number', 42, null, 'en'],
      ]).toBuffer();
      const what = await file('a.xlsx', bytes);
      const articles = await twice(what, {
        created: 2,
        broken: [
          'a.xlsx, row 4: field "status" is not right: it should be draft or published.',
          'a.xlsx, row 3: field "title" is missing.',
        ].sort(),
      });
      expect(articles.map(({ status, text }) => [text, status]).sort()).toEqual([
        ['42', 'published'],
        ['Mend it.', 'draft'],
      ]);
    });

    test('imports an export of a Zendesk help center', async () => {
      const articles = [
        zendesk(),
        zendesk({ locale: 'ja', title: '帆を縫う' }),
        zendesk({ id: 2, draft: true }),
        zendesk({ id: 3, user_segment_id: 9 }),
        zendesk({ id: 4, locale: 'de' }),
        zendesk({ id: 5, title: undefined }),
        null,
        zendesk({ id: 6, body: '<div>'.repeat(3000) }),
      ];
      const what = await file(
        'zendesk.json',
        JSON.stringify({ articles, count: articles.length, next_page: null }),
      );
      const found = await twice(what, {
        created: 3,
        skipped: [
          'zendesk.json, article 3 (id 2): is a draft there.',
          'zendesk.json, article 4 (id 3): is not for everybody there (user_segment_id).',
        ],
        broken: [
          'zendesk.json, article 6 (id 5): field "title" is missing.',
          'zendesk.json, article 7: is not an article.',
          'zendesk.json, article 8 (id 6): has elements more than 128 deep in each other.',
        ],
      });
      expect(found[0]).toMatchObject({
        id: 'zendesk-1-en',
        source: 'zendesk',
        source_id: '1',
        content: {
          text: '## Needle\n\nTake a **needle**, see [this](https://help.example/hc/en-us/x).',
          labels: ['ship'],
          url: 'https://help.example/hc/en-us/articles/1',
        },
      });
    });

    test('imports an export of Intercom with translations', async () => {
      const data = [
        intercom({
          translated_content: {
            type: 'article_translated_content',
            ja: {
              type: 'article_content',
              title: '錨',
              body: '<p>ゆっくり。</p>',
              state: 'published',
              url: 'https://help.example/ja',
            },
            fr: { type: 'article_content', title: 'Ancre', body: '<p>x</p>', state: 'published' },
          },
        }),
        intercom({ id: '78', state: 'draft' }),
        intercom({ id: '79', body: 5 }),
      ];
      const what = await file('intercom.json', JSON.stringify({ type: 'list', data }));
      const found = await twice(what, {
        created: 3,
        skipped: ['intercom.json, article 2 (id 78), en: is a draft there.'],
        broken: ['intercom.json, article 3 (id 79): field "body" is not right.'],
      });
      expect(found.map(({ id, title, text }) => [id, title, text])).toEqual([
        ['intercom-77-en', 'Drop the anchor', 'Slowly.'],
        ['intercom-77-fr', 'Ancre', 'x'],
        ['intercom-77-ja', '錨', 'ゆっくり。'],
      ]);
    });

    const statuses = async () => Object.fromEntries((await kept()).map(({ id, status }) => [id, status]));

    test('what its source withdraws is withdrawn here, and comes back with it', async () => {
      const library = createLibrary({ store, changed: async () => {} });
      const what = join(folder, 'withdrawn.json');
      const exported = (...articles: object[]) => Bun.write(what, JSON.stringify({ articles }));
      await exported(zendesk(), zendesk({ id: 2 }), zendesk({ id: 3 }), zendesk({ id: 4 }));
      await run(what);
      await exported(
        zendesk({ draft: true }),
        zendesk({ id: 2, user_segment_id: 9 }),
        zendesk({ id: 3, body: '<p> </p>' }),
      );
      const planned = await run(what, { dryRun: true });
      expect(await statuses()).toMatchObject({ 'zendesk-1-en': 'published' });
      const report = await run(what);
      expect({ ...planned, dryRun: false }).toEqual(report);
      expect(report.withdrawn).toEqual([
        { where: 'withdrawn.json, article 1 (id 1)', reason: 'is a draft there.' },
        {
          where: 'withdrawn.json, article 2 (id 2)',
          reason: 'is not for everybody there (user_segment_id).',
        },
      ]);
      expect(report.gone.map(({ where }) => where)).toEqual([
        '"Mend a sail" (zendesk-3-en)',
        '"Mend a sail" (zendesk-4-en)',
      ]);
      expect(await statuses()).toEqual({
        'zendesk-1-en': 'draft',
        'zendesk-2-en': 'draft',
        'zendesk-3-en': 'published',
        'zendesk-4-en': 'published',
      });

      // Whoever publishes one all the same decides; what its source has again is published again.
      await library.publish('zendesk-1-en', { status: 'published', version: 2 }, KIM);
      await exported(zendesk({ draft: true }), zendesk({ id: 2 }));
      expect(await run(what, { withdrawGone: true })).toMatchObject({
        skipped: [{ reason: 'is a draft there. It was published here all the same, and stays so.' }],
        withdrawn: [{ where: '"Mend a sail" (zendesk-3-en)' }, { where: '"Mend a sail" (zendesk-4-en)' }],
        gone: [],
      });
      expect(await statuses()).toEqual({
        'zendesk-1-en': 'published',
        'zendesk-2-en': 'published',
        'zendesk-3-en': 'draft',
        'zendesk-4-en': 'draft',
      });

      // A part of a help center says nothing of the rest.
      await Bun.write(
        what,
        JSON.stringify({
          articles: [zendesk()],
          links: { next: 'https://help.example/2' },
          meta: { has_more: true },
        }),
      );
      expect(await run(what)).toMatchObject({
        skipped: [
          { where: 'withdrawn.json', reason: expect.stringContaining('goes on at https://help.example/2') },
        ],
        gone: [],
      });
    });

    test('a file that was taken out of its folder is named, and so is a draft; one of another folder is not', async () => {
      await file('site/a.md', 'a');
      await file('site/b.md', 'b');
      await file('site/c.md', 'c');
      await file('other/d.md', 'd');
      await run(join(folder, 'site'));
      await run(join(folder, 'other'));
      await rm(join(folder, 'site/b.md'));
      await file('site/c.md', '---\ndraft: true\n---\nc');
      const report = await run(join(folder, 'site'));
      expect(report.gone.map(({ where }) => where)).toEqual(['"B" (b)']);
      expect(report.withdrawn).toEqual([{ where: join(folder, 'site/c.md'), reason: 'is a draft there.' }]);
      expect(await statuses()).toEqual({ a: 'published', b: 'published', c: 'draft', d: 'published' });
    });

    test('one path in two languages makes two articles, together or one after the other', async () => {
      await file('two/en/refund.md', 'How to get money back');
      await file('two/ja/refund.md', '返金の方法');
      for (const language of ['en', 'ja', 'en', 'ja']) await run(join(folder, 'two', language));
      const languages = async () =>
        (await kept()).map(({ id, language, version }) => [id, language, version]);
      expect(await languages()).toEqual([
        ['refund', 'en', 1],
        ['refund-ja', 'ja', 1],
      ]);
      for (const language of ['en', 'ja'])
        await file(`same/${language}.md`, `---\nid: intro\nlanguage: ${language}\n---\ntext`);
      await file('same/more/other.md', '---\nid: intro\nlanguage: en\n---\nother text');
      expect(await run(join(folder, 'same'))).toMatchObject({ created: 3, broken: [] });
      expect(await run(join(folder, 'same'))).toMatchObject({ unchanged: 3, broken: [], gone: [] });
    });

    test('keeps the articles of a help center whose region earlier versions did not know', async () => {
      const american = zendesk();
      const what = await file('gb.json', JSON.stringify({ articles: [american] }));
      await run(what);
      await Bun.write(what, JSON.stringify({ articles: [{ ...american, locale: 'en-gb' }] }));
      expect(await run(what)).toMatchObject({ created: 0, updated: 1, gone: [] });
      expect((await kept()).map(({ id, language }) => [id, language])).toEqual([['zendesk-1-en', 'en-GB']]);
      const both = [
        zendesk({ locale: 'en-gb', html_url: 'https://help.example/hc/en-gb/articles/1' }),
        american,
      ];
      await Bun.write(what, JSON.stringify({ articles: both }));
      expect(await run(what)).toMatchObject({ created: 1, updated: 1, gone: [] });
    });

    test('writes only what changed, and keeps edits made here of articles unchanged at their source', async () => {
      const library = createLibrary({ store, changed: async () => {} });
      const two = [zendesk(), zendesk({ id: 2, title: 'Anchor' })];
      const what = await file('z.json', JSON.stringify({ articles: two }));
      expect(await run(what, { dryRun: true })).toMatchObject({ created: 2, dryRun: true });
      expect(await kept()).toEqual([]);
      await run(what, { labels: ['imported'], status: 'draft' });
      const [first] = await kept();
      expect(first).toMatchObject({ status: 'draft', content: { labels: ['ship', 'imported'] } });

      const content = { ...(first as NonNullable<typeof first>).content, title: 'Our words' };
      await library.edit('zendesk-1-en', { content, version: 1 }, KIM);
      await library.publish('zendesk-1-en', { status: 'published', version: 2 }, KIM);
      expect(await run(what, { labels: ['imported'] })).toMatchObject({ updated: 0, unchanged: 2 });
      expect((await kept())[0]).toMatchObject({ title: 'Our words', status: 'published', version: 3 });

      await Bun.write(what, JSON.stringify({ articles: [zendesk({ title: 'New there' }), two[1]] }));
      expect(await run(what, { labels: ['imported'] })).toMatchObject({ updated: 1, unchanged: 1 });
      expect((await kept())[0]).toMatchObject({ title: 'New there', status: 'published', version: 4 });

      await library.remove('zendesk-2-en', { deleted: true, version: 1 }, KIM);
      expect(await run(what, { labels: ['imported'] })).toMatchObject({
        unchanged: 1,
        skipped: [
          {
            where: 'z.json, article 2 (id 2)',
            reason: 'was deleted here. Bring it back first to import it.',
          },
        ],
      });
    });
  });
}

test.each([
  [
    'a.csv',
    'name,text\nx,y\n',
    /a\.csv has no column that is known as a title\. Its first row has "name", "text"/,
  ],
  ['empty.csv', '', /empty\.csv is empty/],
  ['bytes.csv', new Uint8Array([0x83, 0x5e, 0xff, 0, 0xff, 0xfd]), /bytes\.csv is in no encoding/],
  ['a.json', '{', /a\.json is not JSON/],
  ['b.json', '{"tickets":[]}', /b\.json has no articles/],
  ['a.pdf', '%PDF', /is of no kind that can be imported/],
])('%s is refused as a whole', async (name, content, message) => {
  const what = await file(`whole/${name}`, content);
  const reading = openImportSource(what, {}).then(({ records }) => Array.fromAsync(records));
  await expect(reading).rejects.toThrow(message);
});
