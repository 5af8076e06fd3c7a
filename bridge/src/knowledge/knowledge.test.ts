import { describe, expect, test } from 'bun:test';
import { detectIntent } from './intents.ts';
import { createKnowledge } from './knowledge.ts';
import { sampleArticles } from './sample.ts';

const knowledge = createKnowledge();
knowledge.put(sampleArticles);

describe('asking', () => {
  const known: [question: string, language: 'en' | 'ja', article: string][] = [
    ['I forgot my password, how do I reset it?', 'en', 'en-reset-password'],
    ['forgt my pasword', 'en', 'en-reset-password'],
    ['where do I change my e-mail address?', 'en', 'en-change-email'],
    ['I bought gems but they did not arrive', 'en', 'en-missing-purchase'],
    ['got a new phone, how to transfer?', 'en', 'en-transfer-device'],
    ['the game keeps crashing', 'en', 'en-crash-start'],
    ['パスワードを忘れてしまいました', 'ja', 'ja-reset-password'],
    ['機種変更したのですが引き継ぎ方法は？', 'ja', 'ja-transfer-device'],
    ['返金してもらえますか', 'ja', 'ja-refund'],
  ];
  test.each(known)('%s', (question, language, article) => {
    const answer = knowledge.ask(question, { language });
    expect(answer.kind).not.toBe('none');
    expect(answer.hits[0]?.article.id).toBe(article);
    expect(answer.hits.length).toBeLessThanOrEqual(3);
  });

  test.each([
    ['what is the weather in Lisbon tomorrow', 'en'],
    ['recommend me a pizza place', 'en'],
    ['明日の天気を教えて', 'ja'],
    ['', 'en'],
  ] as const)('not answered: %s', (question, language) => {
    expect(knowledge.ask(question, { language }).kind).toBe('none');
  });

  test('an article that is put again is replaced', () => {
    const own = createKnowledge();
    const article = { id: 'a', title: 'Sails', questions: [], text: 'mend', language: 'en' as const };
    own.put([article]);
    own.put([{ ...article, title: 'Anchors' }]);
    expect(own.search('sails', { language: 'en' })).toEqual([]);
    expect(own.search('anchors', { language: 'en' })).toHaveLength(1);
  });
});

describe('intents', () => {
  const rows: [text: string, intent: string][] = [
    ['I want to talk to a person', 'handoff'],
    ['that was helpful but i want to talk to a live agent', 'handoff'],
    ['can you connect me with someone please', 'handoff'],
    ['live agent', 'handoff'],
    ['Talk to a person', 'handoff'],
    ['I need a human', 'handoff'],
    ['担当者と話したいです', 'handoff'],
    ['オペレーターにつないでください', 'handoff'],
    ['my agent role was removed', 'other'],
    ['is there a person who plays with me', 'other'],
    ['I want an agent skin', 'other'],
    ['the support page is broken', 'other'],
    ['担当者の名前が表示されません', 'other'],
    ['thank you so much!', 'thanks'],
    ['ありがとうございます', 'thanks'],
    ['that solved it', 'solved'],
    ['hello', 'greeting'],
    ['hello, I lost my password', 'other'],
    ['bye', 'goodbye'],
  ];
  test.each(rows)('%s → %s', (text, intent) => expect(detectIntent(text)).toBe(intent as never));
});
