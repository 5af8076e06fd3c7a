import { afterAll, beforeAll, expect, test } from 'bun:test';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadFolder } from '../../../testing/load-folder.ts';
import { readMarkdown } from './markdown.ts';
import { sampleFolder } from './sample-articles.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'articles-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function load(files: Record<string, string>) {
  const own = await mkdtemp(join(folder, 'case-'));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(join(own, path, '..'), { recursive: true });
    await Bun.write(join(own, path), content);
  }
  return loadFolder(own);
}

test('the sample has thirty articles per language, all with questions, labels and a response', async () => {
  const articles = await loadFolder(sampleFolder);
  for (const language of ['en', 'ja']) {
    expect(articles.filter((article) => article.language === language)).toHaveLength(30);
  }
  for (const { questions, responseTemplate, labels } of articles) {
    expect(questions.length).toBeGreaterThanOrEqual(5);
    expect(responseTemplate).toBeTruthy();
    expect(labels?.length).toBeGreaterThan(0);
  }
});

test('reads an article with all its fields', async () => {
  const articles = await load({
    'en/sails.md':
      '---\r\ntitle: "Sails: mending"\r\nlanguage: en\r\nquestions: [my sail is torn]\r\nlabels: [ship]\r\nurl: https://example.com/s\r\nresponse_template: Take a needle.\r\n---\r\n\r\n# Sails\r\n\r\nMend it.\r\n',
    'notes.txt': 'no article',
  });
  expect(articles).toEqual([
    {
      id: 'en-sails',
      title: 'Sails: mending',
      language: 'en',
      questions: ['my sail is torn'],
      labels: ['ship'],
      url: 'https://example.com/s',
      responseTemplate: 'Take a needle.',
      text: '# Sails\n\nMend it.',
    },
  ]);
});

test.each([
  [
    'what is no language',
    '---\ntitle: A\nlanguage: klingon\n---\ntext',
    /a\.md: field "language" .*such as en/,
  ],
  [
    'a question that is none',
    '---\ntitle: A\nlanguage: en\nquestions: [{a: b}]\n---\ntext',
    /a\.md: field "questions"/,
  ],
  [
    'an empty question',
    '---\ntitle: A\nlanguage: en\nquestions: [""]\n---\ntext',
    /a\.md: field "questions"/,
  ],
  [
    'broken YAML',
    '---\ntitle: "A\nlanguage: en\n---\ntext',
    /a\.md: has front matter that is not YAML, at line/,
  ],
  ['broken TOML', '+++\ntitle = A\n+++\ntext', /a\.md: has front matter that is not TOML/],
  ['broken JSON', '{\n"title": A\n}\ntext', /a\.md: has front matter that is not JSON/],
  ['no text', '---\ntitle: A\nlanguage: en\n---\n', /a\.md: has nothing to read/],
  [
    'only what is no text',
    '---\ntitle: A\n---\n<script setup>\nrun()\n</script>\n<Home />\n',
    /a\.md: has nothing to read/,
  ],
  ['a draft', '---\ntitle: A\ndraft: true\n---\ntext', /a\.md: is a draft there/],
  ['a draft by a word', '---\ntitle: A\ndraft: Yes\n---\ntext', /a\.md: is a draft there/],
  ['what is not published', '---\npublish: no\n---\ntext', /a\.md: is a draft there/],
  ['what is private', '+++\nprivate = true\n+++\ntext', /is not for everybody there \(private\)/],
  ['what is internal', '---\nvisibility: internal\n---\ntext', /is not for everybody there \(visibility\)/],
  ['what has expired', '---\nexpiryDate: 2001-02-03\n---\ntext', /has expired there/],
  ['what is for later', '---\npublishDate: 2999-02-03\n---\ntext', /is published there only later/],
])('%s is refused by file and reason', async (_, content, message) => {
  await expect(load({ 'a.md': content })).rejects.toThrow(message);
});

const title = async (path: string, content: string) => (await load({ [path]: content }))[0]?.title;

