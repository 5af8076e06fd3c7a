import { describe, expect, test } from 'bun:test';
import { loadFolder } from '../../testing/load-folder.ts';
import { articleCard } from './card.ts';
import { sampleFolder } from './import/sample-articles.ts';
import { createKnowledge } from './knowledge.ts';

const knowledge = createKnowledge();
knowledge.put(await loadFolder(sampleFolder));
await knowledge.ready();

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
    expect(answer.is).not.toBe('none');
    expect(answer.hits[0]?.article.id).toBe(article);
    expect(answer.hits.length).toBeLessThanOrEqual(3);
  });

  test.each([
    ['what is the weather in Lisbon tomorrow', 'en'],
    ['recommend me a pizza place', 'en'],
    ['明日の天気を教えて', 'ja'],
    ['', 'en'],
  ] as const)('not answered: %s', (question, language) => {
    expect(knowledge.ask(question, { language }).is).toBe('none');
  });

  test('offers an article of another language where none of this one fits', async () => {
    const own = createKnowledge();
    own.put([
      {
        id: 'a',
        title: 'Discord linking',
        questions: ['link Discord'],
        text: 'Allow it.',
        language: 'en-GB',
      },
      { id: 'b', title: 'Sound', questions: ['no sound'], text: 'Turn it up.', language: 'en' },
      { id: 'c', title: '音', questions: ['音が出ない'], text: '音量を上げます。', language: 'ja' },
      { id: 'd', title: 'Rückerstattung', questions: [], text: 'Geld zurück in 14 Tagen.', language: 'de' },
      {
        id: 'e',
        title: '환불',
        questions: ['환불 받고 싶어요'],
        text: '14일 이내에 환불됩니다.',
        language: 'ko',
      },
    ]);
    await own.ready();
    const [hit] = own.ask('Discordリンク', { language: 'ja' }).hits;
    expect(hit?.article.id).toBe('a');
    expect(hit && articleCard(hit.article, 'Discordリンク').language).toBe('en-GB');
    expect(hit && articleCard(hit.article, 'link Discord').language).toBeUndefined();
    expect(own.search('rückerstattung', { language: 'de-AT' })[0]?.article.id).toBe('d');
    expect(own.search('환불이 안돼요', { language: 'ko' })[0]?.article.id).toBe('e');
  });

  test('replaces an article that is put again', () => {
    const own = createKnowledge();
    const article = { id: 'a', title: 'Sails', questions: [], text: 'mend', language: 'en' as const };
    own.put([article]);
    own.put([{ ...article, title: 'Anchors' }]);
    expect(own.search('sails', { language: 'en' })).toEqual([]);
    expect(own.search('anchors', { language: 'en' })).toHaveLength(1);
  });
});
