import { describe, expect, test } from 'bun:test';
import { loadFolder } from '../../testing/load-folder.ts';
import type { Article } from './article.ts';
import { sampleFolder } from './import/sample-articles.ts';
import { createKnowledge } from './knowledge.ts';

const articles = (await loadFolder(sampleFolder)).filter(({ language }) => language === 'en');
const english = { language: 'en' } as const;
const jargon = 'the wobbly gizmo thing again';

const shared = await learned();

async function learned(given: readonly Article[] = articles) {
  const knowledge = createKnowledge();
  knowledge.put(given);
  await knowledge.ready();
  return knowledge;
}

describe('teaching', () => {
  test('finds an article by a learned question and similar ones, until it is unlearned', async () => {
    const knowledge = await learned();
    expect(knowledge.ask(jargon, english).is).not.toBe('answer');
    knowledge.learn('en-sound', [{ question: jargon, weight: 2 }]);
    await knowledge.ready();
    expect(knowledge.ask(jargon, english)).toMatchObject({
      is: 'answer',
      hits: [{ article: { id: 'en-sound' } }],
    });
    expect(knowledge.search('wobbly gizmo', english)[0]?.article.id).toBe('en-sound');
    knowledge.learn('en-sound', []);
    await knowledge.ready();
    expect(knowledge.ask(jargon, english).is).not.toBe('answer');
  });

  test('ranks an article lower after negative feedback', async () => {
    const knowledge = await learned();
    const question = 'how do I change my name';
    const before = knowledge.search(question, english)[0];
    expect(before?.article.id).toBe('en-change-name');
    knowledge.learn('en-change-name', [{ question, weight: -5 }]);
    await knowledge.ready();
    const after = knowledge.search(question, english).find(({ article }) => article.id === 'en-change-name');
    expect(after?.score ?? 0).toBeLessThan(before?.score ?? 0);
  });

  test('learns what is taught while learning runs, also for articles put again', async () => {
    const knowledge = createKnowledge();
    knowledge.put(articles);
    knowledge.learn('en-sound', [{ question: jargon, weight: 2 }]);
    knowledge.put(articles);
    await knowledge.ready();
    expect(knowledge.ask(jargon, english).hits[0]?.article.id).toBe('en-sound');
  });
});

test('gives the same scores in whatever order articles are put', async () => {
  const one = shared;
  const other = await learned(articles.toReversed());
  const scores = (knowledge: typeof one) =>
    knowledge.search('lost my gems', english).map(({ article, score }) => [article.id, score.toFixed(6)]);
  expect(scores(other)).toEqual(scores(one));
});

test('does not find a removed article, and still finds the others', async () => {
  const knowledge = await learned();
  knowledge.remove(['en-sound', 'unknown']);
  expect(knowledge.search('there is no sound', english).map(({ article }) => article.id)).not.toContain(
    'en-sound',
  );
  await knowledge.ready();
  expect(knowledge.search('there is no sound', english).map(({ article }) => article.id)).not.toContain(
    'en-sound',
  );
  expect(knowledge.search('how do I add a friend', english)[0]?.article.id).toBe('en-friends');
});

describe('the previous question', () => {
  test('tells what "that" refers to', async () => {
    const knowledge = shared;
    const previous = ['how do I move my game to a new phone'];
    expect(knowledge.search('how do I do that on Android?', english)[0]?.article.id).toBe(
      'en-supported-devices',
    );
    expect(knowledge.search('how do I do that on Android?', { ...english, previous })[0]?.article.id).toBe(
      'en-transfer-device',
    );
  });

  test('does not change the answer to a question that stands alone', async () => {
    const knowledge = shared;
    const previous = ['I want a refund for my gems'];
    expect(knowledge.search('how do I change my player name', { ...english, previous })[0]?.article.id).toBe(
      'en-change-name',
    );
  });
});

test('highlights the matched words', async () => {
  const knowledge = shared;
  const [hit] = knowledge.search('purchases not restored', english);
  if (!hit) throw new Error('nothing found');
  const marked = hit.highlights.extract.map(({ start, end }) => hit.extract.slice(start, end));
  expect(marked).toContain('purchases');
  expect(marked).toContain('Restore');
  expect(hit.highlights.title.map(({ start, end }) => hit.article.title.slice(start, end))).toEqual([
    'purchase',
  ]);
});

test('returns scores from 0 to 1, best first', async () => {
  const knowledge = shared;
  for (const query of ['refund', 'my account', 'gems lantern island', 'zzz']) {
    const scores = knowledge.search(query, { ...english, limit: 10 }).map(({ score }) => score);
    expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  }
});

test('answers with few articles or none', async () => {
  const few = await learned(articles.filter(({ id }) => ['en-refund', 'en-sound'].includes(id)));
  expect(few.ask('I want a refund of my purchase', english).hits[0]?.article.id).toBe('en-refund');
  expect(few.ask('what is the weather tomorrow', english).is).toBe('none');
  const alone = await learned(articles.filter(({ id }) => id === 'en-refund'));
  expect(alone.ask('can I get a refund', english).hits[0]?.article.id).toBe('en-refund');
  expect((await learned([])).ask('refund', english)).toEqual({ is: 'none', hits: [] });
});

test('answers questions and lets other work run while it indexes and learns', async () => {
  const many = Array.from({ length: 1_000 }, (_, number): Article => {
    const { title, questions, text } = articles[number % 30] ?? { title: '', questions: [], text: '' };
    return {
      id: `copy-${number}`,
      title: number === 932 ? 'Quokkas' : `${title} ${number}`,
      questions,
      text,
      language: 'en',
    };
  });
  const knowledge = await learned();
  let turns = 0;
  let next: ReturnType<typeof setImmediate>;
  const count = () => {
    turns += 1;
    next = setImmediate(count);
  };
  next = setImmediate(count);
  knowledge.put(many);
  expect(knowledge.search('there is no sound', english)).not.toEqual([]);
  await knowledge.ready();
  clearImmediate(next);
  expect(turns).toBeGreaterThan(5);
  expect(knowledge.search('where are the quokkas', { ...english, limit: 1 })[0]?.article.id).toBe('copy-932');
});