test('a title is that of the front matter, else the first heading, else the name of the file', async () => {
  expect(await title('a.md', '---\ntitle: 2.10\n---\n# Other')).toBe('2.10');
  expect(await title('a.md', '---\ntags: [x]\n---\nWords.\n\n## Second *heading* {#second}\n')).toBe(
    'Second heading',
  );
  expect(await title('a.md', 'Heading\n===\n\ntext')).toBe('Heading');
  expect(await title('2024-01-02-mend_a-sail.md', 'text')).toBe('Mend a sail');
  expect(await title('refunds/index.md', 'text')).toBe('Refunds');
  expect(await title('app/my-refunds/page.mdx', 'text')).toBe('My refunds');
});

test.each([
  ['YAML', '---\ntitle: Sail\ntags:\n  - ship\n  - sea\naliases: [x]\nweight: 3\n---\nMend it.'],
  [
    'TOML',
    '+++\ntitle = "Sail"\ntags = ["ship", "sea"]\nweight = 3\ndate = 2024-01-02\n[params]\na = 1\n+++\nMend it.',
  ],
  ['JSON', '{\n  "title": "Sail",\n  "tags": ["ship", "sea"],\n  "weight": 3\n}\nMend it.'],
  ['a list in one line', '---\ntitle: Sail\ntags: ship, sea\nurl: /docs/sail/\n---\nMend it.'],
])('front matter in %s is read, and unknown fields are left out', async (_, content) => {
  expect(await load({ 'a.md': content })).toMatchObject([
    { title: 'Sail', labels: ['ship', 'sea'], text: 'Mend it.' },
  ]);
});

test('front matter may be indented by tabs, and have fields that are called as what every object has', async () => {
  const own = await mkdtemp(join(folder, 'case-'));
  const content =
    '---\ntitle: Sail\ntags: [\n\t"ship",\n\t"sea",\n]\nconstructor: a\ntoString: b\n---\nMend it.';
  await Bun.write(join(own, 'a.md'), content);
  const source = readMarkdown(own);
  for await (const record of source.records)
    expect(record).toMatchObject({ is: 'article', fields: { title: 'Sail', labels: ['ship', 'sea'] } });
  expect(source.columns?.().map(({ name, field }) => [name, field])).toEqual([
    ['title', 'title'],
    ['tags', 'labels'],
    ['constructor', null],
    ['toString', null],
  ]);
});

test('marks of note-taking programs say what they say', async () => {
  const content =
    'Use ==the needle== %%ask Kim first%% now, if a==b==c. ^mend-it\n\n- one\n\n^list\n\n`%%code%% ==x==`';
  expect((await load({ 'a.md': content }))[0]?.text).toBe(
    'Use the needle  now, if a==b==c.\n\n- one\n\n`%%code%% ==x==`',
  );
});

test('MDX loses what is run and keeps what is read', async () => {
  const content = `---
title: Sail
---
import { Tabs, TabItem } from '@theme/Tabs';
export const shade = 'red';

{/* a comment */}
Mend **it** {'now'} with a <Tooltip tip="x">needle</Tooltip>, {shade} thread.

<Tabs>
  <TabItem label="Linux">

    - one
    - two

    \`\`\`js
    import x from 'y';
    \`\`\`

  </TabItem>
</Tabs>
<Card title="Next" href="/next">Read on.</Card>

:::tip[Careful]
It is sharp.
:::
`;
  const [article] = await load({ 'a.mdx': content });
  expect(article?.text).toBe(
    "Mend **it** now with a needle,  thread.\n\n**Linux**\n\n- one\n- two\n\n```js\nimport x from 'y';\n```\n\n[**Next**: Read on.](/next)\n\n**Careful**\n\nIt is sharp.",
  );
});

test('marks of generators are taken out, and code stays as it is', async () => {
  const content = [
    '# Sail {#sail}',
    '[[toc]]',
    '::: warning Careful',
    'It is sharp.',
    ':::',
    '!!! note "Mind"',
    '    Indented **words**.',
    '',
    'Use {{< ref "x" >}}the needle{% include y.html %}, `{{< note >}}` and `<Badge />`<Badge text="new" />.<!-- more -->',
    '{% highlight ruby %}',
    'puts 1',
    '{% endhighlight %}',
    '```md',
    '::: tip',
    '{{< note >}}',
    '```',
  ].join('\n');
  expect((await load({ 'a.md': content }))[0]?.text).toBe(
    '# Sail\n\n**Careful**\n\nIt is sharp.\n\n**Mind**\n\nIndented **words**.\n\nUse the needle, `{{< note >}}` and `<Badge />`.\n\n```ruby\nputs 1\n```\n\n```md\n::: tip\n{{< note >}}\n```',
  );
});

