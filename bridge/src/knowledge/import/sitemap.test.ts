import { afterAll, beforeAll, expect, test } from 'bun:test';
import { openImportSource } from './import-source.ts';
import type { ImportRecord } from './records.ts';
import { getPage } from './web.ts';

const words = 'Take a needle and a strong thread, then close the tear with short stitches from both ends. ';
const page = (title: string, text: string, language = 'en') =>
  `<!doctype html><html lang="${language}"><head><title>${title} | Help</title></head><body><nav><a href="/">Home</a></nav>
  <main><h1>${title}</h1><p>${text.repeat(8)}</p><p>See <a href="../other">the other page</a>.</p></main><footer>All rights reserved</footer></body></html>`;

let asked: string[] = [];
let server: ReturnType<typeof Bun.serve>;
let origin = '';

beforeAll(() => {
  server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch(request) {
      const { pathname } = new URL(request.url);
      asked.push(pathname);
      const html = (body: string, status = 200) =>
        new Response(body, { status, headers: { 'content-type': 'text/html; charset=utf-8' } });
      const xml = (body: string) => new Response(body, { headers: { 'content-type': 'application/xml' } });
      const list = (...paths: string[]) =>
        `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${paths.map((path) => `<url><loc>${path.startsWith('http') ? path : origin + path}</loc><lastmod>2026-01-02</lastmod></url>`).join('')}</urlset>`;
      switch (pathname) {
        case '/robots.txt':
          return new Response('User-agent: *\nDisallow: /secret');
        case '/sitemap.xml':
          return xml(
            `<sitemapindex><sitemap><loc>${origin}/one.xml</loc></sitemap><sitemap><loc>${origin}/two.xml.gz</loc></sitemap><sitemap><loc>${origin}/sitemap.xml</loc></sitemap><sitemap><loc>${origin}/gone.xml</loc></sitemap></sitemapindex>`,
          );
        case '/one.xml':
          return xml(
            list('/en/sail', '/secret/plan', 'http://elsewhere.example/x', '/missing', '/hop', '/out'),
          );
        case '/two.xml.gz':
          return new Response(Bun.gzipSync(list('/ja/sail', '/de/segel', '/picture', '/empty')));
        case '/en/sail':
          return html(page('Mend a sail', words));
        case '/ja/sail':
          return html(page('帆を縫う', '針と糸で帆を縫います。', 'ja-JP'));
        case '/de/segel':
          return html(page('Segel', 'Nadel. ', 'de'));
        case '/empty':
          return html('<html><body></body></html>');
        case '/picture':
          return new Response('x', { headers: { 'content-type': 'image/png' } });
        case '/hop':
          return Response.redirect(`${origin}/en/sail`);
        case '/out':
          return Response.redirect('http://169.254.169.254/latest/meta-data');
        case '/large':
          return html('x'.repeat(11 * 2 ** 20));
        case '/api/articles.json':
          return Response.json({
            articles: [{ id: 1, title: 'A', body: '<p>x</p>', locale: 'en' }],
            next_page: `${origin}/api/2`,
          });
        case '/api/2':
          return Response.json({
            articles: [{ id: 2, title: 'B', body: '<p>y</p>', locale: 'ja' }],
            next_page: null,
          });
        case '/api/cursor':
          return Response.json({
            articles: [{ id: 3, title: 'C', body: '<p>z</p>', locale: 'pt-br' }],
            meta: { has_more: true },
            links: { next: `${origin}/api/cursor/2` },
          });
        case '/api/cursor/2':
          return Response.json({
            articles: [{ id: 4, title: 'D', body: '<p>z</p>', locale: 'en-gb' }],
            meta: { has_more: true },
            links: { next: '/api/cursor/3' },
          });
        case '/api/cursor/3':
          return Response.json({
            articles: [{ id: 5, title: 'E', body: '<p>z</p>', locale: 'en' }],
            meta: { has_more: false },
            links: { next: `${origin}/api/cursor/4` },
          });
        case '/hostile.xml':
          return xml(list('/deep', '/many', '/crowded', '/attributes', '/en/sail'));
        case '/deep':
          return html(`${'<div>'.repeat(3000)}<p>short</p>${'</div>'.repeat(3000)}`);
        case '/many':
          return html('<p>a</p>'.repeat(50_001));
        case '/crowded':
          return html(`${'<div>'.repeat(100)}<p>a</p>${'</div>'.repeat(100)}`.repeat(400));
        case '/attributes':
          return html(`<p ${Array.from({ length: 20_000 }, (_, index) => `a${index}=1`).join(' ')}>a</p>`);
        case '/sjis': {
          const bytes = [0x91, 0x44, 0x82, 0xcc, 0x94, 0xbf, 0x82, 0xf0, 0x96, 0x44, 0x82, 0xa4, 0x81, 0x42];
          const [before = '', after = ''] =
            `<html lang="ja"><head><meta charset="Shift_JIS"></head><body><h1>|</h1><p>${words.repeat(8)}</p></body></html>`.split(
              '|',
            );
          return new Response(Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]), {
            headers: { 'content-type': 'text/html' },
          });
        }
        case '/sjis.xml':
          return xml(list('/sjis'));
        default:
          return html('Not found', 404);
      }
    },
  });
  origin = `http://127.0.0.1:${server.port}`;
});
afterAll(() => server.stop(true));

