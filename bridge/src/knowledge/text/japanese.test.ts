import { expect, test } from 'bun:test';
import { loadFolder } from '../../../testing/load-folder.ts';
import { sampleFolder } from '../import/sample-articles.ts';
import { createKnowledge } from '../knowledge.ts';

const articles = (await loadFolder(sampleFolder)).filter(({ language }) => language === 'ja');
const knowledge = createKnowledge();
knowledge.put(articles);
await knowledge.ready();

const firstOf = (query: string) => knowledge.search(query, { language: 'ja' })[0]?.article.id;

test.each([
  ['つながらない', 'ja-connection'],
  ['払戻し', 'ja-refund'],
  ['引継ぎ', 'ja-transfer-device'],
  ['金返せ', 'ja-refund'],
  ['ログボ', 'ja-daily-reward'],
  ['ﾊﾟｽﾜｰﾄﾞを忘れた', 'ja-reset-password'],
  ['ぱすわーど', 'ja-reset-password'],
  ['フレンドこーど', 'ja-friends'],
])('finds what is written in hiragana, short or in another width: %s', (query, id) => {
  expect(firstOf(query)).toBe(id);
});

test('a sample question that says the same lowers no article', async () => {
  const bare = articles.map((article) => ({ ...article, questions: [] }));
  const own = createKnowledge();
  own.put(bare);
  await own.ready();
  const placeOf = (query: string, id: string) =>
    own.search(query, { language: 'ja', limit: 30 }).findIndex(({ article }) => article.id === id);
  const asked = articles.flatMap(({ id, questions }) => questions.slice(1, 2).map((text) => ({ id, text })));
  const before = asked.filter(({ id, text }) => placeOf(text, id) === 0).length;
  own.put(articles.map((article) => ({ ...article, questions: article.questions.slice(0, 1) })));
  await own.ready();
  const after = asked.filter(({ id, text }) => placeOf(text, id) === 0).length;
  expect(after).toBeGreaterThanOrEqual(before);
});

test('with a dictionary, kana find kanji and the other way round', async () => {
  // A process of its own: what one process indexes is read with the dictionary or without it.
  const script = `
    import { words } from ${JSON.stringify(import.meta.resolve('./terms.ts'))};
    import { loadJapaneseDictionary } from ${JSON.stringify(import.meta.resolve('./japanese.ts'))};
    await loadJapaneseDictionary();
    const shared = (one, other) => words(one).filter((word) => words(other).includes(word)).length;
    console.log(JSON.stringify([
      shared('ひきつぎ方法', '引き継ぎの手順'), shared('へんきん', '返金'), shared('繋がらない', 'つながりません'), shared('天気', 'パスワード'),
    ]));`;
  const run = Bun.spawn([process.execPath, '-e', script], { stdout: 'pipe', stderr: 'inherit' });
  const [handover = 0, refund = 0, connect = 0, weather = 1] = JSON.parse(
    await new Response(run.stdout).text(),
  );
  expect(Math.min(handover, refund, connect)).toBeGreaterThanOrEqual(2);
  expect(weather).toBe(0);
});