test('calls of Jekyll, GitBook and mdBook say what they say', async () => {
  const content = [
    'See [plugins]({{ "/docs/plugins/" | relative_url }}) and [#7]({{ site.repository }}/issues/7){:target="_blank"}, {{name}}.',
    'Dear `{{ "name" | upcase }}`.',
    '',
    '{% tabs %}',
    '{% tab title="Python" %}',
    '{% code title="ask.py" overflow="wrap" %}',
    '```python',
    'ask()',
    '```',
    '{% endcode %}',
    '{% endtab %}',
    '{% endtabs %}',
    '{% embed url="https://films.example/v?a=1" %}',
    '',
    '```liquid',
    '{% raw %}',
    '{% highlight ruby %}',
    'def foo',
    '{% endhighlight %}',
    '{% endraw %}',
    '```',
    '',
    '```rust',
    '{{#rustdoc_include ../listings/main.rs:here}}',
    '```',
    '',
    '> <Listing number="1" caption="A `match` on an `Option<i32>`">',
    '>',
    '> Words.',
  ].join('\n');
  expect((await load({ 'a.md': content }))[0]?.text).toBe(
    [
      'See [plugins](/docs/plugins/) and [#7](/issues/7), {{name}}.',
      'Dear `{{ "name" | upcase }}`.',
      '**Python**',
      '**ask.py**',
      '```python\nask()\n```',
      '<https://films.example/v?a=1>',
      '```liquid\n{% highlight ruby %}\ndef foo\n{% endhighlight %}\n```',
      '>\n>\n> Words.',
    ]
      .join('\n\n')
      .replace('}}.\n\nDear', '}}.\nDear'),
  );
});

test('a page in English that names languages is in English', async () => {
  const languages = '- [日本語](https://ja.example/)\n- [Deutsch](https://de.example/)\n';
  const read = async (text: string) => (await load({ 'a.md': text }))[0]?.language;
  expect(await read(`# Translations\n\nWho reads none of these may help.\n\n${languages}`)).toBe('en');
  expect(
    await read(`# 帆を直す\n\n${'`npm run mend --sail=main --thread=red`。\n'.repeat(5)}針を取る。`),
  ).toBe('ja');
});

test.each([
  ['ko', '돛을 바늘과 실로 꿰매세요. `sew()`'],
  ['zh', '用针和线把帆缝好。'],
  ['ja', '帆を針と糸で縫います。'],
  ['ru', 'Зашейте парус иглой и ниткой.'],
  ['uk', 'Зашийте вітрило голкою та ниткою.'],
  ['ar', 'خيط الشراع بالإبرة والخيط.'],
  ['fa', 'بادبان را با نخ و سوزن بدوزید، چند بار.'],
  ['th', 'เย็บใบเรือด้วยเข็มและด้าย'],
  ['el', 'Ράψτε το πανί με βελόνα και κλωστή.'],
  ['de', 'Wo ist mein Segel? Im Hafen; dort.'],
  ['fr', 'Où est ma voile ? Dans le port.'],
  ['es', '¿Dónde está mi vela? En el puerto.'],
  ['it', 'Dove si trova la mia vela? Nel porto.'],
  ['pt', 'Onde está a minha vela? No porto.'],
  ['nl', 'Waar is mijn zeil? In de haven.'],
  ['pl', 'Gdzie jest mój żagiel? W porcie.'],
  ['sv', 'Var är mitt segel? Det är i hamnen.'],
  ['en', 'Mend the sail in Los Angeles or Las Palmas, and die Hard is a film.'],
])('a page that names no language is in that of its letters and words: %s', async (language, text) => {
  expect((await load({ 'a.md': text }))[0]?.language).toBe(language);
});

