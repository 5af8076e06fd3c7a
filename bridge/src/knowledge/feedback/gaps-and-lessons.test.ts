import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { storeKinds, type TestPlace } from '../../../testing/stores.ts';
import type { Store } from '../../store/open.ts';
import { forgetGaps, openGaps, recordGap, settleGaps } from './knowledge-gaps.ts';
import { lessons, recordLesson, redoLesson, reviewLessons, undoLesson } from './lessons.ts';

for (const kind of storeKinds) {
  describe(`on ${kind.name}`, () => {
    let place: TestPlace;
    let store: Store;
    beforeAll(async () => {
      place = await kind.make();
      store = await place.open();
    });
    afterAll(() => place?.drop());

    test('groups gaps of the same meaning and keeps dismissed ones away', async () => {
      const ask = (question: string, language: 'en' | 'ja', memberId: string | null = null) =>
        store.transact((tx) => recordGap(tx, { question, language, memberId }));
      await ask('How do I dye my sails?', 'en', '1');
      await ask('can I dye the sails', 'en', '2');
      await ask('dye my sails blue', 'en', '2');
      await ask('帆を染めるには？', 'ja');
      await ask(' ', 'en');
      await ask(`${'x'.repeat(499)}\u{1F600}`, 'en');
      const gaps = await openGaps(store.db);
      expect(gaps.map(({ times, members, language }) => ({ times, members, language }))).toEqual([
        { times: 3, members: 2, language: 'en' },
        { times: 1, members: 0, language: 'en' },
        { times: 1, members: 0, language: 'ja' },
      ]);
      expect(gaps[0]?.questions).toEqual([
        'dye my sails blue',
        'can I dye the sails',
        'How do I dye my sails?',
      ]);
      expect(gaps[1]?.question).toBe('x'.repeat(499));
      expect(await openGaps(store.db, { language: 'ja' })).toHaveLength(1);

      const settle = (ids: number[], how: Parameters<typeof settleGaps>[2]) =>
        store.transact((tx) => settleGaps(tx, ids, how));
      expect(await settle(gaps[0]?.ids ?? [], { state: 'dismissed' })).toBe(3);
      expect(await settle(gaps[0]?.ids ?? [], { state: 'dismissed' })).toBe(0);
      expect(await settle(gaps[1]?.ids ?? [], { state: 'answered', articleId: 'a' })).toBe(1);
      await ask('Dye sails!', 'en');
      expect(await openGaps(store.db)).toHaveLength(1);
      await forgetGaps(store, Date.now() + 1);
      expect(await openGaps(store.db)).toEqual([]);
    });

    test('keeps lessons until they are undone, and numbers every change in order', async () => {
      const learn = (articleId: string, question: string, weight = 1) =>
        store.transact((tx) => recordLesson(tx, { source: 'thumb', articleId, question, weight }));
      const first = await learn('a', 'where are my sails');
      const second = await learn('b', 'where is my anchor', -0.5);
      expect(await learn('a', '  ')).toBeNull();
      expect(await learn('a', 'nothing', 0)).toBeNull();
      const known = await lessons(store.db);
      expect(known).toMatchObject([
        { id: first, articleId: 'a', weight: 1, undone: null },
        { id: second, articleId: 'b', weight: -0.5, undone: null },
      ]);
      const seen = Math.max(...known.map(({ revision }) => revision));
      expect(await lessons(store.db, { changedAfter: seen })).toEqual([]);

      const undone = await store.transact((tx) => undoLesson(tx, first ?? 0, 'Kim'));
      expect(undone?.undone?.by).toBe('Kim');
      expect((await store.transact((tx) => undoLesson(tx, first ?? 0, 'Ada')))?.undone?.by).toBe('Kim');
      expect(await store.transact((tx) => undoLesson(tx, 999, 'Kim'))).toBeUndefined();
      expect(await lessons(store.db, { articleId: 'a' })).toEqual([]);
      expect(await lessons(store.db, { changedAfter: seen })).toMatchObject([{ id: first }]);
      expect((await reviewLessons(store.db, {})).lessons.map(({ id }) => id)).toEqual([
        second,
        first,
      ] as number[]);
      expect((await reviewLessons(store.db, { undone: true })).lessons).toHaveLength(1);
      expect((await store.transact((tx) => redoLesson(tx, first ?? 0)))?.undone).toBeNull();
      expect(await lessons(store.db)).toHaveLength(2);
    });
  });
}
