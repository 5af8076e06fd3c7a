import { expect, test } from 'bun:test';
import { readFeed as readDocument } from './read-feed.ts';

const readFeed = (text: string | Uint8Array, contentType: string | null = null) =>
  readDocument({
    bytes: typeof text === 'string' ? new TextEncoder().encode(text) : text,
    contentType,
    url: 'https://feeds.example/a/feed.xml',
  });
const rss = (items: string, channel = '') =>
  `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>t</title>${channel}${items}</channel></rss>`;
const atom = (entries: string, attributes = '') =>
  `<feed xmlns="http://www.w3.org/2005/Atom" ${attributes}><title>t</title><id>f</id>${entries}</feed>`;
const said = (items: ReturnType<typeof readFeed>) =>
  items.map(({ title, summary, url }) => [title, summary, url]);

test('reads RSS, Atom and JSON feeds as plain text, oldest item first', () => {
  const rss = `<rss version="2.0"><channel><title>t</title>
    <item><guid>2</guid><title>A &amp;amp; &lt;b&gt;B&lt;/b&gt;</title><link>https://x.example/2</link>
      <description><![CDATA[<p>One</p><p>two &amp; three<script>alert(1)</script></p>]]></description></item>
    <item><title>No id</title><link>javascript:alert(1)</link></item></channel></rss>`;
  expect(readFeed(rss).map(({ id: _, otherIds: __, ...item }) => item)).toEqual([
    { title: 'No id', summary: '', url: null },
    { title: 'A & B', summary: 'One two & three', url: 'https://x.example/2' },
  ]);
  const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><id>f</id>
    <entry><id>urn:1</id><title>Atom</title><link rel="self" href="https://x.example/self"/><link href="https://x.example/1"/>
      <summary type="html">&lt;p&gt;Hi&lt;/p&gt;</summary></entry></feed>`;
  expect(readFeed(atom)).toMatchObject([{ title: 'Atom', summary: 'Hi', url: 'https://x.example/1' }]);
  const json = JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: 't',
    items: [{ id: '1', title: 'Json', content_text: 'x'.repeat(900), url: 'https://x.example/1' }],
  });
  expect(readFeed(json)[0]?.summary).toHaveLength(500);
});

test('drops repeated items, gives stable ids and throws for a text that is no feed', () => {
  const feed = `<rss version="2.0"><channel><title>t</title><item><guid>a</guid><title>1</title></item><item><guid>a</guid><title>1</title></item></channel></rss>`;
  expect(readFeed(feed)).toHaveLength(1);
  expect(readFeed(feed)).toEqual(readFeed(feed));
  expect(() => readFeed('<html><body>Not found</body></html>')).toThrow();
  expect(() => readFeed('')).toThrow();
});

test('items that share one id are items of their own, and keep their ids as others come and go', () => {
  const item = (name: string, link = `https://x.example/${name}`) =>
    `<item><guid isPermaLink="false">0</guid><title>${name}</title><link>${link}</link></item>`;
  const idsOf = (...items: string[]) =>
    Object.fromEntries(readFeed(rss(items.join(''))).map(({ title, id }) => [title, id]));
  const alone = idsOf(item('a'));
  const both = idsOf(item('b'), item('a'));
  const later = idsOf(item('c'), item('b'));
  expect(Object.keys(both)).toEqual(['a', 'b']);
  expect(both.a).toBe(alone.a);
  // Known by now, and the new one is not.
  expect(later.b).toBe(both.a);
  expect([both.a, both.b]).not.toContain(later.c);
  expect(idsOf(item('b', 'http://x.example/b'), item('a'))).toEqual(both);
  expect(
    readFeed(rss('<item><guid>0</guid><title>1</title></item><item><guid>0</guid><title>2</title></item>')),
  ).toHaveLength(2);
});

test('a title of text keeps its signs, and one of HTML its words', () => {
  const entry = (type: string, title: string) =>
    `<entry><id>${type}</id><title${type && ` type="${type}"`}>${title}</title></entry>`;
  const titles = readFeed(
    atom(
      entry('', 'a &lt; b') +
        entry('text', 'Drop &lt;script&gt; tags, keep &lt;b&gt;b&lt;/b&gt;') +
        entry('html', 'A &lt;b&gt;b&lt;/b&gt; &amp;amp; c'),
    ),
  ).map(({ title }) => title);
  expect(titles).toEqual(['A b & c', 'Drop <script> tags, keep <b>b</b>', 'a < b']);
  expect(readFeed(rss('<item><title>Drop &lt;script&gt; tags</title></item>'))[0]?.title).toBe(
    'Drop <script> tags',
  );
});

