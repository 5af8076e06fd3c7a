import { expect, test } from 'bun:test';
import { COMMUNITY_LIMITS } from '@flexcord/shared/panel/community-constants';
import { topQuestions } from './top-questions.ts';

test('titles that are much alike are one question, in Japanese too; what was asked once is none', () => {
  const asked = [
    'How do I reset my password?',
    'パスワードを再設定するには？',
    'how do i reset my pasword',
    'Where is the map',
    'パスワードの再設定方法は？',
    'HOW DO I RESET MY PASSWORD?',
    '???',
  ].map((title, at) => ({ id: String(at), title, answered_by: at === 2 ? null : 'member' }));
  expect(topQuestions(asked, 10)).toEqual([
    { title: 'How do I reset my password?', count: 3, unanswered: 1, postId: '0' },
    { title: 'パスワードを再設定するには？', count: 2, unanswered: 0, postId: '1' },
  ]);
  expect(topQuestions(asked, 1)).toHaveLength(1);
});

test('as many titles as a request looks at are grouped within what a request may take', () => {
  const words = 'map lantern harbour boat save login crash price trade quest skin sound'.split(' ');
  const asked = Array.from({ length: COMMUNITY_LIMITS.groupedQuestions }, (_, at) => ({
    id: String(at),
    title: `${words[at % 12]} ${words[(at * 7) % 11]} ${words[(at * 5) % 9]} ${at % 97}`,
    answered_by: null,
  }));
  const began = process.cpuUsage();
  topQuestions(asked, 10);
  const { user, system } = process.cpuUsage(began);
  expect((user + system) / 1000).toBeLessThan(600);
});
