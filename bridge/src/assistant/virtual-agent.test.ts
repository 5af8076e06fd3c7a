import { describe, expect, test } from 'bun:test';
import { loadFolder } from '../../testing/load-folder.ts';
import { asked } from '../../testing/sample-questions.ts';
import { sampleFolder } from '../knowledge/import/sample-articles.ts';
import { createKnowledge } from '../knowledge/knowledge.ts';
import type { BotTurn } from './bot-turns.ts';
import { choiceKey, createVirtualAgent, NONE, type Reply } from './virtual-agent.ts';

const knowledge = createKnowledge();
knowledge.put(await loadFolder(sampleFolder));
await knowledge.ready();
const agent = createVirtualAgent(knowledge);
const ada = { name: 'Ada', locale: 'en-GB' };
const rin = { name: 'Rin', locale: 'ja' };

/** A question of the sample's that the virtual agent asks back about, found by asking. */
function doubtful(): { text: string; reply: Reply } {
  for (const text of asked.en.split('\n').flatMap((line) => line.split(': ')[1]?.split('; ') ?? [])) {
    const reply = agent.reply(text, ada, []);
    if (reply.notice.is === 'which') return { text, reply };
  }
  throw new Error('every question is answered at once');
}

test('answers a clear question with at most three articles', () => {
  const { notice, turn } = agent.reply('I forgot my password, how do I reset it?', ada, []);
  expect(notice).toMatchObject({ is: 'articles', sure: true });
  expect(notice.is === 'articles' && notice.articles.length).toBeLessThanOrEqual(3);
  expect(turn).toMatchObject({ said: 'answer', articles: expect.arrayContaining(['en-reset-password']) });
});

test('finds an article in the language of the question', () => {
  const { notice } = agent.reply('パスワードを忘れました', ada, []);
  expect(notice.is === 'articles' && notice.articles[0]?.id).toBe('ja-reset-password');
  const english = agent.reply('I forgot my password', rin, []).notice;
  expect(english.is === 'articles' && english.articles[0]?.id).toBe('en-reset-password');
});

describe('where articles compete', () => {
  const { text, reply } = doubtful();
  const choices = reply.notice.is === 'which' ? reply.notice.choices : [];
  const thread: BotTurn[] = reply.turn ? [reply.turn] : [];

  test('asks the member once which of them is meant', () => {
    expect(choices.length).toBeGreaterThanOrEqual(2);
    expect(choices.length).toBeLessThanOrEqual(3);
    expect(agent.reply(text, ada, thread).notice.is).not.toBe('which');
  });

  test.each(['the second one', '2', '2番目です'])('%p chooses the same article as its button', (words) => {
    const chosen = agent.choose(choices[1]?.key ?? '', thread);
    expect(chosen?.turn).toEqual({
      question: text,
      said: 'answer',
      articles: [thread[0]?.articles[1] ?? ''],
    });
    expect(agent.reply(words, ada, thread)).toEqual(chosen as Reply);
  });

  test('records an unanswered question when none is chosen', () => {
    expect(agent.choose(NONE, thread)).toEqual({
      notice: { is: 'no-answer' },
      turn: { question: text, said: 'nothing', articles: [] },
    });
  });

  test('ignores a choice that was never offered', () => {
    expect(agent.choose(choiceKey('en-sound'), [])).toBeNull();
    expect(agent.choose(NONE, [])).toBeNull();
  });
});

test('takes "that" for what was asked before', () => {
  const before = agent.reply('how do I move my game to a new phone', ada, []);
  const thread = before.turn ? [before.turn] : [];
  expect(agent.reply('how do I do that on Android?', ada, thread).turn?.articles[0]).toBe(
    'en-transfer-device',
  );
});

test('says so when no article answers, and records it', () => {
  expect(agent.reply('what is the weather in Lisbon tomorrow', ada, [])).toEqual({
    notice: { is: 'no-answer' },
    turn: { question: 'what is the weather in Lisbon tomorrow', said: 'nothing', articles: [] },
  });
});

test.each([
  ['hello there', 'greeting'],
  ['thanks a lot', 'welcome'],
  ['that fixed it', 'welcome'],
  ['are you a bot?', 'about'],
  ['あなたは誰ですか', 'about'],
  ['ありがとうございました', 'welcome'],
] as const)('%p is small talk', (text, is) => {
  const { notice, turn } = agent.reply(text, ada, []);
  expect(notice.is).toBe(is);
  expect(turn).toBeNull();
});