test('the newest item is last, whichever way the feed is written, and is read of any length', () => {
  const day = (n: number) => new Date(Date.UTC(2026, 0, 1) + n * 86_400_000).toUTCString();
  const items = Array.from(
    { length: 1200 },
    (_, n) => `<item><guid>${n}</guid><title>${n}</title><pubDate>${day(n)}</pubDate></item>`,
  );
  for (const written of [items, items.toReversed()]) {
    const read = readFeed(rss(written.join('')));
    expect([read.length, read.at(-1)?.title]).toEqual([1000, '1199']);
  }
  const undated = Array.from(
    { length: 300 },
    (_, n) => `<item><guid>${n}</guid><title>${n}</title></item>`,
  ).join('');
  expect(readFeed(rss(undated))).toHaveLength(300);
});

test('an item without title, text or link takes what stands in for them', () => {
  expect(
    said(
      readFeed(
        rss(
          '<item><guid>https://x.example/1</guid><description>Words only.</description></item>' +
            '<item><guid isPermaLink="false">https://x.example/2</guid><title>Two</title><content:encoded>&lt;p&gt;Whole&lt;/p&gt;</content:encoded></item>' +
            '<item><guid>https://x.example/3</guid></item>',
        ),
      ),
    ),
  ).toEqual([
    ['https://x.example/3', '', 'https://x.example/3'],
    ['Two', 'Whole', null],
    ['Words only.', 'Words only.', 'https://x.example/1'],
  ]);
  const json = {
    version: 'https://jsonfeed.org/version/1.1',
    title: 't',
    items: [{ id: '1', external_url: 'https://y.example/', content_html: '<p>a<p>b' }],
  };
  expect(said(readFeed(JSON.stringify(json)))).toEqual([['a b', 'a b', 'https://y.example/']]);
});

test('what is not seen, or turns what is read, is left out of what is announced', () => {
  const items = rss(
    '<item><guid>1</guid><title>\u200b\u200e\u2060</title><description>Open\u2066 sea\u0007</description></item>' +
      '<item><guid>2</guid><title>pay\u202egnp.exe\u202c &#x202E;now\u001b[2J</title><link>https://kim:pass@x.example/2</link></item>',
  );
  expect(said(readFeed(items)).reverse()).toEqual([
    ['Open sea', 'Open sea', null],
    ['paygnp.exe now[2J', '', 'https://x.example/2'],
  ]);
});

test('relative links are made whole by what the feed says, else by its own address', () => {
  const links = (text: string) => readFeed(text).map(({ url }) => url);
  expect(links(rss('<item><guid>1</guid><link>/p/1</link></item>'))).toEqual(['https://feeds.example/p/1']);
  expect(
    links(rss('<item><guid>1</guid><link>p/1</link></item>', '<link>https://x.example/blog/</link>')),
  ).toEqual(['https://x.example/blog/p/1']);
  expect(
    links(
      atom(
        '<entry xml:base="sub/"><id>1</id><title>1</title><link href="1"/></entry>',
        'xml:base="https://x.example/x/"',
      ),
    ),
  ).toEqual(['https://x.example/x/sub/1']);
});

test('reads a feed in the encoding that it declares, or its server', () => {
  const cyrillic = [0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2];
  const latin = (text: string) => [...Buffer.from(text, 'latin1')];
  const [before = '', after = ''] = rss('<item><guid>1</guid><title>|</title></item>').split('|');
  const bytes = (declaration: string) =>
    new Uint8Array([...latin(declaration + before), ...cyrillic, ...latin(after)]);
  expect(readFeed(bytes('<?xml version="1.0" encoding="windows-1251"?>'))[0]?.title).toBe('Привет');
  expect(readFeed(bytes(''), 'text/xml; charset=windows-1251')[0]?.title).toBe('Привет');
});

test('an item is the same one when its id changes from http to https', () => {
  const ids = (guid: string) => readFeed(rss(`<item><guid>${guid}</guid></item>`))[0];
  expect(ids('https://x.example/1')?.otherIds).toEqual([ids('http://x.example/1')?.id as string]);
});

test('an Atom entry is read for what it tells: HTML without a type, no data of another type, no link beside it', () => {
  const entry = (id: string, inner: string) => `<entry><id>${id}</id><title>${id}</title>${inner}</entry>`;
  const items = readFeed(
    atom(
      entry('typeless', '<summary>&lt;p&gt;Open&amp;nbsp;sea&lt;/p&gt;</summary>') +
        entry('words', '<summary>Write a &lt;b&gt; and &amp;amp;</summary>') +
        entry('data', '<content type="video/mp4">aGVsbG8=</content>') +
        entry('markup', '<content type="image/svg+xml"><svg><text>hidden</text></svg></content>') +
        entry('licensed', '<link rel="license" href="https://licences.example/by"/>') +
        entry(
          'replied',
          '<link rel="replies" href="https://x.example/r"/><link rel="self" href="https://x.example/s"/>',
        ),
    ),
  ).reverse();
  expect(said(items)).toEqual([
    ['typeless', 'Open sea', null],
    ['words', 'Write a <b> and &amp;', null],
    ['data', '', null],
    ['markup', '', null],
    ['licensed', '', null],
    ['replied', '', 'https://x.example/s'],
  ]);
});
