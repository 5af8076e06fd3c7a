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

test('says what is known of what many ask, once, and then answers as ever; never to small talk', () => {
  const said: (string | null)[] = [];
  const informed = createVirtualAgent(knowledge, null, (_, locale) => {
    said.push(locale);
    return { title: 'Known', text: 'We are on it.' };
  });
  const question = 'I forgot my password, how do I reset it?';
  const { notice, turn } = informed.reply(question, ada, []);
  expect(notice).toEqual({ is: 'incident', title: 'Known', text: 'We are on it.' });
  expect(turn).toEqual({ question, said: 'incident', articles: [] });
  expect(informed.reply(question, ada, turn ? [turn] : []).notice.is).toBe('articles');
  expect(informed.reply('パスワードを忘れました', ada, []).notice.is).toBe('incident');
  expect(said).toEqual(['en', 'ja']);
  for (const text of ['hello', 'thanks!', 'what are you?'])
    expect(informed.reply(text, ada, []).notice.is).not.toBe('incident');
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

describe('after an article', () => {
  const question = 'how to refnd gems';
  const first = agent.reply(question, ada, []);
  const thread: BotTurn[] = first.turn ? [first.turn] : [];
  const shown = first.turn?.articles ?? [];

  test.each(['no', "that didn't help", '👎', 'tried already', 'nope, wrong article', 'いいえ', '違います'])(
    '%p never shows it again, and nothing that is about something else',
    (words) => {
      expect(shown).toContain('en-refund');
      const { notice, turn } = agent.reply(words, ada, thread);
      expect(['articles', 'reword']).toContain(notice.is);
      expect(turn).toMatchObject({ question, refused: shown });
      expect(turn?.articles.filter((id) => shown.includes(id))).toEqual([]);
    },
  );

  test.each([
    'still broken after that',
    'no, you gave me the wrong information',
    'that is wrong',
    "it didn't change anything",
    'already followed these steps, no luck',
    'それでは解決になりません',
    'その通りにやっても駄目でした',
  ])('%p is a no, in whatever words', (text) => {
    const { notice, turn } = agent.reply(text, ada, thread);
    expect(['articles', 'reword']).toContain(notice.is);
    expect(turn).toMatchObject({ question, refused: shown });
  });

  test.each([
    ['no sound at all', 'en-sound'],
    ['i dont use that mail account anymore, how to put in a new one', 'en-change-email'],
  ])('%p is a matter of its own', (text, id) => {
    expect(agent.reply(text, ada, thread).turn?.articles).toContain(id);
  });

  test('says sorry once, then offers a person, and takes yes for a wish for one', () => {
    const talk = [...thread];
    const said: Reply['notice'][] = [];
    while (said.at(-1)?.is !== 'offer-person' && said.length < 5) {
      const { notice, turn } = agent.reply('no', ada, talk);
      said.push(notice);
      if (turn) talk.push(turn);
    }
    expect(said.at(-1)).toEqual({ is: 'offer-person' });
    expect(said.length).toBeLessThanOrEqual(3);
    const sorry = said.filter(
      (notice) => (notice.is === 'articles' && notice.again) || (notice.is === 'reword' && notice.sorry),
    );
    expect(sorry).toHaveLength(1);
    expect(agent.wantsPerson('yes', talk)).toBe(true);
    expect(agent.wantsPerson('yes', thread)).toBe(false);
  });

  test('offers no translation of what was refused', () => {
    const { turn } = agent.reply('disconnect my discord', ada, []);
    expect(turn?.articles).toEqual(['en-link-discord']);
    const next = turn && agent.reply('that did not help me at all', ada, [turn]).turn;
    expect(next?.articles.filter((id) => id.startsWith('ja-'))).toEqual([]);
    expect(next?.refused).toEqual(['en-link-discord']);
  });

  test('keeps what was refused away from later questions, and answers what follows a no', () => {
    const next = agent.reply('no, how do I change my name', ada, thread);
    expect(next.turn).toMatchObject({ articles: ['en-change-name'], refused: shown });
    const again = agent.reply(question, ada, [...thread, ...(next.turn ? [next.turn] : [])]);
    expect(again.turn?.articles).not.toContain('en-refund');
  });

  test('a different question is waited for, and a no to nothing is none', () => {
    expect(agent.reply('i have another question', ada, thread).notice).toEqual({ is: 'ask-away' });
    expect(agent.reply('no', ada, [])).toEqual({ notice: { is: 'ask-away' }, turn: null });
  });
});

test.each([
  [
    'Hello team, I hope you are well. I have played this for years with my sister. How do I change my name? Thank you so much, and have a great day!',
    ada,
    ['en-change-name'],
  ],
  ['I forgot my password. Also, how do I add a friend?', ada, ['en-reset-password', 'en-friends']],
  [
    'お世話になっております。お忙しいところ恐れ入りますが、返金の方法を教えていただけますでしょうか。よろしくお願いいたします。',
    rin,
    ['ja-refund'],
  ],
  ['こんにちは、返金したいです', rin, ['ja-refund']],
])('%p is asked by what it says', (text, member, wanted) => {
  const { turn } = agent.reply(text, member, []);
  expect(turn?.articles).toEqual(expect.arrayContaining(wanted));
});

test.each([
  ['how long does it take?', ada, 'I want a refund of my purchase', 'en-refund'],
  ['AndroidからiPhoneは？', rin, '機種変更したいです', 'ja-transfer-device'],
])('%p goes on with what was asked before', (text, member, before, wanted) => {
  const turn = agent.reply(before, member, []).turn;
  expect(agent.reply(text, member, turn ? [turn] : []).turn?.articles[0]).toBe(wanted);
});
