import { afterAll, beforeAll, expect, test } from 'bun:test';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadFolder } from '../../../testing/load-folder.ts';
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
  ['no front matter', 'Just text', /a\.md: has no front matter/],
  ['no title', '---\nlanguage: en\n---\ntext', /a\.md: field "title" is missing/],
  ['an unknown language', '---\ntitle: A\nlanguage: xx\n---\ntext', /a\.md: field "language" .*en or ja/],
  [
    'questions that are no list',
    '---\ntitle: A\nlanguage: en\nquestions: one\n---\ntext',
    /a\.md: field "questions"/,
  ],
  [
    'an empty question',
    '---\ntitle: A\nlanguage: en\nquestions: [""]\n---\ntext',
    /a\.md: field "questions"/,
  ],
  [
    'a field by another name',
    '---\ntitle: A\nlanguage: en\nquestion: a\n---\ntext',
    /a\.md: field "question"/,
  ],
  [
    'broken YAML',
    '---\ntitle: "A\nlanguage: en\n---\ntext',
    /a\.md: has front matter that is not YAML, at line/,
  ],
  ['front matter that is no mapping', '---\n- a\n---\ntext', /a\.md: has front matter without fields/],
  ['no text', '---\ntitle: A\nlanguage: en\n---\n', /a\.md: field "text" is missing/],
])('%s is refused by file and field', async (_, content, message) => {
  await expect(load({ 'a.md': content })).rejects.toThrow(message);
});

test('refuses two articles of the same id', async () => {
  const content = '---\nid: same\ntitle: A\nlanguage: en\n---\ntext';
  await expect(load({ 'a.md': content, 'b.md': content })).rejects.toThrow(/b\.md: field "id" .*a\.md/);
});