const read = async (path: string, options = {}): Promise<ImportRecord[]> =>
  Array.fromAsync((await openImportSource(origin + path, { allowPrivate: true, ...options })).records);
const reason = (records: ImportRecord[], is: string) =>
  records.flatMap((record) =>
    record.is === is && 'reason' in record ? [`${record.where.replace(origin, '')}: ${record.reason}`] : [],
  );

test('imports the pages of a sitemap as articles, without navigation', async () => {
  const records = await read('/sitemap.xml');
  const articles = records.flatMap((record) => (record.is === 'article' ? [record] : []));
  expect(
    articles.map(({ where, fields }) => [where.replace(origin, ''), fields.title, fields.language]),
  ).toEqual([
    ['/en/sail', 'Mend a sail', 'en'],
    ['/hop', 'Mend a sail', 'en'],
    ['/ja/sail', '帆を縫う', 'ja'],
    ['/de/segel', 'Segel', 'de'],
  ]);
  expect(articles[0]?.fields.text).toBe(
    `${words.repeat(8).trim()}\n\nSee [the other page](${origin}/other).`,
  );
  const host = new URL(origin).host;
  expect(reason(records, 'skipped')).toEqual([
    '/secret/plan: is closed by robots.txt.',
    `http://elsewhere.example/x: is on another host than ${host}.`,
    '/picture: is image/png and no HTML.',
    '/empty: has nothing to read.',
  ]);
  expect(reason(records, 'broken').sort()).toEqual([
    '/gone.xml: answers with status 404.',
    '/missing: answers with status 404.',
    `/out: redirects to http://169.254.169.254/latest/meta-data, which is on another host than ${host}.`,
  ]);
  expect(asked.filter((path) => path === '/robots.txt')).toHaveLength(1);
});

test('does not fetch a page again that has not changed since its import', async () => {
  asked = [];
  const imported = Date.parse('2026-02-01');
  const records = await read('/one.xml', { importedAt: async () => imported });
  expect(records.filter(({ is }) => is === 'same').length).toBe(4);
  expect(asked).toEqual(['/one.xml', '/robots.txt']);
  expect((await read('/one.xml', { importedAt: async () => Date.parse('2026-01-02') }))[0]?.is).toBe(
    'article',
  );
});

test("reads Zendesk's articles API page by page", async () => {
  const records = await read('/api/articles.json');
  expect(records.map((record) => record.is === 'article' && record.id)).toEqual([
    'zendesk-1-en',
    'zendesk-2-ja',
  ]);
});

test('reads pages by cursor to their end', async () => {
  expect((await read('/api/cursor')).map((record) => record.is === 'article' && record.id)).toEqual([
    'zendesk-3-pt',
    'zendesk-4-en-gb',
    'zendesk-5-en',
  ]);
});

test('reads a page in the encoding that it declares', async () => {
  expect(await read('/sjis.xml')).toMatchObject([
    { is: 'article', fields: { language: 'ja', title: '船の帆を縫う。' } },
  ]);
});

test('a page that would take minutes to read is named with its reason, and the others are read', async () => {
  const records = await read('/hostile.xml');
  expect(reason(records, 'broken')).toEqual([
    '/deep: has elements more than 128 deep in each other.',
    '/many: has more than 50000 elements. Split it.',
    '/crowded: has too many elements deep in each other.',
    '/attributes: has an element with more than 200 attributes.',
  ]);
  expect(records.at(-1)).toMatchObject({ is: 'article', fields: { title: 'Mend a sail' } });
});

test('refuses what is no sitemap, too large or does not answer, and says why', async () => {
  await expect(read('/en/sail')).rejects.toThrow(/is not a sitemap/);
  await expect(read('/large')).rejects.toThrow(/larger than 10 MB/);
  await expect(read('/nowhere')).rejects.toThrow(/answers with status 404/);
});

test.each([
  '127.0.0.1',
  'localhost',
  '[::1]',
  '[::ffff:127.0.0.1]',
  '2130706433',
  '10.0.0.1',
  '169.254.169.254',
  '0.0.0.0',
])('without --allow-private, %s is not asked', async (host) => {
  asked = [];
  await expect(getPage(`http://${host}:${server.port}/en/sail`)).rejects.toThrow(/private network/);
  expect(asked).toEqual([]);
});
