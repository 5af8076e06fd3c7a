import { expect, test } from 'bun:test';
import { readFeed } from './read-feed.ts';

test('reads RSS, Atom and JSON feeds as plain text, oldest item first', () => {
  const rss = `<rss version="2.0"><channel><title>t</title>
    <item><guid>2</guid><title>A &amp;amp; &lt;b&gt;B&lt;/b&gt;</title><link>https://x.example/2</link>
      <description><![CDATA[<p>One</p><p>two &amp; three<script>alert(1)</script></p>]]></description></item>
    <item><title>No id</title><link>javascript:alert(1)</link></item></channel></rss>`;
  expect(readFeed(rss).map(({ id: _, ...item }) => item)).toEqual([
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
  const feed = `<rss version="2.0"><channel><title>t</title><item><guid>a</guid><title>1</title></item><item><guid>a</guid><title>2</title></item></channel></rss>`;
  expect(readFeed(feed)).toHaveLength(1);
  expect(readFeed(feed)).toEqual(readFeed(feed));
  expect(() => readFeed('<html><body>Not found</body></html>')).toThrow();
  expect(() => readFeed('')).toThrow();
});
