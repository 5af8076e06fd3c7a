import { describe, expect, test } from 'bun:test';
import fc from 'fast-check';
import type { ArticleCard } from '../messages/notices.ts';
import { MAX_APPLIED_TAGS } from '../threads/tags.ts';
import { solutionIn } from './adoption.ts';
import { askedIn } from './context.ts';
import { cardFor, type FoundPost, roleOf, solvedTagIn, staleness, tagsWith, unseen } from './decide.ts';

const tag = (name: string, moderated = false) => ({ id: `id-${name}`, name, moderated });

test('a title that begins its question is said once, however it is written', () => {
  const question = 'DIE STRASSE ist gesperrt';
  expect(askedIn({ title: 'die Straße…', question })).toBe(question);
  expect(askedIn({ title: 'Der Weg', question })).toBe(`Der Weg\n${question}`);
});

describe('the solved tag', () => {
  test.each([
    [['bug', '✅ Solved'], '', '✅ Solved'],
    [['質問', '【解決済み】'], '', '【解決済み】'],
    [['offen', 'Gelöst'], '', 'Gelöst'],
    [['done', 'solved'], 'Done', 'done'],
    [['ＳＯＬＶＥＤ'], '', 'ＳＯＬＶＥＤ'],
    // As some keyboards write it: the mark behind its letter.
    [['Gelo\u0308st'], '', 'Gelo\u0308st'],
    [['unsolved', 'help'], '', undefined],
    [['✅'], '', undefined],
  ] as const)('of %p, named %p, is %p', (names, named, expected) => {
    expect(
      solvedTagIn(
        names.map((name) => tag(name)),
        named,
      )?.name,
    ).toBe(expected);
  });

  test('is given and taken within five tags, and a tag that is required stays', () => {
    const tags = ['a', 'b', 'c', 'd', 'e', 'f', 'solved'].map((name, at) => tag(name, at % 3 === 0));
    const solved = tags.at(-1) ?? tag('solved');
    const applied = fc.uniqueArray(fc.constantFrom(...tags.map(({ id }) => id)), {
      maxLength: MAX_APPLIED_TAGS,
    });
    fc.assert(
      fc.property(applied, fc.boolean(), fc.boolean(), (before, requiresTag, isSolved) => {
        const after = tagsWith(before, { tags, requiresTag }, solved, isSolved) ?? before;
        expect(after.length).toBeLessThanOrEqual(MAX_APPLIED_TAGS);
        expect(new Set(after).size).toBe(after.length);
        if (isSolved) expect(after).toContain(solved.id);
        if (requiresTag && before.length > 0) expect(after.length).toBeGreaterThan(0);
        if (!isSolved && after.includes(solved.id)) expect(after).toEqual([solved.id]);
        // Nothing else is lost, but one tag of five that make room.
        const lost = before.filter((id) => id !== solved.id && !after.includes(id));
        expect(lost.length).toBe(
          isSolved && before.length === MAX_APPLIED_TAGS && !before.includes(solved.id) ? 1 : 0,
        );
      }),
    );
  });
});

const article = (id: string): ArticleCard => ({ id, title: id, extract: id });
const post = (threadId: string, isSure: boolean, extract?: string): FoundPost => ({
  ...{ threadId, title: threadId, url: `https://discord.com/${threadId}`, isSure },
  ...(extract === undefined ? {} : { extract }),
});
const asked = { again: false, mayAskTeam: true };

describe('what is shown', () => {
  test('is what is certain, with what is alike beside it', () => {
    const picked = cardFor({ articles: [article('a')], posts: [post('p', false, 'words')] }, asked);
    // The words of a post that is only alike are not shown as an answer.
    expect(picked?.card).toMatchObject({ is: 'answer', articles: [{ id: 'a' }], posts: [{ title: 'p' }] });
    expect(picked?.card).not.toMatchObject({ posts: [{ extract: 'words' }] });
  });
  test('is a solved post as an answer only where its words may be shown and it is certain', () => {
    expect(cardFor({ articles: [], posts: [post('p', true, 'words')] }, asked)?.card.is).toBe('answer');
    expect(cardFor({ articles: [], posts: [post('p', true)] }, asked)?.card.is).toBe('similar');
    expect(cardFor({ articles: [], posts: [post('p', false, 'words')] }, asked)?.card.is).toBe('similar');
  });
  test('is nothing where nothing fits, or all was shown before', () => {
    expect(cardFor({ articles: [], posts: [] }, asked)).toBeNull();
    const found = { articles: [article('a')], posts: [post('p', true)] };
    expect(cardFor(unseen(found, ['article:a', 'post:p']), asked)).toBeNull();
  });
  test('is one thing at a time after a no', () => {
    const found = { articles: [article('a'), article('b')], posts: [post('p', true)] };
    expect(cardFor(found, { again: true, mayAskTeam: false })?.shown).toEqual({
      articles: [article('a')],
      posts: [],
    });
  });
});

test('its author, moderators and helpers decide on a thread, and nobody else', () => {
  const others = { isModerator: false, roleIds: ['r1'], helperRoles: ['r2'] };
  expect(roleOf('ada', { author_id: 'ada' }, others)).toBe('author');
  expect(roleOf('bo', { author_id: 'ada' }, others)).toBeNull();
  expect(roleOf('bo', { author_id: 'ada' }, { ...others, isModerator: true })).toBe('moderator');
  expect(roleOf('bo', { author_id: null }, { ...others, roleIds: ['r2'] })).toBe('moderator');
});

test('a post that is left alone is asked about, then closed, and neither where that is off', () => {
  const times = { reminderMs: 100, closeMs: 50 };
  expect(staleness({ spokeAt: 0, remindedAt: null }, times, 40)).toEqual({ act: 'remind', inMs: 60 });
  expect(staleness({ spokeAt: 0, remindedAt: 110 }, times, 200)).toEqual({ act: 'close', inMs: 0 });
  expect(staleness({ spokeAt: 0, remindedAt: 110 }, { ...times, closeMs: 0 }, 200)).toBeNull();
  expect(staleness({ spokeAt: 0, remindedAt: null }, { reminderMs: 0, closeMs: 50 }, 200)).toBeNull();
});

describe('what solved a thread of before', () => {
  const said = (id: string, authorId: string, text: string, more = {}) => ({
    ...{ id, authorId, authorName: authorId, isBot: false, text, isPinned: false, reactions: [], ...more },
  });
  const isThanks = (text: string) => text.startsWith('thanks');
  test('is what is marked, else pinned, else what came before thanks, else nobody knows', () => {
    const question = said('1', 'ada', 'how?');
    const [one, two] = [said('2', 'bo', 'so'), said('3', 'cleo', 'or so')];
    const thanks = said('4', 'ada', 'thanks a lot');
    expect(solutionIn([question, one, two, thanks], 'ada', isThanks)?.id).toBe('3');
    expect(solutionIn([question, { ...one, isPinned: true }, two, thanks], 'ada', isThanks)?.id).toBe('2');
    const marked = { ...one, reactions: ['👍', '✅'] };
    expect(solutionIn([question, marked, { ...two, isPinned: true }], 'ada', isThanks)?.id).toBe('2');
    expect(solutionIn([question, one, two], 'ada', isThanks)).toBeNull();
    expect(
      solutionIn([question, said('2', 'bot', 'so', { isBot: true }), thanks], 'ada', isThanks),
    ).toBeNull();
    expect(solutionIn([said('1', 'ada', 'how?', { reactions: ['✅'] }), thanks], 'ada', isThanks)).toBeNull();
  });
});
