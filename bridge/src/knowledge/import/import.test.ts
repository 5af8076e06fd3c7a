import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import writeSheet from 'write-excel-file/node';
import { storeKinds, type TestPlace } from '../../../testing/stores.ts';
import type { Store } from '../../store/open.ts';
import { contentOf } from '../articles/content.ts';
import { createLibrary } from '../articles/library.ts';
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
      await file('md/what.md', '---\ntitle: A\nresponse_template: Hi {{membr.name}}\n---\ntext');
      await file('md/link.md', '---\ntitle: A\nurl: javascript:alert(1)\n---\ntext');
      const articles = await twice(join(folder, 'md'), {
        created: 2,
        broken: [
          `${join(folder, 'md/link.md')}: field "url" is not right: it should be a web address.`,
          `${join(folder, 'md/none.md')}: has no front matter. Begin it with a line "---", fields, and a line "---".`,
          `${join(folder, 'md/what.md')}: field "response_template" has {{membr.name}}, for which nothing can be put in.`,
        ],
      });
      expect(articles.map(({ id, status, source }) => [id, status, source])).toEqual([
        ['en-sail', 'published', 'markdown'],
        ['ja-sail', 'draft', 'markdown'],
      ]);
    });

    test('imports CSV, and reports a broken quote, extra cells, an unknown language and a duplicate id', async () => {
      const what = await file(
        'a.csv',
        [
          'id;Title;language;Sample questions;body;tags;colour',
          'a;Sail;en;"where is my sail\nsail gone";Mend it.;ship, sea;',
          'b;"Bad" quote;en;;x;;',
          'c;Anchor;en;;Drop it.;;',
          'd;Too many;en;;x;;;;9',
          'e;Deutsch;de;;x;;',
          ';帆;;;縫う。;;',
          'a;Again;en;;x;;',
          'f;Nothing to read;en;;;;',
          'g;"never closed;en;;x;;',
          "h;'=1+1;en;;'-5;;",
        ].join('\r\n'),
      );
      const articles = await twice(what, {
        created: 4,
        skipped: ['a.csv, column "colour": is not known.'],
        broken: [
          expect.stringMatching(/^a\.csv, row 3: has quotes that do not fit/) as never,
          'a.csv, row 5: has 9 cells, and the heading has 7.',
          'a.csv, row 6: field "language" is not right: it should be en or ja.',
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
      ];
      const what = await file(
        'zendesk.json',
        JSON.stringify({ articles, count: articles.length, next_page: null }),
      );
      const found = await twice(what, {
        created: 2,
        skipped: [
          'zendesk.json, article 3 (id 2): is a draft there.',
          'zendesk.json, article 4 (id 3): is not for everybody there (user_segment_id).',
          'zendesk.json, article 5 (id 4): is in "de"; articles are kept in en and ja.',
        ],
        broken: [
          'zendesk.json, article 6 (id 5): field "title" is missing.',
          'zendesk.json, article 7: is not an article.',
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
        created: 2,
        skipped: [
          'intercom.json, article 1 (id 77), fr: is in "fr"; articles are kept in en and ja.',
          'intercom.json, article 2 (id 78), en: is a draft there.',
        ],
        broken: ['intercom.json, article 3 (id 79): field "body" is not right.'],
      });
      expect(found.map(({ id, title, text }) => [id, title, text])).toEqual([
        ['intercom-77-en', 'Drop the anchor', 'Slowly.'],
        ['intercom-77-ja', '錨', 'ゆっくり。'],
      ]);
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
  ['a.csv', 'name,text\nx,y\n', /a\.csv has no column "title" in its first row/],
  ['empty.csv', '', /empty\.csv is empty/],
  ['sjis.csv', new Uint8Array([0x83, 0x5e, 0x0a]), /sjis\.csv is not UTF-8/],
  ['a.json', '{', /a\.json is not JSON/],
  ['b.json', '{"tickets":[]}', /b\.json has no articles/],
  ['a.pdf', '%PDF', /is of no kind that can be imported/],
])('%s is refused as a whole', async (name, content, message) => {
  const what = await file(`whole/${name}`, content);
  const reading = openImportSource(what, {}).then(({ records }) => Array.fromAsync(records));
  await expect(reading).rejects.toThrow(message);
});