test('a folder that is imported alone is in the language that it is called by', async () => {
  const own = await mkdtemp(join(folder, 'case-'));
  for (const name of ['de', 'it', 'go']) await Bun.write(join(own, name, 'a.md'), 'text');
  const languageIn = async (name: string) => (await loadFolder(join(own, name)))[0]?.language;
  expect([await languageIn('de'), await languageIn('it'), await languageIn('go')]).toEqual([
    'de',
    'it',
    'en',
  ]);
});

test('a path says its language', async () => {
  const languages = async (...paths: string[]) =>
    (await load(Object.fromEntries(paths.map((path) => [path, 'text'])))).map(({ language }) => language);
  expect(await languages('de/a.md', 'i18n/zh-CN/docs/a.md', 'a.fr.md', 'pt-br/a.md')).toEqual([
    'fr',
    'de',
    'zh',
    'pt',
  ]);
  // "is" and "go" are languages too; alone they are words.
  expect(await languages('is/a.md', 'guide/go/a.md')).toEqual(['en', 'en']);
  expect(await languages('en/a.md', 'is/a.md')).toEqual(['en', 'is']);
});

test('pages of HTML are read as files of a folder', async () => {
  const words = '<p>Take a needle and a strong thread, then close the tear.</p>'.repeat(6);
  const articles = await load({
    'sails.html': `<!doctype html><html lang="de-AT"><head><title>Sails</title><link rel="canonical" href="https://help.example/sails"></head><body><nav>Home</nav><main><h1>Mend a sail</h1>${words}<a href="/knots">Knots</a></main></body></html>`,
    'ja/knots.htm': `<html lang=en><title>Knots</title>${words}`,
    'short.html': `<title>Short</title><p>Mend {{sail.name}} <a href="{{link}}">here</a>.`,
    'rope/index.xhtml': `<html><body>${words}</body></html>`,
    'matter.html': `---\ntitle: Matter\ntags: [ship]\n---\n<p>Mend it.</p>`,
  });
  expect(articles.map(({ id, title, language, url }) => [id, title, language, url])).toEqual([
    ['ja-knots', 'Knots', 'ja', undefined],
    ['matter', 'Matter', 'en', undefined],
    ['rope-index', 'Rope', 'en', undefined],
    ['sails', 'Mend a sail', 'de-AT', 'https://help.example/sails'],
    ['short', 'Short', 'en', undefined],
  ]);
  expect(articles[3]?.text).toMatch(/^Take a needle[\s\S]*\[Knots\]\(https:\/\/help\.example\/knots\)$/);
  expect(articles[1]?.labels).toEqual(['ship']);
  await expect(load({ 'a.html': `<title>{{ page.title }}</title>${words}` })).rejects.toThrow(
    /is a template/,
  );
  await expect(load({ 'a.html': '<div>'.repeat(3000) })).rejects.toThrow(/more than 128 deep/);
});

test('files in folders and endings for machines, and parts of other pages, are no articles', async () => {
  const articles = await load({
    'a.markdown': 'a',
    'B.MD': 'b',
    'node_modules/x/readme.md': 'c',
    '_index.md': 'e',
    'SUMMARY.md': '# Summary\n\nIt was good.',
  });
  expect(articles.map(({ id }) => id)).toEqual(['B', 'SUMMARY', '_index', 'a']);
  await expect(load({ '_part.mdx': 'f' })).rejects.toThrow(/is a part of other pages/);
  await expect(load({ '_includes/part.md': 'f' })).rejects.toThrow(/is a part of other pages/);
  await expect(load({ '_drafts/a.md': 'f' })).rejects.toThrow(/is a draft there/);
  expect(await title('_posts/2024-01-02-sail.md', 'text')).toBe('Sail');
  await expect(load({ 'a.md': 'a', '.github/d.md': 'd' })).rejects.toThrow(/d\.md: is kept for programs/);
  const contents =
    '# Summary\n\n[Preface](preface.md)\n\n## Part <a id="p"></a>\n\n- [Sail](s.md)\n  - [Mend]()\n\n***\n';
  await expect(load({ 'SUMMARY.md': contents })).rejects.toThrow(/is the table of contents/);
});

test('refuses two articles of the same id', async () => {
  const content = '---\nid: same\ntitle: A\nlanguage: en\n---\ntext';
  await expect(load({ 'a.md': content, 'b.md': content })).rejects.toThrow(/b\.md: field "id" .*a\.md/);
});
